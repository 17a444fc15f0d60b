import { formatDay, type Day } from '#lib/domain/day.ts';
import { formatEuros, type Cents } from '#lib/domain/money.ts';
import { formatCount, formatMagnitude, NO_BREAK_SPACE } from '#lib/domain/numeral.ts';
import { writtenPrecision, type WrittenFigure } from '#lib/domain/precision.ts';

export type CitationKind = 'amount' | 'count' | 'percentage' | 'date' | 'words';

export const CITATION_KIND_LABELS: Record<CitationKind, string> = {
	amount: 'montant',
	count: 'nombre',
	percentage: 'pourcentage',
	date: 'date',
	words: 'mots'
};

export type CitationSection = 'header' | 'statement_of_reasons' | 'decision';

export const CITATION_SECTION_LABELS: Record<CitationSection, string> = {
	header: 'en-tête',
	statement_of_reasons: 'exposé des motifs',
	decision: 'décision'
};

/** A passage of an act with the value read in it: which of the values it is depends on the kind. */
export type CitedValue = {
	kind: CitationKind;
	quote: string;
	amountCents: Cents | null;
	precisionCents: Cents | null;
	/** A count, or a percentage in points. */
	number: number | null;
	precision: number | null;
	day: Day | null;
};

/** The value as it is used in the books: `15 200 000 €`, `9 363`, `52 %`, `17 décembre 2020`. Null for words. */
export function formatCitedValue(citation: CitedValue): string | null {
	const { kind, amountCents, number, day } = citation;
	if (amountCents !== null) return formatEuros(amountCents);
	if (day !== null) return formatDay(day);
	if (number === null) return null;
	return kind === 'percentage' ? `${decimal(number)}${NO_BREAK_SPACE}%` : decimal(number);
}

/**
 * What the writing leaves open: `± 50 000 €` for “15,2 M€”, `± 0,5 point` for “52%”. Null where the
 * value is exact: what is counted one by one, an amount to the cent, a day.
 */
export function formatWrittenPrecision(citation: CitedValue): string | null {
	const { kind, precisionCents, precision } = citation;
	const sign = `±${NO_BREAK_SPACE}`;
	if (precisionCents !== null && precisionCents > 0n) return sign + formatEuros(precisionCents);
	if (kind !== 'percentage' || !precision) return null;
	return `${sign}${decimal(precision)}${NO_BREAK_SPACE}${precision < 2 ? 'point' : 'points'}`;
}

/** The figure of a passage, ready to be checked against others; null for days and words. */
export function writtenFigure(citation: CitedValue): WrittenFigure | null {
	const { kind, quote, amountCents, precisionCents, number, precision } = citation;
	const written = writtenPrecision(quote)?.written ?? quote;
	if (kind === 'amount' && amountCents !== null && precisionCents !== null) {
		return { kind, written, valueCents: amountCents, precisionCents };
	}
	if ((kind === 'count' || kind === 'percentage') && number !== null) {
		return { kind, written, value: number, precision: precision ?? 0 };
	}
	return null;
}

function decimal(value: number): string {
	if (Number.isInteger(value)) return formatCount(value);
	const [, digits = ''] = String(value).split('.');
	return formatMagnitude(value, digits.length);
}
