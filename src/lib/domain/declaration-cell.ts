import type { CountField } from '#lib/domain/declaration.ts';

/**
 * The fields of a declaration by name: what a person types is kept under it as typed, field by field, and
 * a spreadsheet fills the same fields. A row is `m.<measure>`, `o.<operation>`, `n.<1…20>` for an operation
 * that is not known yet, or `e` for the envelope as a whole.
 */
export type CellKey = string;

/** A draft: what was typed, by field. */
export type Cells = ReadonlyMap<CellKey, string>;

/** Fields of the declaration as a whole. */
export const NOTHING_CELL = 'rien';
/** What that field holds when the box is ticked; empty when it is not. */
export const NOTHING_TICKED = 'oui';
export const COMMENT_CELL = 'commentaire';
export const OVERRUN_CELL = 'motif';

export const MOST_NEW_OPERATIONS = 20;

export const measureRow = (measureId: string): string => `m.${measureId}`;
export const operationRow = (operationId: string): string => `o.${operationId}`;
export const newOperationRow = (number: number): string => `n.${number}`;
export const ENVELOPE_ROW = 'e';

export const amountCell = (row: string): CellKey => `${row}.montant`;
export const commentCell = (row: string): CellKey => `${row}.commentaire`;
/** The first day of the earlier period that a negative amount corrects. */
export const correctsCell = (row: string): CellKey => `${row}.corrige`;

/** Of a new operation. */
export const nameCell = (row: string): CellKey => `${row}.nom`;
export const landlordCell = (row: string): CellKey => `${row}.bailleur`;
export const communeCell = (row: string): CellKey => `${row}.commune`;

/** `m.<measure>.nombre.<indicator>`, then `.PLAI.approved.21231`, `-` where a dimension is not said. */
export function countCell(
	row: string,
	{
		indicatorId,
		product,
		stage,
		communeCode
	}: Pick<CountField, 'indicatorId' | 'product' | 'stage' | 'communeCode'>
): CellKey {
	const dimensions = [product, stage, communeCode];
	const said = dimensions.some((value) => value !== null)
		? `.${dimensions.map((value) => value ?? '-').join('.')}`
		: '';
	return `${row}.nombre.${indicatorId}${said}`;
}

const IDENTIFIER = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const ROW = `(?:m\\.${IDENTIFIER}|o\\.${IDENTIFIER}|n\\.(?:[1-9]|1\\d|20)|e)`;
const FIELD = `(?:montant|commentaire|corrige|nom|bailleur|commune|nombre\\.${IDENTIFIER}(?:\\.[\\w-]{1,12}\\.[\\w-]{1,12}\\.[\\w-]{1,5})?)`;
const CELL = new RegExp(`^(?:rien|commentaire|motif|${ROW}\\.${FIELD})$`);

/** Whether a name is that of a field; whether the declaration has it is a question for its shape. */
export const isCellKey = (text: string): boolean => CELL.test(text);
