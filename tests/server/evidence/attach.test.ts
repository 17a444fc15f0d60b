import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { measureRow, newOperationRow } from '#lib/domain/declaration-cell.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { attachFile } from '#lib/server/declarations/attach-file.ts';
import { detachFile } from '#lib/server/declarations/detach-file.ts';
import { listEvidence } from '#lib/server/declarations/queries.ts';
import { withdrawDeclaration } from '#lib/server/declarations/withdraw-declaration.ts';
import { openFileStore, type FileStore } from '#lib/server/evidence/file-store.ts';
import { findEvidence } from '#lib/server/evidence/queries.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';
import * as samples from './samples.ts';

let desk: Desk;
let folder: string;
let store: FileStore;
let envelope: DeclaredEnvelope;
let id: string;
let quarter = 0;

beforeAll(async () => {
	desk = await openDesk();
	folder = mkdtempSync(join(tmpdir(), 'tenu-evidence-'));
	store = openFileStore(folder);
	envelope = await desk.envelope({ label: 'Aides', promised: '1 000 000,00', measures: ['Prêts'] });
});
beforeEach(async () => {
	const startsOn = `${2020 + Math.floor(quarter / 4)}-${String(1 + 3 * (quarter % 4)).padStart(2, '0')}-01`;
	quarter += 1;
	id = await envelope.type(startsOn, 'Prêts: 10,00');
});
afterAll(async () => {
	await desk.close();
	rmSync(folder, { recursive: true, force: true });
});

const give = (
	context: Context,
	content: Buffer,
	{ name = 'facture.pdf', rowKey = null as string | null, to = id } = {}
) => attachFile(context, store, to, { name, rowKey, stream: Readable.from([content]) });

const listed = (context: Context) =>
	inTransaction(context, async (tx) =>
		(await listEvidence(tx, id)).map(({ name, rowKey, mediaType }) => ({ name, rowKey, mediaType }))
	);

const told = async (): Promise<string[]> => {
	const { rows } = await desk.owner.query<{ told: string }>(
		`with events as (
			select row_number() over (order by id) as n, action, details from declaration_events
			where declaration_id = $1 and action in ('attach', 'detach')
		), audits as (
			select row_number() over (order by id) as n, action, details from audit_events
			where subject_id = $1::text and action in ('attach_file', 'detach_file')
		)
		select concat_ws(' ', e.action, e.details->>'name', a.action) as told
		from events e full join audits a on a.n = e.n and a.details = e.details order by e.n`,
		[id]
	);
	return rows.map((row) => row.told);
};

describe('a partner attaches a file', () => {
	it('to the whole or to a line, and the history and the audit trail tell it', async () => {
		const row = measureRow(envelope.ledger.measureId('Prêts'));
		await give(desk.people.declarant, samples.pdf('a'), { name: 'bilan.pdf' });
		await give(desk.people.colleague, samples.png(), { name: 'photo.png', rowKey: row });
		expect(await listed(desk.people.declarant)).toEqual([
			{ name: 'bilan.pdf', rowKey: null, mediaType: 'application/pdf' },
			{ name: 'photo.png', rowKey: row, mediaType: 'image/png' }
		]);
		expect(await told()).toEqual(['attach bilan.pdf attach_file', 'attach photo.png attach_file']);
	});

	it('under a name without folders and invisible letters', async () => {
		const name = '../../etc/fact\u202Eure\u0000.pdf';
		expect(await give(desk.people.declarant, samples.pdf(), { name })).toMatchObject({
			name: 'facture.pdf'
		});
	});

	it('once, however often it is sent and whatever it is called', async () => {
		const first = await give(desk.people.declarant, samples.pdf(), { name: 'a.pdf' });
		const sent = await Promise.all(
			Array.from({ length: 12 }, (_, index) =>
				give(desk.people.colleague, samples.pdf(), { name: `${index}.pdf` })
			)
		);
		expect(sent.every((file) => !file.isNew && file.id === first.id && file.name === 'a.pdf')).toBe(
			true
		);
		expect(await listed(desk.people.declarant)).toHaveLength(1);
	});

	it('once, also when twelve send it at the same moment', async () => {
		const content = samples.pdf(`twelve ${id}`);
		const sent = await Promise.all(
			Array.from({ length: 12 }, () => give(desk.people.declarant, content))
		);
		expect(sent.filter(({ isNew }) => isNew)).toHaveLength(1);
		expect(await told()).toHaveLength(1);
	});

	it('and takes it off again, and attaches it again', async () => {
		const { id: fileId } = await give(desk.people.declarant, samples.pdf());
		expect(await detachFile(desk.people.colleague, id, fileId)).toBe('facture.pdf');
		expect(await listed(desk.people.declarant)).toEqual([]);
		const find = () => inTransaction(desk.people.declarant, (tx) => findEvidence(tx, id, fileId));
		expect(await find(), 'a removed file is not found').toBeUndefined();
		await expect(detachFile(desk.people.declarant, id, fileId)).rejects.toThrow(
			'n’est plus dans la déclaration'
		);
		const again = await give(desk.people.declarant, samples.pdf());
		expect(again.isNew).toBe(true);
		expect(await told()).toEqual([
			'attach facture.pdf attach_file',
			'detach facture.pdf detach_file',
			'attach facture.pdf attach_file'
		]);
	});
});

