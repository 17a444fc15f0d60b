import ExcelJS from 'exceljs';
import { afterAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeclarationShape } from '#lib/domain/declaration.ts';
import { commentCell, nameCell, type Cells } from '#lib/domain/declaration-cell.ts';
import { listFieldChoices } from '#lib/domain/import-field.ts';
import { LineReader, type UnderstoodLine } from '#lib/domain/import-line.ts';
import { buildModel } from '#lib/domain/import-model.ts';
import { buildImportedCells, writeEuros } from '#lib/domain/import-sum.ts';
import { LARGEST_ENTRY_CENTS } from '#lib/domain/ledger.ts';
import { cents } from '#lib/domain/money.ts';
import { openSource, type SpreadsheetKind } from '#lib/server/spreadsheets/source.ts';
import { findTableIn } from '#lib/server/spreadsheets/table.ts';
import { writeCsv } from '#lib/server/spreadsheets/write-csv.ts';
import { writeWorkbook } from '#lib/server/spreadsheets/write-workbook.ts';
import { id, shapeOf as shapeOfMeasures } from '../spreadsheets/shape.ts';
import { openFolder } from './given.ts';

const folder = openFolder();
afterAll(() => folder.remove());

/** A declaration of measures with a count each, which takes new operations too. */
const shapeOf = (labels: readonly string[]): DeclarationShape => ({
	...shapeOfMeasures(...labels),
	byOperation: true,
	communes: [{ code: '21231', name: 'Dijon' }]
});

/** Reads a file as the thread does, without the thread. */
async function read(
	content: Uint8Array | string,
	kind: SpreadsheetKind,
	shape: DeclarationShape,
	cells: Cells = new Map()
): Promise<UnderstoodLine[]> {
	const path = join(folder.folder, `given.${kind}`);
	writeFileSync(path, content);
	const source = await openSource(path, kind);
	try {
		const table = await findTableIn(source, listFieldChoices(shape), shape.rows, {});
		expect(table.isReadable).toBe(true);
		const reader = new LineReader(shape, cells, table.columns, table.exactCells);
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
}

/** What the lines put into a draft, as the database would add it up. */
function cellsFrom(lines: readonly UnderstoodLine[]): Map<string, string> {
	const rows = lines
		.filter(({ skipped }) => skipped === null)
		.map(({ rowKey, amountCents }) => ({
			rowKey: rowKey ?? '',
			amountCents,
			lines: 1,
			problems: 0
		}));
	const fields = lines
		.flatMap((line) => Object.entries(line.fields ?? {}))
		.map(([key, value]) =>
			key.includes('.nombre.')
				? { key, sum: value, texts: null }
				: { key, sum: null, texts: [value] }
		);
	return buildImportedCells({ rows, fields }, new Map()).cells;
}

const words = fc
	.string({
		unit: fc.constantFrom(...'abcé Œß=+-@;,"\'\n\t€12<&', '_x000D_', '_x005F_', '\u{1F600}'),
		maxLength: 24
	})
	.map((text) => text.trim());
const label = words.filter((text) => /[a-z]{2}/.test(text) && !/total/i.test(text));
const amount = fc
	.oneof(
		fc.bigInt({ min: -100_000_000n, max: 100_000_000n }),
		fc.bigInt({ min: -LARGEST_ENTRY_CENTS / 4n, max: LARGEST_ENTRY_CENTS / 4n })
	)
	.map(cents);
const draftOf = fc.record({
	labels: fc.uniqueArray(label, {
		minLength: 3,
		maxLength: 3,
		selector: (text) => text.toLowerCase().replace(/[^a-z]/g, '')
	}),
	amounts: fc.array(fc.option(amount), { minLength: 3, maxLength: 3 }),
	counts: fc.array(fc.option(fc.integer({ min: -1000, max: 100_000_000 })), {
		minLength: 3,
		maxLength: 3
	}),
	comments: fc.array(words, { minLength: 3, maxLength: 3 }),
	operation: fc.option(label)
});

describe('the model of a declaration', () => {
	for (const kind of ['csv', 'xlsx'] as const) {
		it(`is imported unchanged as .${kind}, whatever the amounts, labels, counts and words`, async () => {
			await fc.assert(
				fc.asyncProperty(draftOf, async ({ labels, amounts, counts, comments, operation }) => {
					const shape = shapeOf(labels);
					const draft = new Map<string, string>();
					shape.rows.forEach(({ key, counts: [count] }, index) => {
						const euros = amounts[index];
						if (euros !== null && euros !== undefined)
							draft.set(`${key}.montant`, writeEuros(euros));
						const number = counts[index] ?? null;
						if (number !== null) draft.set(`${key}.nombre.${count?.indicatorId}`, String(number));
						if (comments[index]) draft.set(commentCell(key), comments[index]);
					});
					if (operation) {
						draft.set(nameCell('n.2'), operation);
						draft.set('n.2.bailleur', '=Bailleur');
						draft.set('n.2.commune', '21231');
						draft.set('n.2.montant', '12');
					}
					const model = buildModel(shape, draft);
					const content = kind === 'csv' ? writeCsv(model) : await writeWorkbook(model, 'Modèle');
					const lines = await read(content, kind, shape);
					expect(lines.flatMap(({ problems }) => problems ?? [])).toEqual([]);
					expect(Object.fromEntries(cellsFrom(lines))).toEqual(Object.fromEntries(draft));
				}),
				{ numRuns: 150 }
			);
		}, 60_000);
	}

	it('as .xlsx is read by another reader: numbers are numbers, words are never formulas, the key is hidden', async () => {
		const shape = shapeOf(['Accession', '=1+1', '@SUM(A1)']);
		const [first] = shape.rows;
		const draft = new Map([
			[`${first?.key}.montant`, '− 1 234,56'],
			[`${first?.key}.nombre.${id(20)}`, '12'],
			[`${first?.key}.commentaire`, '+cmd|calc']
		]);
		const book = new ExcelJS.Workbook();
		const bytes = await writeWorkbook(buildModel(shape, draft), 'Modèle');
		await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
		const [sheet] = book.worksheets;
		expect(sheet?.getColumn(1).hidden).toBe(true);
		expect((sheet?.getRow(1).values as unknown[]).slice(1)).toEqual([
			'Clé (ne pas modifier)',
			'Période',
			'Opération',
			'Bailleur',
			'Commune',
			'Montant versé (€)',
			'Nombre d’aides',
			'Corrige la période',
			'Commentaire'
		]);
		expect((sheet?.getRow(2).values as unknown[]).slice(1)).toEqual(
			Object.assign(Array(9), {
				0: first?.key,
				1: '2e trimestre 2022',
				2: 'Accession',
				5: -1234.56,
				6: 12,
				8: '+cmd|calc'
			})
		);
		expect(sheet?.getCell('C3').value).toBe('=1+1');
		expect(sheet?.getCell('C3').type).toBe(ExcelJS.ValueType.String);
	});

	it('as .csv begins with a BOM, and guards words that a spreadsheet would run', () => {
		const shape = shapeOf(['=1+1']);
		const text = writeCsv(buildModel(shape, new Map([[`m.${id(10)}.montant`, '1 234,5']])));
		expect(text).toBe(
			'\uFEFFClé (ne pas modifier);Période;Opération;Bailleur;Commune;Montant versé (€);=1+1 : aides;Corrige la période;Commentaire\r\n' +
				`m.${id(10)};2e trimestre 2022;'=1+1;;;1234,50;;;\r\n`
		);
	});
});
