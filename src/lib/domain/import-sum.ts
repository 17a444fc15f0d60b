import type { DeclarationShape } from '#lib/domain/declaration.ts';
import {
	amountCell,
	commentCell,
	nameCell,
	NOTHING_CELL,
	type CellKey,
	type Cells
} from '#lib/domain/declaration-cell.ts';
import { cents, formatEuros, parseEuros, sumCents, type Cents } from '#lib/domain/money.ts';
import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

/** What the lines of a spreadsheet come to, as the database adds them up. */
export type ImportSums = {
	/** Of the lines that have no problem; how many there are in all, and how many have one. */
	rows: readonly { rowKey: string; amountCents: Cents | null; lines: number; problems: number }[];
	/** Of counts their sum, of words the different ones. */
	fields: readonly { key: CellKey; sum: string | null; texts: readonly string[] | null }[];
};

/** A row of the declaration with what the spreadsheet says of it, beside what stands in the draft. */
export type ImportedRow = {
	key: string;
	label: string;
	lines: number;
	/** Lines of it that have a problem: then its amount is not all of it. */
	problems: number;
	amountCents: Cents | null;
	counts: { label: string; number: string }[];
	/** What stands in the draft for the amount; empty where nothing does. */
	draftAmount: string;
};

/** What would be in the draft: the fields, those that held something else, and words that do not fit. */
export type ImportedCells = {
	cells: Map<CellKey, string>;
	replaced: { key: CellKey; before: string; after: string }[];
	/** Rows whose comments are too many for one field: they stay in the file, which is attached. */
	crowded: string[];
};

const MOST_COMMENT_LETTERS = 2000;
/** As many different texts as are looked at. */
const MOST_TEXTS = 50;

/** Fills the fields of a draft from the lines of a spreadsheet: sums of amounts and counts, words joined. */
export function buildImportedCells(sums: ImportSums, draft: Cells): ImportedCells {
	const cells = new Map<CellKey, string>();
	const crowded: string[] = [];
	for (const { rowKey, amountCents } of sums.rows) {
		if (amountCents !== null) cells.set(amountCell(rowKey), writeEuros(amountCents));
	}
	for (const { key, sum, texts } of sums.fields) {
		if (sum !== null) cells.set(key, sum);
		else if (!key.endsWith('.commentaire')) cells.set(key, texts?.[0] ?? '');
		else {
			const joined = (texts ?? []).join(' ; ');
			if ((texts?.length ?? 0) < MOST_TEXTS && joined.length <= MOST_COMMENT_LETTERS) {
				cells.set(key, joined);
			} else crowded.push(key.slice(0, -commentCell('').length));
		}
	}
	const isFilled = [...cells.keys()].some((key) => /\.(montant|nombre\..*)$/.test(key));
	if (isFilled && (draft.get(NOTHING_CELL) ?? '') !== '') cells.set(NOTHING_CELL, '');
	const replaced = [...cells]
		.map(([key, after]) => ({ key, before: (draft.get(key) ?? '').trim(), after }))
		.filter(({ key, before, after }) => before !== '' && !isSame(key, before, after));
	return { cells, replaced, crowded };
}

/** The rows that the spreadsheet speaks of, in the order of the declaration; new operations last. */
export function listImportedRows(
	shape: DeclarationShape,
	sums: ImportSums,
	draft: Cells
): ImportedRow[] {
	const texts = new Map(sums.fields.map(({ key, texts: said }) => [key, said?.[0] ?? '']));
	const order = new Map(shape.rows.map(({ key }, place) => [key, place]));
	const labels = new Map(shape.rows.map(({ key, label }) => [key, label]));
	return sums.rows
		.map(({ rowKey, amountCents, lines, problems }) => ({
			key: rowKey,
			label: labels.get(rowKey) ?? texts.get(nameCell(rowKey)) ?? rowKey,
			lines,
			problems,
			amountCents,
			counts: countsOf(shape, sums, rowKey),
			draftAmount: (draft.get(amountCell(rowKey)) ?? '').trim()
		}))
		.sort(
			(left, right) =>
				(order.get(left.key) ?? 1e6) - (order.get(right.key) ?? 1e6) ||
				left.key.localeCompare(right.key, 'fr', { numeric: true })
		);
}

/** The sum of the amounts; null where no line says any. */
export function totalOf(rows: readonly Pick<ImportedRow, 'amountCents'>[]): Cents | null {
	const amounts = rows.flatMap(({ amountCents }) => (amountCents === null ? [] : [amountCents]));
	return amounts.length === 0 ? null : sumCents(amounts);
}

/** `1 234,50`, as a person types it. */
export const writeEuros = (amount: Cents): string =>
	formatEuros(amount).replace(`${NO_BREAK_SPACE}€`, '');

function countsOf(
	shape: DeclarationShape,
	sums: ImportSums,
	rowKey: string
): ImportedRow['counts'] {
	const row = shape.rows.find(({ key }) => key === rowKey);
	const asked = row?.counts ?? shape.newOperationCounts;
	return sums.fields
		.filter(({ key, sum }) => sum !== null && key.startsWith(`${rowKey}.nombre.`))
		.map(({ key, sum }) => {
			const indicatorId = key.slice(`${rowKey}.nombre.`.length).split('.')[0] ?? '';
			const dimensions = key.slice(`${rowKey}.nombre.${indicatorId}`.length).split('.').slice(1);
			const label = asked.find((count) => count.indicatorId === indicatorId)?.label ?? '';
			const said = dimensions.filter((dimension) => dimension !== '-');
			return { label: [label, ...said].join(' – '), number: sum ?? '' };
		});
}

function isSame(key: CellKey, before: string, after: string): boolean {
	if (before.replaceAll('\r\n', '\n') === after) return true;
	if (!key.endsWith('.montant')) return false;
	const [left, right] = [parseEuros(before), parseEuros(after)];
	return left.ok && right.ok && left.cents === right.cents;
}

/** Amounts as the database writes sums: text of whole cents. Refuses what no draft can hold. */
export const readSum = (text: string | null): Cents | null => (text === null ? null : cents(text));
