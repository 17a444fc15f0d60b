import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { attachFile } from '#lib/server/declarations/attach-file.ts';
import { detachFile } from '#lib/server/declarations/detach-file.ts';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { withdrawDeclaration } from '#lib/server/declarations/withdraw-declaration.ts';
import { openFileStore, type FileStore } from '#lib/server/evidence/file-store.ts';
import { findEvidence } from '#lib/server/evidence/queries.ts';
import { verifyDeclarations } from '#lib/server/ledger/verify-declarations.ts';
import { readDeclarationPage } from '#lib/server/reports/declaration-page.ts';
import { readInbox } from '#lib/server/reports/inbox.ts';
import { readReceipt } from '#lib/server/reports/receipt.ts';
import {
	openDesk,
	type DeclaredEnvelope,
	type Desk,
	type People
} from '../../support/declarations.ts';
import * as samples from './samples.ts';

let desk: Desk;
let folder: string;
let store: FileStore;
let envelope: DeclaredEnvelope;
let id: string;
/** What it was sent with first. */
let proof: string;
let quarter = 0;

const NO_FILE = 'Aucun justificatif';

beforeAll(async () => {
	desk = await openDesk();
	folder = mkdtempSync(join(tmpdir(), 'tenu-sent-'));
	store = openFileStore(folder);
	envelope = await desk.envelope({ label: 'Aides', promised: '1 000 000,00', measures: ['Prêts'] });
});
afterAll(async () => {
	await desk.close();
	rmSync(folder, { recursive: true, force: true });
});
/** A declaration is accepted with its proof, and reopened. */
beforeEach(async () => {
	const startsOn = `${2020 + Math.floor(quarter / 4)}-${String(1 + 3 * (quarter % 4)).padStart(2, '0')}-01`;
	quarter += 1;
	id = await envelope.type(startsOn, 'Prêts: 10,00');
	proof = await give('preuve.pdf');
	await send();
	await desk.accept(id);
	await desk.reopen(id);
});

const give = async (name: string): Promise<string> => {
	const stream = Readable.from([samples.pdf(randomUUID())]);
	return (await attachFile(desk.people.declarant, store, id, { name, stream, rowKey: null })).id;
};
const takeOff = (file: string) => detachFile(desk.people.declarant, id, file);
const send = () => submitDeclaration(desk.people.declarant, randomUUID(), id);

/** Who of these can open a file. */
async function openedBy(file: string): Promise<string[]> {
	const names = ['declarant', 'colleague', 'stranger', 'officer', 'insider', 'admin'] as const;
	const found = await Promise.all(
		names.map((name: keyof People) =>
			inTransaction(desk.people[name], (tx) => findEvidence(tx, id, file))
		)
	);
	return names.filter((_, index) => found[index] !== undefined);
}

/** What the page says of files to somebody: those listed, what is unusual about them, what happened to them. */
async function shownTo(context: Context) {
	const page = await readDeclarationPage(context, id);
	if (!page) throw new Error('there is a page');
	return {
		files: page.files.map(({ name }) => name),
		isMissed: page.findings.some(({ sentence }) => sentence.includes(NO_FILE)),
		told: page.history.filter(({ words }) => /\.pdf/.test(words)).length
	};
}

const countedInInbox = async (): Promise<number | undefined> =>
	(await readInbox(desk.people.officer, new URLSearchParams({ etat: 'toutes' }))).rows.find(
		(row) => row.id === id
	)?.fileCount;

/** The names of the files that the database itself lets somebody see. */
const rowsSeenBy = async (context: Context): Promise<unknown[]> =>
	inTransaction(context, async (tx) =>
		(
			await tx.execute(
				sql`select name from declaration_files where declaration_id = ${id} order by name`
			)
		).rows.map(({ name }) => name)
	);

