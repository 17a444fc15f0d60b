import { and, eq, isNull, sql } from 'drizzle-orm';
import type { DeclarationShape } from '#lib/domain/declaration.ts';
import { isUnderWay, type ImportColumns } from '#lib/domain/import-state.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/domain/role.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Database } from '#lib/server/db/client.ts';
import { imports, organisations, users } from '#lib/server/db/schema/index.ts';
import {
	byTheClock,
	inTransaction,
	isPassing,
	type Transaction
} from '#lib/server/db/transaction.ts';
import { findShape, listCells } from '#lib/server/declarations/queries.ts';
import { findDeclaration } from '#lib/server/declarations/queries.ts';
import type { FileStore } from '#lib/server/evidence/file-store.ts';
import { listColumnMatches } from '#lib/server/imports/queries.ts';
import { mediaKindOf } from '#lib/server/imports/receive-spreadsheet.ts';
import { LONGEST_READING_MS } from '#lib/server/spreadsheets/limits.ts';
import { readInThread } from '#lib/server/spreadsheets/read-in-thread.ts';
import type { ReadingAnswer, ReadingOrder } from '#lib/server/spreadsheets/worker.ts';

export type ReadImportContext = {
	db: Database;
	files: Pick<FileStore, 'pathOf'>;
	signal?: AbortSignal;
};

/**
 * Reads a spreadsheet that was given, with the rights of whoever gave it. Its lines stand there all at
 * once, when it is ready: they are written in one transaction, from nothing each time it is begun. Who
 * reads holds a lock of the database that ends with its process; another who comes meanwhile goes away.
 */
export async function readImport(
	context: ReadImportContext,
	{ importId, actorId }: { importId: string; actorId: string }
): Promise<void> {
	const actor = await findActor(context.db, actorId);
	if (actor?.role !== 'partner') return;
	const asPerson = { db: context.db, actor };
	const order = await inTransaction(asPerson, (tx) => begin(tx, importId, context.files));
	if (!order) return;
	try {
		await inTransaction(asPerson, (tx) => readWhole(tx, context, asPerson, importId, order));
	} catch (error) {
		if (isPassing(error) || context.signal?.aborted) throw error;
		const message = error instanceof Refusal ? error.message : typeset(UNEXPECTED);
		await inTransaction(asPerson, (tx) => refuse(tx, importId, message));
		if (!(error instanceof Refusal)) throw error;
	}
}

const UNEXPECTED =
	'Ce fichier n’a pas pu être lu, et ce n’est pas de votre fait. Donnez-le de nouveau, ou enregistrez-le en .csv ; sinon, saisissez la déclaration à la main.';

/** Somebody whose account is open, as they are now. */
async function findActor(db: Database, id: string): Promise<Actor | null> {
	const [person] = await byTheClock(db, (tx) =>
		tx
			.select({
				id: users.id,
				name: users.name,
				role: users.role,
				organisationId: users.organisationId,
				organisationName: organisations.name
			})
			.from(users)
			.leftJoin(organisations, eq(organisations.id, users.organisationId))
			.where(and(eq(users.id, id), isNull(users.deactivatedAt)))
	);
	return person ?? null;
}

type Order = ReadingOrder & { shape: DeclarationShape };

/** What the thread has to know. Null where there is nothing to read any more. */
async function begin(
	tx: Transaction,
	importId: string,
	files: ReadImportContext['files']
): Promise<Order | null> {
	const [found] = await tx.select().from(imports).where(eq(imports.id, importId));
	const kind = found && mediaKindOf(found.mediaType);
	if (!found || !kind || !isUnderWay(found.state)) return null;
	const declaration = await findDeclaration(tx, found.declarationId);
	if (!declaration) return null;
	const [shape, { cells }, remembered] = await Promise.all([
		findShape(tx, declaration),
		listCells(tx, declaration.id),
		listColumnMatches(tx)
	]);
	await tx.execute(sql`
		update imports set state = 'reading', read_count = 0, line_count = null, problem_count = 0
		where id = ${importId} and state in ('waiting', 'reading')`);
	return { path: files.pathOf(found.fileDigest), kind, shape, cells: [...cells], remembered };
}

