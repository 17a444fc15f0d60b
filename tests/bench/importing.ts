import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type pg from 'pg';
import type { ImportModel } from '#lib/domain/import-model.ts';
import { cents } from '#lib/domain/money.ts';
import { loginConnection } from '#lib/server/db/roles.ts';
import { openFileStore } from '#lib/server/evidence/file-store.ts';
import { writeCsv } from '#lib/server/spreadsheets/write-csv.ts';
import { writeWorkbook } from '#lib/server/spreadsheets/write-workbook.ts';
import { querying, type BenchBooks } from './books.ts';
import type { ImportFigures, ImportOrder } from './importer.ts';
import { median } from './load.ts';

const LINES = 50_000;
const IMPORTER = join(import.meta.dirname, 'importer.ts');
const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export type ImportingFigures = {
	copyPerSecond: number;
	/** A file of 50 000 lines from the first byte to the last line, against COPY of the lines it becomes. */
	csv: { ratio: number; perSecond: number };
	xlsx: { ratio: number; perSecond: number };
	overIdleBytes: number;
};

/** Reads the same lines from a text file and from a workbook, and copies them into the same table, in turns. */
export async function measureImporting(
	books: BenchBooks,
	superuser: pg.ClientConfig,
	rounds: number
): Promise<ImportingFigures> {
	const folder = mkdtempSync(join(tmpdir(), 'tenu-bench-files-'));
	chmodSync(folder, 0o777); // The database, which is somebody else, copies from here.
	const importer = startImporter(books, folder);
	try {
		const draft = await makeDraft(books);
		const files = openFileStore(folder);
		const model = modelOf(draft.measures);
		const kept = new Map<string, string>();
		for (const [type, content] of [
			[CSV, Buffer.from(writeCsv(model))],
			[XLSX, Buffer.from(await writeWorkbook(model, 'Lignes'))]
		] as const) {
			const file = await files.keepFile(Readable.from([content]), { limitBytes: 1e9 });
			kept.set(type, file.digest);
		}
		const target = { ...superuser, database: String(books.owner.database) };
		const ratios: Record<string, number[]> = { [CSV]: [], [XLSX]: [] };
		const speeds: Record<string, number[]> = { [CSV]: [], [XLSX]: [], copy: [] };
		let overIdleBytes = 0;
		for (let round = 0; round <= rounds; round++) {
			for (const type of [CSV, XLSX]) {
				const importId = await giveFile(books, draft, type, kept.get(type) ?? '');
				const figures = await importer.read({ importId, actorId: draft.personId });
				overIdleBytes = Math.max(overIdleBytes, figures.overIdleBytes);
				const copySeconds = await copyAgain(target, folder, importId);
				if (round === 0) continue; // The first warms up.
				ratios[type]?.push(copySeconds / figures.seconds);
				speeds[type]?.push(LINES / figures.seconds);
				speeds.copy?.push(LINES / copySeconds);
			}
		}
		const of = (type: string) => ({
			ratio: median(ratios[type] ?? []),
			perSecond: median(speeds[type] ?? [])
		});
		return {
			copyPerSecond: median(speeds.copy ?? []),
			csv: of(CSV),
			xlsx: of(XLSX),
			overIdleBytes
		};
	} finally {
		importer.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

type Draft = {
	declarationId: string;
	personId: string;
	measures: { id: string; label: string }[];
};

/** Somebody of the organisation that declares the first envelope, and their draft. */
function makeDraft(books: BenchBooks): Promise<Draft> {
	const [envelopeId] = books.envelopes;
	const [personId, declarationId] = [randomUUID(), randomUUID()];
	return querying(books.owner, async (client) => {
		await client.query(
			`insert into users (id, email, name, role, organisation_id, password_hash)
			select $1::uuid, 'partenaire@bench.example', 'Partenaire', 'partner', e.partner_id, '-'
			from envelopes e where e.id = $2`,
			[personId, envelopeId]
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
		return { declarationId, personId, measures: rows };
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

async function giveFile(
	books: BenchBooks,
	draft: Draft,
	mediaType: string,
	digest: string
): Promise<string> {
	const id = randomUUID();
	await querying(books.owner, (client) =>
		client.query(
			`insert into imports (id, declaration_id, file_digest, file_name, media_type, size_bytes, created_by)
			values ($1, $2, $3, 'lignes', $4, 1, $5)`,
			[id, draft.declarationId, digest, mediaType, draft.personId]
		)
	);
	return id;
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

/** The process that reads, one file after the other. */
function startImporter(books: BenchBooks, folder: string) {
	const login = loginConnection(books.owner);
	const child = spawn(process.execPath, [IMPORTER, JSON.stringify({ login, folder })], {
		stdio: ['pipe', 'pipe', 'inherit']
	});
	const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	return {
		read: async (order: ImportOrder): Promise<ImportFigures> => {
			child.stdin.write(`${JSON.stringify(order)}\n`);
			const { value } = (await answers.next()) as IteratorResult<string, undefined>;
			if (value === undefined) throw new Error('the process that reads ended');
			return JSON.parse(value) as ImportFigures;
		},
		stop: () => void child.kill()
	};
}
