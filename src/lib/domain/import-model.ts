import type { CountField, DeclarationShape } from '#lib/domain/declaration.ts';
import {
	amountCell,
	commentCell,
	communeCell,
	correctsCell,
	countCell,
	landlordCell,
	MOST_NEW_OPERATIONS,
	nameCell,
	newOperationRow,
	type Cells
} from '#lib/domain/declaration-cell.ts';
import { countsByField, listFieldChoices, type ImportField } from '#lib/domain/import-field.ts';
import { parseEuros, type Cents } from '#lib/domain/money.ts';
import { formatPeriod } from '#lib/domain/period.ts';

/** A cell of the model: words, an amount or a count. Both are written as numbers. */
export type ModelCell = string | { amountCents: Cents } | { count: number };

/** The table that a partner fills in instead of the form: a line a row, a column a field. */
export type ImportModel = {
	columns: { field: ImportField; heading: string }[];
	lines: ModelCell[][];
};

/** Builds the model of a declaration, with what its draft holds already. What cannot be read stays words. */
export function buildModel(shape: DeclarationShape, draft: Cells): ImportModel {
	const columns = listFieldChoices(shape).map(({ field, heading }) => ({ field, heading }));
	const rows: ModelRow[] = [
		...shape.rows,
		...listNewOperations(draft).map((key) => ({
			key,
			label: textOf(draft, nameCell(key)),
			asksAmount: true,
			counts: shape.newOperationCounts
		}))
	];
	return {
		columns,
		lines: rows.map((row) => {
			const counts = countsByField(row.counts);
			return columns.map(({ field }) => cellOf(shape, draft, row, field, counts));
		})
	};
}

type ModelRow = { key: string; label: string; asksAmount: boolean; counts: readonly CountField[] };

const listNewOperations = (draft: Cells): string[] =>
	Array.from({ length: MOST_NEW_OPERATIONS }, (_, index) => newOperationRow(index + 1)).filter(
		(key) => textOf(draft, nameCell(key)) !== ''
	);

function cellOf(
	shape: DeclarationShape,
	draft: Cells,
	{ key, label, asksAmount }: ModelRow,
	field: ImportField,
	counts: ReadonlyMap<ImportField, CountField>
): ModelCell {
	switch (field) {
		case 'key':
			return key;
		case 'label':
			return label;
		case 'period':
			return formatPeriod({ startsOn: shape.periodStartsOn, endsOn: shape.periodEndsOn });
		case 'amount':
			return asksAmount ? amountOf(textOf(draft, amountCell(key))) : '';
		case 'landlord':
			return textOf(draft, landlordCell(key));
		case 'commune': {
			const code = textOf(draft, communeCell(key));
			return shape.communes.find((commune) => commune.code === code)?.name ?? code;
		}
		case 'comment':
			return textOf(draft, commentCell(key));
		case 'corrects': {
			const text = textOf(draft, correctsCell(key));
			const earlier = shape.earlierPeriods.find(({ startsOn }) => startsOn === text);
			return earlier ? formatPeriod(earlier) : text;
		}
		default: {
			const count = counts.get(field);
			const text = count ? textOf(draft, countCell(key, count)).replace(/[\s\u202f]/gu, '') : '';
			return /^-?\d{1,9}$/.test(text) ? { count: Number(text) } : text;
		}
	}
}

function amountOf(text: string): ModelCell {
	if (text === '') return '';
	const parsed = parseEuros(text);
	return parsed.ok ? { amountCents: parsed.cents } : text;
}

const textOf = (draft: Cells, key: string): string => (draft.get(key) ?? '').trim();