describe('nothing is attached', () => {
	it('that is not what is allowed, and nothing of it is left', async () => {
		const before = readdirSync(folder, { recursive: true }).length;
		await expect(give(desk.people.declarant, samples.exe())).rejects.toThrow('est un programme');
		await expect(
			give(desk.people.declarant, samples.pdf(), { name: 'facture.hta' })
		).rejects.toThrow('Renommez-le');
		expect(readdirSync(folder, { recursive: true })).toHaveLength(before);
		expect(await listed(desk.people.declarant)).toEqual([]);
	});

	it('to a line that the declaration does not have', async () => {
		for (const rowKey of ['e', newOperationRow(1), 'm.x', `m.${id}`, "'; drop table"]) {
			await expect(give(desk.people.declarant, samples.pdf(), { rowKey })).rejects.toThrow(
				'Cette ligne n’existe pas'
			);
		}
	});

	it('by another organisation, by finance, by elected officials or administrators: it is not there', async () => {
		const { stranger, officer, insider, elected, admin } = desk.people;
		const { id: fileId } = await give(desk.people.declarant, samples.pdf());
		for (const context of [stranger, officer, insider, elected, admin]) {
			await expect(give(context, samples.png())).rejects.toMatchObject({ kind: 'not-found' });
			await expect(detachFile(context, id, fileId)).rejects.toMatchObject({ kind: 'not-found' });
		}
		for (const to of ['', 'x', '00000000-0000-4000-8000-000000000000']) {
			await expect(give(desk.people.declarant, samples.png(), { to })).rejects.toMatchObject({
				kind: 'not-found'
			});
		}
		expect(await listed(desk.people.declarant)).toHaveLength(1);
	});

	it('nor taken off once it is sent, until it is a draft again', async () => {
		const { declarant } = desk.people;
		const { id: fileId } = await give(declarant, samples.pdf());
		const sent = await envelope.send(await startOf(id), 'Prêts: 10,00');
		expect(sent).toBe(id);
		const fixed = { kind: 'conflict', message: expect.stringContaining('est transmise') };
		await expect(give(declarant, samples.png())).rejects.toMatchObject(fixed);
		await expect(detachFile(declarant, id, fileId)).rejects.toMatchObject(fixed);
		await desk.giveBack(id);
		expect((await give(declarant, samples.png(), { name: 'b.png' })).isNew).toBe(true);
		await envelope.send(await startOf(id), 'Prêts: 10,00');
		await desk.accept(id);
		await expect(give(declarant, samples.jpeg())).rejects.toMatchObject(fixed);
		await desk.reopen(id);
		await detachFile(declarant, id, fileId);
		await envelope.send(await startOf(id), 'Prêts: 11,00');
		await withdrawDeclaration(declarant, id);
		expect((await give(declarant, samples.pdf())).isNew).toBe(true);
	});
});

describe('a file is seen', () => {
	it('by its organisation, and by finance and administrators once it is sent', async () => {
		const { id: fileId } = await give(desk.people.declarant, samples.pdf());
		const seenBy = async (): Promise<string[]> => {
			const names = ['declarant', 'colleague', 'stranger', 'officer', 'admin'] as const;
			const found = await Promise.all(
				names.map((name) => inTransaction(desk.people[name], (tx) => findEvidence(tx, id, fileId)))
			);
			return names.filter((_, index) => found[index] !== undefined);
		};
		expect(await seenBy()).toEqual(['declarant', 'colleague']);
		await envelope.send(await startOf(id), 'Prêts: 10,00');
		expect(await seenBy()).toEqual(['declarant', 'colleague', 'officer', 'admin']);
		const ofAnother = await inTransaction(desk.people.declarant, (tx) =>
			findEvidence(tx, '00000000-0000-4000-8000-000000000000', fileId)
		);
		expect(ofAnother, 'under the address of another declaration').toBeUndefined();
	});
});

async function startOf(declarationId: string): Promise<string> {
	const { rows } = await desk.owner.query<{ on: string }>(
		'select period_starts_on::text as on from declarations where id = $1',
		[declarationId]
	);
	return rows[0]?.on ?? '';
}
