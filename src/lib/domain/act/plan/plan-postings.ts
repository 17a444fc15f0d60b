import type { PassageKey, PlannedEnvelope, SumGiven } from '#lib/domain/act/plan/plan.ts';
import { isSum, sumOf, type PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { findTouchedEnvelope, type TouchedBooks } from '#lib/domain/act/plan/touched-books.ts';
import { negateCents, NO_CENTS, subtractCents, sumCents, type Cents } from '#lib/domain/money.ts';

/** An allocation as the ledger takes it: what this act adds to an envelope, with its sign. */
export type Posting = {
	fiscalYear: number;
	label: string;
	passage: PassageKey;
	amountCents: Cents;
};

export type PassagesByKey = ReadonlyMap<PassageKey, PlanPassage>;

/**
 * What is posted for an envelope of a plan. A new one gets the amounts of its passages. One that is
 * there already gets the difference between what the act says and what the books hold: an act that
 * changes nothing posts nothing. What has no amount yet is left out: `planProblems` says so.
 */
export function listPostings(
	envelope: PlannedEnvelope,
	passages: PassagesByKey,
	books: TouchedBooks
): Posting[] {
	return envelope.allocations.flatMap(({ fiscalYear, label, passage: own }) => {
		const passage = own ?? envelope.passage;
		const given = sumOfPassage(passages.get(passage ?? ''));
		if (passage === null || given === null) return [];
		const amountCents = postedOf(given, envelope, fiscalYear, books);
		return amountCents === 0n ? [] : [{ fiscalYear, label, passage, amountCents }];
	});
}

/** The amount that a passage gives to an envelope; null where it gives none that can be counted on. */
export const sumOfPassage = (passage: PlanPassage | undefined): Cents | null =>
	passage && isSum(passage) ? sumOf(passage) : null;

function postedOf(
	given: Cents,
	{ of }: PlannedEnvelope,
	fiscalYear: number,
	books: TouchedBooks
): Cents {
	if (of.kind === 'new') return given;
	const before = findTouchedEnvelope(books, of.envelopeId);
	const inYear = sumCents(
		(before?.allocations ?? [])
			.filter((allocation) => allocation.fiscalYear === fiscalYear)
			.map(({ amountCents }) => amountCents)
	);
	const posted: Record<SumGiven, Cents> = {
		sum: subtractCents(given, before?.promisedCents ?? NO_CENTS),
		sum_of_year: subtractCents(given, inYear),
		increase: given,
		decrease: negateCents(given)
	};
	return posted[of.gives];
}