async function readWhole(
	tx: Transaction,
	context: ReadImportContext,
	asPerson: { db: Database; actor: Actor },
	importId: string,
	order: Order
): Promise<void> {
	const { rows } = await tx.execute<{ mine: boolean }>(
		sql`select pg_try_advisory_xact_lock(hashtextextended(${`import ${importId}`}, 0)) as mine`
	);
	if (!rows[0]?.mine) return;
	// The thread may be busy for long between two pieces; it has a limit of its own.
	await tx.execute(
		sql.raw(`set local idle_in_transaction_session_timeout = ${LONGEST_READING_MS + 30_000}`)
	);
	await tx.execute(sql`delete from import_rows where import_id = ${importId}`);
	let [read, told, problems] = [0, 0, 0];
	let columns: ImportColumns | null = null;
	let isReadable = false;
	for await (const answer of readInThread(order, context.signal)) {
		if (answer.kind === 'table') {
			columns = columnFacts(answer.table);
			isReadable = answer.table.isReadable;
			continue;
		}
		read += answer.count;
		problems += answer.problems;
		const isTold = read - told >= LINES_BETWEEN_NEWS;
		if (isTold) told = read;
		await Promise.all([
			insertLines(tx, importId, answer.lines),
			isTold ? tellProgress(asPerson, importId, read) : null
		]);
	}
	const state = isReadable ? 'ready' : 'matching';
	const { rowCount } = await tx.execute(sql`
		update imports set state = ${state}, columns = ${JSON.stringify(columns)}::jsonb, problem = null,
			read_count = ${read}, line_count = ${read}, problem_count = ${problems}
		where id = ${importId} and state = 'reading'`);
	// It was set aside meanwhile: then nothing of it is kept.
	if (rowCount === 0) await tx.execute(sql`delete from import_rows where import_id = ${importId}`);
}

/** Each is a commit of its own, beside the one in which the lines are written. */
const LINES_BETWEEN_NEWS = 5_000;

const tellProgress = (asPerson: { db: Database; actor: Actor }, importId: string, read: number) =>
	inTransaction(asPerson, (tx) =>
		tx.execute(sql`
			update imports set read_count = ${read} where id = ${importId} and state = 'reading'`)
	);

/** Hundreds of lines in one statement: the database takes JSON apart faster than we could. */
async function insertLines(
	tx: Transaction,
	importId: string,
	lines: Uint8Array<ArrayBuffer>
): Promise<void> {
	const bytes = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength);
	await tx.execute(sql`
		insert into import_rows
			(import_id, line_number, cells, row_key, amount_cents, fields, skipped, problems)
		select ${importId}::uuid, n, c, k, a, f, s, p
		from json_to_recordset(${bytes}::json)
			as line (n int, c jsonb, k text, a bigint, f jsonb, s text, p jsonb)`);
}

type FoundTable = Extract<ReadingAnswer, { kind: 'table' }>['table'];

const columnFacts = (table: FoundTable): ImportColumns => [
	{
		kind: 'table',
		sheet: table.sheet,
		headingLine: table.headingLines[0] ?? 1,
		lastHeadingLine: table.headingLines.at(-1) ?? 1,
		digest: table.digest,
		remembered: table.isRemembered ? 1 : 0
	},
	...table.columns
		.map(({ index, heading, field }, place) => ({
			kind: 'column',
			index,
			heading,
			field,
			sample: table.samples[place] ?? ''
		}))
		.filter(({ heading, sample }) => heading !== '' || sample !== '')
];

async function refuse(tx: Transaction, importId: string, message: string): Promise<void> {
	await tx.execute(sql`delete from import_rows where import_id = ${importId}`);
	await tx.execute(sql`
		update imports set state = 'refused', problem = ${message}
		where id = ${importId} and state in ('waiting', 'reading')`);
}
