/** Reads one file in a thread of its own, whose memory is limited: a hostile file ends the thread, not us. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { DeclarationShape } from '#lib/domain/declaration.ts';
import { listFieldChoices } from '#lib/domain/import-field.ts';
import { LineReader, type UnderstoodLine } from '#lib/domain/import-line.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { MOST_LINES, tooManyLines } from './limits.ts';
import { openSource, type SpreadsheetKind } from './source.ts';
import { findTableIn, type FoundTable, type RememberedMatches } from './table.ts';

/** What the thread is told. */
export type ReadingOrder = {
	path: string;
	kind: SpreadsheetKind;
	shape: DeclarationShape;
	/** The draft, for the operations that it describes already. */
	cells: [string, string][];
	remembered: RememberedMatches;
};

/** What it answers, piece by piece; it goes on when a piece was taken. */
export type ReadingAnswer =
	| { kind: 'table'; table: Omit<FoundTable, 'sheet'> & { sheet: string | null } }
	/** Lines in JSON, in the bytes in which they go on to the database: handed over, never copied. */
	| { kind: 'lines'; lines: Uint8Array<ArrayBuffer>; count: number; problems: number }
	| { kind: 'end' }
	| { kind: 'refused'; message: string };

const LINES_IN_A_PIECE = 400;
/** Pieces under way: the database is busy with one while the next is read. */
const PIECES_AHEAD = 2;

/** Where this module lies, as it was built or as its source: a thread begins here. */
export const HERE = import.meta.url;

if (parentPort && isOrder(workerData)) {
	const port = parentPort;
	await read(workerData, port).catch((error: unknown) => {
		if (!(error instanceof Refusal)) throw error;
		port.postMessage({ kind: 'refused', message: error.message } satisfies ReadingAnswer);
	});
	port.close();
}

/** In a thread of ours; elsewhere this module is only asked where it lies. */
function isOrder(data: unknown): data is ReadingOrder {
	return typeof data === 'object' && data !== null && 'shape' in data && 'remembered' in data;
}

async function read(order: ReadingOrder, port: MessagePort): Promise<void> {
	const send = (answer: ReadingAnswer) => port.postMessage(answer);
	const source = await openSource(order.path, order.kind);
	try {
		const { shape } = order;
		const choices = listFieldChoices(shape);
		const table = await findTableIn(source, choices, shape.rows, order.remembered);
		send({ kind: 'table', table: { ...table, sheet: table.sheet.name } });
		if (table.isReadable) await readLines(order, table, port);
		send({ kind: 'end' });
	} finally {
		source.close();
	}
}

async function readLines(order: ReadingOrder, table: FoundTable, port: MessagePort): Promise<void> {
	const reader = new LineReader(order.shape, new Map(order.cells), table.columns, table.exactCells);
	const turns = takeTurns(port);
	const last = table.headingLines.at(-1) ?? 0;
	let piece: string[] = [];
	let problems = 0;
	let count = 0;
	const send = async (): Promise<void> => {
		if (piece.length === 0) return;
		const lines = new TextEncoder().encode(`[${piece.join(',')}]`);
		const answer: ReadingAnswer = { kind: 'lines', lines, count: piece.length, problems };
		port.postMessage(answer, [lines.buffer]);
		[piece, problems] = [[], 0];
		await turns();
	};
	for await (const line of table.sheet.read()) {
		if (line.number <= last) continue;
		const understood = reader.read(line);
		if (!understood) continue;
		count += 1;
		if (count > MOST_LINES) throw tooManyLines();
		piece.push(encode(understood));
		if (understood.problems) problems += 1;
		if (piece.length === LINES_IN_A_PIECE) await send();
	}
	await send();
}

/** As the database takes it: an amount is text, since JSON would lose its cents. */
function encode(line: UnderstoodLine): string {
	const written = {
		n: line.number,
		c: line.cells,
		k: line.rowKey,
		a: line.amountCents === null ? null : String(line.amountCents),
		f: line.fields,
		s: line.skipped,
		p: line.problems
	};
	const json = JSON.stringify(written);
	// What the database cannot hold: a NUL, or half of a letter.
	return /\\u(0000|d[89a-f])/.test(json) ? JSON.stringify(written, whole) : json;
}

function whole(_: string, value: unknown): unknown {
	return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value;
}

/** Waits, after so many pieces, until one was taken. */
function takeTurns(port: MessagePort): () => Promise<void> {
	let free = PIECES_AHEAD;
	let wake: (() => void) | null = null;
	port.on('message', () => {
		free += 1;
		wake?.();
	});
	return async () => {
		free -= 1;
		while (free <= 0) {
			await new Promise<void>((done) => {
				wake = done;
			});
		}
	};
}
