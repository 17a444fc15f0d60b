import type { CountField, DeclarationShape } from '#lib/domain/declaration.ts';
import { PRODUCTS, STAGE_LABELS, STAGES } from '#lib/domain/dwelling.ts';
import { plainWords } from '#lib/domain/import-cell.ts';

/** What a column of a spreadsheet can be taken for; a count is `count:` and what it counts. */
export type ImportField =
	| 'key'
	| 'label'
	| 'landlord'
	| 'commune'
	| 'amount'
	| 'corrects'
	| 'comment'
	| 'period'
	| `count:${string}`;

/** A field that the model has as a column, and that a column can be matched with by hand. */
export type FieldChoice = { field: ImportField; heading: string; words: readonly string[] };

const UNIT_WORDS: Record<string, string> = {
	aids: 'Nombre d’aides',
	households: 'Nombre de ménages',
	dwellings: 'Logements'
};

/** The columns of a declaration, in the order of its model. */
export function listFieldChoices(shape: DeclarationShape): FieldChoice[] {
	const label = shape.byOperation ? 'Opération' : 'Mesure';
	return [
		choice('key', KEY_HEADING),
		choice('period', 'Période'),
		choice('label', label),
		...(shape.byOperation ? [choice('landlord', 'Bailleur'), choice('commune', 'Commune')] : []),
		choice('amount', 'Montant versé (€)'),
		...listCountChoices(shape),
		choice('corrects', 'Corrige la période'),
		choice('comment', 'Commentaire')
	];
}

export const KEY_HEADING = 'Clé (ne pas modifier)';

/** What is counted, once for all rows that count the same thing. */
export function listCountChoices(shape: DeclarationShape): FieldChoice[] {
	const byField = new Map<ImportField, CountField[]>();
	for (const counts of [...shape.rows.map(({ counts }) => counts), shape.newOperationCounts]) {
		for (const [field, count] of countsByField(counts)) {
			byField.set(field, [...(byField.get(field) ?? []), count]);
		}
	}
	return [...byField]
		.map(([field, counts]) => ({
			field,
			heading: headingOf(counts),
			words: counts.map(({ label, product, stage }) =>
				plainWords([label, stage && STAGE_LABELS[stage], product].filter(Boolean).join(' '))
			),
			order: orderOf(counts[0])
		}))
		.sort((left, right) => left.order - right.order)
		.map(({ field, heading, words }) => ({
			field,
			heading,
			words: [...new Set([plainWords(heading), ...words])]
		}));
}

/** The counts of a row by the column that they stand in. */
export function countsByField(counts: readonly CountField[]): Map<ImportField, CountField> {
	const found = new Map<ImportField, CountField>();
	for (const count of counts) {
		const { unit, product, stage, communeCode } = count;
		const dimensions = [product, stage, communeCode].map((value) => value ?? '-').join('.');
		let rank = 1;
		while (found.has(`count:${unit}.${dimensions}.${rank}`)) rank += 1;
		found.set(`count:${unit}.${dimensions}.${rank}`, count);
	}
	return found;
}

export const isImportField = (text: string): text is ImportField =>
	/^(key|label|landlord|commune|amount|corrects|comment|period|count:[\w.-]{1,60})$/.test(text);

const choice = (field: ImportField, heading: string): FieldChoice => ({
	field,
	heading,
	words: [plainWords(heading)]
});

/** `Logements agréés – PLAI`; the label itself where all rows count the same indicator. */
function headingOf(counts: readonly CountField[]): string {
	const [first] = counts;
	if (!first) return '';
	const isOne = counts.every(({ label }) => label === first.label);
	const name = isOne ? first.label : (UNIT_WORDS[first.unit] ?? first.label);
	const dimensions = [first.stage && STAGE_LABELS[first.stage], first.product].filter(Boolean);
	return dimensions.length === 0 ? name : `${name} – ${dimensions.join(' – ')}`;
}

const orderOf = (count: CountField | undefined): number =>
	count?.stage && count.product
		? STAGES.indexOf(count.stage) * 10 + PRODUCTS.indexOf(count.product)
		: -1;
