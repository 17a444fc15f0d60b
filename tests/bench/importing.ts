import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { ImportModel } from '#lib/domain/import-model.ts';
import { cents } from '#lib/domain/money.ts';
import { createToken, digestOf } from '#lib/server/auth/token.ts';
import { writeCsv } from '#lib/server/spreadsheets/write-csv.ts';
import { writeWorkbook } from '#lib/server/spreadsheets/write-workbook.ts';
import { startTenu, type Served } from './application.ts';
import { querying, type BenchBooks } from './books.ts';
import { median } from './load.ts';

const LINES = 50_000;
const KINDS = ['csv', 'xlsx'] as const;

type Kind = (typeof KINDS)[number];

export type ImportingFigures = {
	copyPerSecond: number;
	/** A file of 50 000 lines from the first byte to the last line, against COPY of the lines it becomes. */
	csv: { ratio: number; perSecond: number };
	xlsx: { ratio: number; perSecond: number };
	overIdleBytes: number;
};

/**
 * Gives the same lines to the application as a text file and as a workbook, over HTTP, until they are read; and
 * copies what they become into the same table, in turns.
 */
export async function measureImporting(
	books: BenchBooks,
	superuser: pg.ClientConfig,
	rounds: number
): Promise<ImportingFigures> {
	const folder = mkdtempSync(join(tmpdir(), 'tenu-bench-files-'));
	chmodSync(folder, 0o777); // The database, which is somebody else, copies from here.
	const tenu = await startTenu(books.owner, { FILES_DIR: join(folder, 'files') });
	const target = { ...superuser, database: String(books.owner.database) };
	try {
		const draft = await makeDraft(books);
		const model = modelOf(draft.measures);
		const contents: Record<Kind, Buffer> = {
			csv: Buffer.from(writeCsv(model)),
			xlsx: Buffer.from(await writeWorkbook(model, 'Lignes'))
		};
		const ratios: Record<Kind, number[]> = { csv: [], xlsx: [] };
		const speeds: Record<Kind | 'copy', number[]> = { csv: [], xlsx: [], copy: [] };
		// Connections and modules are there, as in an application that has answered before.
		await giveFile(tenu, draft, 'csv', Buffer.from('Mesure;Montant\nMesure 1;1\n'), target, 1);
		await wait(2_000);
		const idle = tenu.memory();
		let peak = idle;
		const watch = setInterval(() => (peak = Math.max(peak, tenu.memory())), 5);
		for (let round = 0; round <= rounds; round++) {
			for (const kind of KINDS) {
				const given = await giveFile(tenu, draft, kind, contents[kind], target, LINES);
				const copySeconds = await copyAgain(target, folder, given.importId);
				if (round === 0) continue; // The first warms up.
				ratios[kind].push(copySeconds / given.seconds);
				speeds[kind].push(LINES / given.seconds);
				speeds.copy.push(LINES / copySeconds);
			}
		}
		clearInterval(watch);
		const of = (kind: Kind) => ({ ratio: median(ratios[kind]), perSecond: median(speeds[kind]) });
		return {
			copyPerSecond: median(speeds.copy),
			csv: of('csv'),
			xlsx: of('xlsx'),
			overIdleBytes: peak - idle
		};
	} finally {
		await tenu.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

type Draft = {
	declarationId: string;
	cookie: string;
	measures: { id: string; label: string }[];
};

/** Somebody of the organisation that declares the first envelope, and their draft. */
function makeDraft(books: BenchBooks): Promise<Draft> {
	const [envelopeId] = books.envelopes;
	const [personId, declarationId, token] = [randomUUID(), randomUUID(), createToken()];
	return querying(books.owner, async (client) => {
		await client.query(
			`insert into users (id, email, name, role, organisation_id, password_hash)
			select $1::uuid, 'partenaire@bench.example', 'Partenaire', 'partner', e.partner_id, '-'
			from envelopes e where e.id = $2`,
			[personId, envelopeId]
		);
		await client.query(
			"insert into sessions (id, user_id, expires_at) values ($1, $2, now() + interval '7 hours')",
			[digestOf(token), personId]
		);
		await client.query(
			`insert into declarations
				(id, envelope_id, organisation_id, period_starts_on, period_ends_on, created_by)
			select $1, e.id, e.partner_id, '2022-04-01', '2022-06-30', $2 from envelopes e where e.id = $3`,
			[declarationId, personId, envelopeId]
		);
		const { rows } = await client.query<{ id: string; label: string }>(
			'select id, label from measures where envelope_id = $1 order by position',
			[envelopeId]
		);
		return { declarationId, cookie: `tenu_session=${token}`, measures: rows };
	});
}

/** Fifty thousand payments over the measures of the envelope, with a day and words each. */
function modelOf(measures: Draft['measures']): ImportModel {
	return {
		columns: [
			{ field: 'label', heading: 'Mesure' },
			{ field: 'amount', heading: 'Montant versé (€)' },
			{ field: 'period', heading: 'Période' },
			{ field: 'comment', heading: 'Commentaire' }
		],
		lines: Array.from({ length: LINES }, (_, index) => [
			measures[index % measures.length]?.label ?? '',
			{ amountCents: cents(BigInt(10_000 + ((index * 7919) % 900_000))) },
			'mai 2022',
			`Versement ${index + 1}`
		])
	};
}

/** Gives a file as a browser does, and waits until the last line of it was understood and written down. */
async function giveFile(
	tenu: Served,
	{ declarationId, cookie }: Draft,
	kind: Kind,
	content: Buffer,
	superuser: pg.ClientConfig,
	lines: number
): Promise<{ importId: string; seconds: number }> {
	const form = new FormData();
	form.set('fichier', new Blob([new Uint8Array(content)]), `lignes.${kind}`);
	return querying(superuser, async (client) => {
		const start = performance.now();
		const answer = await fetch(`${tenu.origin}/declarations/${declarationId}/tableur`, {
			method: 'POST',
			headers: { origin: tenu.origin, cookie, accept: 'text/html' },
			body: form,
			redirect: 'manual'
		});
		const importId = /[0-9a-f-]{36}$/.exec(answer.headers.get('location') ?? '')?.[0];
		if (!importId) throw new Error(`a file was answered ${answer.status}`);
		for (;;) {
			const { rows } = await client.query<{ state: string; count: number | null }>(
				'select state, line_count as count from imports where id = $1',
				[importId]
			);
			if (rows[0]?.state === 'ready' && rows[0].count === lines) break;
			if (rows[0]?.state === 'refused') throw new Error('the file was refused');
			await wait(5);
		}
		const seconds = (performance.now() - start) / 1000;
		// The same file again shall be read again.
		await client.query("update imports set state = 'discarded' where id = $1", [importId]);
		return { importId, seconds };
	});
}

/** Takes the lines out of the table and copies them in again, with the same index and the same references. */
function copyAgain(superuser: pg.ClientConfig, folder: string, importId: string): Promise<number> {
	const path = join(folder, importId);
	return querying(superuser, async (client) => {
		const { rowCount } = await client.query(
			`copy (select * from import_rows where import_id = '${importId}' order by line_number) to '${path}'`
		);
		if (rowCount !== LINES) throw new Error(`${rowCount} lines were read of ${LINES}`);
		await client.query('delete from import_rows where import_id = $1', [importId]);
		await client.query('vacuum import_rows');
		const start = performance.now();
		await client.query(`copy import_rows from '${path}'`);
		return (performance.now() - start) / 1000;
	});
}
