import { writeXlsx, type CellValue, type ColumnDef } from 'hucre/xlsx';
import type { ImportField } from '#lib/domain/import-field.ts';
import type { ImportModel, ModelCell } from '#lib/domain/import-model.ts';
import { toDecimal } from '#lib/domain/money.ts';
import { writeEuros } from '#lib/domain/import-sum.ts';

/** The only file that knows hucre, which writes our workbooks. What comes in is read by `sheet.ts`. */

/** A workbook to fill in: the key is hidden, headings stay in view, amounts and counts are numbers. */
export async function writeWorkbook(model: ImportModel, name: string): Promise<Uint8Array> {
	return writeXlsx({
		properties: { title: name, creator: 'tenu' },
		sheets: [
			{
				name: 'Déclaration',
				columns: model.columns.map(({ field, heading }) => columnOf(field, heading)),
				rows: [
					model.columns.map(({ heading }) => heading),
					...model.lines.map((line) => line.map(valueOf))
				],
				cells: new Map(
					model.columns.map((_, index) => [
						`0,${index}`,
						{ style: { font: { bold: true }, alignment: { wrapText: true } } }
					])
				),
				freezePane: { rows: 1 }
			}
		]
	});
}

function columnOf(field: ImportField, heading: string): ColumnDef {
	if (field === 'key') return { hidden: true, width: 12 };
	if (field === 'amount') return { width: 18, numFmt: '#,##0.00' };
	if (field.startsWith('count:')) return { width: 14, numFmt: '0' };
	return {
		width: field === 'label' ? 44 : field === 'comment' ? 40 : Math.max(18, heading.length)
	};
}

/** A number, where a spreadsheet can hold it to the cent; beyond, the amount in words of figures. */
function valueOf(cell: ModelCell): CellValue {
	if (typeof cell === 'string') return cell === '' ? null : escaped(cell);
	if ('count' in cell) return cell.count;
	const decimal = toDecimal(cell.amountCents);
	const number = Number(decimal);
	return number.toFixed(2) === decimal && Math.abs(number) < 1e13
		? number
		: writeEuros(cell.amountCents);
}

/** Text that looks like how workbooks write what XML cannot hold: it is itself, see `unescape`. */
const escaped = (text: string): string => text.replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_');
