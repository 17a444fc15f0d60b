import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFieldChoices } from '#lib/domain/import-field.ts';
import { LineReader, type UnderstoodLine } from '#lib/domain/import-line.ts';
import { parseEuros } from '#lib/domain/money.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { openSource, type SpreadsheetKind } from '#lib/server/spreadsheets/source.ts';
import { findTableIn } from '#lib/server/spreadsheets/table.ts';
import { workbook } from '../imports/given.ts';
import { plain, read, removeFolder } from './reading.ts';
import { shapeOf } from './shape.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenu-damage-'));
const shape = shapeOf('Accession', 'Mobilité');
const ROWS = [
	['Mesure', 'Montant versé', 'Nombre d’aides', 'Date'],
	['Accession', 1234.56, 12, new Date('2022-05-01')],
	['Mobilité', 0.07, 3, new Date('2022-05-02')],
	['Accession', -17, 1, null],
	['Mobilité', 99_999_999.99, 0, null]
];

let book: Buffer;
let whole: string[];

beforeAll(async () => {
	book = await workbook({
		Données: ROWS,
		Suite: [
			['Mesure', 'Montant versé'],
			['Accession', 5]
		]
	});
	const lines = await tryRead(book, 'xlsx');
	whole = (lines ?? []).map(say);
	expect(whole).toEqual([
		'2 123456 m.00000000-0000-4000-8000-000000000010',
		'3 7 m.00000000-0000-4000-8000-000000000011',
		'4 -1700 m.00000000-0000-4000-8000-000000000010',
		'5 9999999999 m.00000000-0000-4000-8000-000000000011'
	]);
});
afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
	removeFolder();
});

const say = ({ number, amountCents, rowKey }: UnderstoodLine) =>
	`${number} ${amountCents} ${rowKey}`;

/** The lines; null where the file is refused in words. Whatever else is thrown fails the test. */
async function tryRead(
	content: Uint8Array,
	kind: SpreadsheetKind
): Promise<UnderstoodLine[] | null> {
	const path = join(folder, `damaged.${kind}`);
	writeFileSync(path, content);
	try {
		const source = await openSource(path, kind);
		try {
			const table = await findTableIn(source, listFieldChoices(shape), shape.rows, {});
			if (!table.isReadable) return null;
			const reader = new LineReader(shape, new Map(), table.columns, table.exactCells);
			const lines: UnderstoodLine[] = [];
			for await (const line of table.sheet.read()) {
				if (line.number <= (table.headingLines.at(-1) ?? 0)) continue;
				const understood = reader.read(line);
				if (understood) lines.push(understood);
			}
			return lines;
		} finally {
			source.close();
		}
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return null;
	}
}

type Blow = { kind: string; place: number; bytes: Uint8Array };

/** One to four blows: a byte changed, bytes cut out, bytes put in, or the end cut off. */
const blows = fc.array(
	fc.record({
		kind: fc.constantFrom('change', 'cut', 'insert', 'end'),
		place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
		bytes: fc.uint8Array({ minLength: 1, maxLength: 8 })
	}),
	{ minLength: 1, maxLength: 4 }
);

function damage(content: Buffer, given: readonly Blow[]): Buffer {
	let bytes = Buffer.from(content);
	for (const { kind, place, bytes: put } of given) {
		const at = Math.floor(place * bytes.length);
		if (kind === 'change') bytes[at] = put[0] ?? 0;
		else if (kind === 'cut')
			bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + put.length)]);
		else if (kind === 'insert')
			bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at)]);
		else bytes = bytes.subarray(0, Math.max(1, at));
	}
	return bytes;
}

describe('random damage', () => {
	it('to a workbook never becomes a wrong amount: it is refused, or every line is as it was', async () => {
		let refused = 0;
		await fc.assert(
			fc.asyncProperty(blows, async (given) => {
				const lines = await tryRead(damage(book, given), 'xlsx');
				if (lines === null) refused += 1;
				else expect(lines.map(say)).toEqual(whole);
			}),
			{ numRuns: 1_500 }
		);
		expect(refused).toBeGreaterThan(700);
	}, 60_000);

	it('to a text file invents nothing: each amount stands in the file as it is read, or is a problem', async () => {
		const text = Buffer.from(
			'\uFEFFMesure;Montant versé;Nombre d’aides\r\nAccession;"1 234,56";12\r\nMobilité;0,07;3\r\nAccession;-17;1\r\nTotal;1 217,63;16\r\n'
		);
		await fc.assert(
			fc.asyncProperty(blows, async (given) => {
				for (const line of (await tryRead(damage(text, given), 'csv')) ?? []) {
					if (line.amountCents === null) continue;
					const stands = line.cells.some((cell) => {
						const parsed = parseEuros(cell);
						return parsed.ok && parsed.cents === line.amountCents;
					});
					expect(stands).toBe(true);
				}
			}),
			{ numRuns: 1_500 }
		);
	}, 60_000);

	it('in its thread ends with lines or a sentence, and the process lives', async () => {
		await fc.assert(
			fc.asyncProperty(blows, async (given) => {
				const answer = await read(damage(book, given), 'xlsx', shape);
				if ('refused' in answer) expect(plain(answer.refused)).toMatch(/classeur|fichier/);
			}),
			{ numRuns: 25 }
		);
	}, 60_000);
});
