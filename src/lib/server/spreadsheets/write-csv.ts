import { stringify } from 'csv-stringify/sync';
import type { ImportModel, ModelCell } from '#lib/domain/import-model.ts';
import { toDecimal } from '#lib/domain/money.ts';

/** As spreadsheets in France open it: UTF-8 that says so, semicolons, decimal commas. */
export function writeCsv(model: ImportModel): string {
	const rows = [
		model.columns.map(({ heading }) => heading),
		...model.lines.map((line) => line.map(textOf))
	];
	return stringify(rows, { bom: true, delimiter: ';', record_delimiter: '\r\n' });
}

function textOf(cell: ModelCell): string {
	if (typeof cell === 'string') return guarded(cell);
	return 'count' in cell ? String(cell.count) : toDecimal(cell.amountCents).replace('.', ',');
}

/** Behind an apostrophe, text that begins like a formula is run by no spreadsheet; `csv.ts` takes it off again. */
const guarded = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text);
