import type { Cited } from '#lib/domain/measure-line.ts';
import { formatEuros, type Cents } from '#lib/domain/money.ts';
import { formatCount, NO_BREAK_SPACE, plural } from '#lib/domain/numeral.ts';

/** What an indicator counts. Percentages are in points. */
export type IndicatorUnit = 'euros' | 'aids' | 'households' | 'dwellings' | 'percent';

/** A value of reference that belongs to no measure, as the act gives it, with its sentence. */
export type ReferenceValue = { product: string | null; value: Cited<Cents> | Cited<number> | null };

export type Reference = { label: string; unit: IndicatorUnit; values: ReferenceValue[] };

const WORDS: Record<Exclude<IndicatorUnit, 'euros' | 'percent'>, [string, string]> = {
	aids: ['aide', 'aides'],
	households: ['ménage', 'ménages'],
	dwellings: ['logement', 'logements']
};

/** `9 363 aides`, `52 % PLUS`, `15 400 000 €`. */
export function formatReference(unit: IndicatorUnit, { product, value }: ReferenceValue): string {
	if (value === null) return 'non renseigné';
	const figure = formatFigure(unit, value.value);
	return product ? `${figure}${NO_BREAK_SPACE}${product}` : figure;
}

function formatFigure(unit: IndicatorUnit, value: Cents | number): string {
	if (typeof value === 'bigint') return formatEuros(value);
	if (unit === 'percent') return `${formatCount(value)}${NO_BREAK_SPACE}%`;
	if (unit === 'euros') return formatCount(value);
	return `${formatCount(value)}${NO_BREAK_SPACE}${plural(value, ...WORDS[unit])}`;
}