describe('evidence that was sent', () => {
	it('is shown and opened as it was sent, also once it was taken off', async () => {
		await takeOff(proof);
		const seen = { files: ['preuve.pdf'], isMissed: false, told: 1 };
		expect(await shownTo(desk.people.officer)).toEqual(seen);
		expect(await shownTo(desk.people.admin)).toEqual(seen);
		expect(await shownTo(desk.people.declarant)).toEqual({ files: [], isMissed: false, told: 2 });
		expect(await openedBy(proof)).toEqual([
			'declarant',
			'colleague',
			'officer',
			'insider',
			'admin'
		]);
		expect(await countedInInbox()).toBe(1);
	});

	it('stays open after the next sending without it, by the receipt of its time', async () => {
		await takeOff(proof);
		await send();
		expect(await shownTo(desk.people.officer)).toEqual({ files: [], isMissed: true, told: 2 });
		expect(await countedInInbox()).toBe(0);
		expect(await openedBy(proof)).toContain('officer');
		for (const context of [desk.people.officer, desk.people.declarant]) {
			const receipt = await readReceipt(context, id, 1);
			expect(receipt?.files.map(({ name, isRemoved }) => [name, isRemoved])).toEqual([
				['preuve.pdf', true]
			]);
		}
	});
});

describe('evidence of a draft', () => {
	it('is of its organisation alone, whatever was sent before', async () => {
		const later = await give('brouillon.pdf');
		for (const context of [desk.people.officer, desk.people.insider, desk.people.admin]) {
			expect(await rowsSeenBy(context)).toEqual(['preuve.pdf']);
			expect(await shownTo(context)).toMatchObject({ files: ['preuve.pdf'], told: 1 });
		}
		expect(await countedInInbox()).toBe(1);
		expect(await openedBy(later)).toEqual(['declarant', 'colleague']);
		await send();
		expect(await openedBy(later)).toContain('officer');
		expect((await shownTo(desk.people.officer)).files).toEqual(['preuve.pdf', 'brouillon.pdf']);
		await withdrawDeclaration(desk.people.declarant, id);
		await give('retrait.pdf');
		expect(await rowsSeenBy(desk.people.officer)).toEqual(['brouillon.pdf', 'preuve.pdf']);
		expect((await shownTo(desk.people.officer)).told).toBe(2);
	});

	it('that came and went between two sendings is found by nobody', async () => {
		const passing = await give('erreur.pdf');
		await takeOff(passing);
		await send();
		expect(await rowsSeenBy(desk.people.officer)).toEqual(['preuve.pdf']);
		expect(await openedBy(passing)).toEqual([]);
	});
});

describe('the instant at which a file comes or goes', () => {
	it('is the one at which it did, whatever is said by hand', async () => {
		await inTransaction(desk.people.declarant, (tx) =>
			tx.execute(sql`update declaration_files
				set removed_by = ${desk.people.declarant.actor.id}, removed_at = '2020-01-01'
				where id = ${proof}`)
		);
		expect((await shownTo(desk.people.officer)).files).toEqual(['preuve.pdf']);
		expect(await openedBy(proof)).toContain('officer');
	});

	it.each([
		[
			'came',
			`insert into declaration_files (declaration_id, digest, name, media_type, size_bytes, uploaded_by, uploaded_at)
			select declaration_id, repeat('c', 64), 'tard.pdf', media_type, 1, uploaded_by, clock_timestamp()
			from declaration_files where id = $1`
		],
		[
			'went',
			`update declaration_files set removed_by = uploaded_by, removed_at = clock_timestamp() where id = $1`
		]
	])('is never told as before a sending that had begun: a file %s', async (_, statement) => {
		const other = new pg.Client(desk.database.owner);
		await other.connect();
		try {
			await other.query('begin');
			await other.query('select from declarations where id = $1 for update', [id]);
			const sending = send().then(
				() => 'sent',
				(error: Error) => error.message
			);
			await untilSomebodyWaits();
			await other.query(statement, [proof]);
			await other.query('commit');
			expect(await sending).toMatch(/Un justificatif vient d’être ajouté ou retiré/);
		} finally {
			await other.end();
		}
		await send();
		expect((await verifyDeclarations(desk.owner)).differences).toEqual([]);
	});
});

async function untilSomebodyWaits(): Promise<void> {
	await expect
		.poll(async () => {
			const { rowCount } = await desk.owner.query(
				`select from pg_locks l join pg_stat_activity a on a.pid = l.pid
				where not l.granted and a.datname = current_database()`
			);
			return rowCount;
		})
		.toBeGreaterThan(0);
}
