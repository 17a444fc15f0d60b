import type { Day } from '#lib/domain/day.ts';
import type { CitationLink, Cited } from '#lib/domain/measure-line.ts';
import type { Cents } from '#lib/domain/money.ts';

/** The columns that a row brings along when it may rest on a sentence. */
export type CitationColumns = {
	citationId: string | null;
	deliberationId: string | null;
	quote: string | null;
	satOn: Day | null;
};

/** The sentence a row rests on; null where it rests on none. */
export function citationLink(row: CitationColumns): CitationLink | null {
	const { citationId, deliberationId, quote, satOn } = row;
	if (!citationId || !deliberationId || quote === null || !satOn) return null;
	return { citationId, deliberationId, quote, satOn };
}

/** An amount with its sentence; null where the row has no amount. */
export const citedAmount = (
	row: (CitationColumns & { amountCents: Cents | null }) | undefined
): Cited<Cents> | null =>
	row && row.amountCents !== null ? { value: row.amountCents, citation: citationLink(row) } : null;

/** A count or a percentage with its sentence; null where the row has none. */
export const citedNumber = (
	row: (CitationColumns & { number: number | null }) | undefined
): Cited<number> | null =>
	row && row.number !== null ? { value: row.number, citation: citationLink(row) } : null;
