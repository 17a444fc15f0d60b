import type { ActPlan, PlannedEnvelope } from '#lib/domain/act/plan/plan.ts';
import type { KnownProgramme } from '#lib/domain/act/plan/plan-known.ts';
import { isSum, sumOf, type PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { listPostings, type Posting } from '#lib/domain/act/plan/plan-postings.ts';
import { UNTOUCHED_BOOKS, type TouchedBooks } from '#lib/domain/act/plan/touched-books.ts';
import { addCents, formatEuros, sumCents, type Cents } from '#lib/domain/money.ts';

/** What an envelope of a plan comes to: what is posted, and for one that is there before, after and between. */
export type EnvelopeSums = {
	postings: readonly Posting[];
	totalCents: Cents;
	/** How a total that no act writes was reckoned: `2 × 494 000 €`; null where it is written. */
	formula: string | null;
	/** Null for a new envelope. */
	before: Cents | null;
	after: Cents;
};

export function reckonEnvelope(
	envelope: PlannedEnvelope,
	passages: readonly PlanPassage[],
	programme: KnownProgramme | undefined
): EnvelopeSums {
	const byKey = new Map(passages.map((passage) => [passage.key, passage]));
	const postings = listPostings(envelope, byKey, booksOf(programme));
	const totalCents = sumCents(postings.map(({ amountCents }) => amountCents));
	const { of } = envelope;
	const before =
		of.kind === 'existing'
			? (programme?.envelopes.find(({ id }) => id === of.envelopeId)?.promisedCents ?? null)
			: null;
	return {
		postings,
		totalCents,
		formula: formulaOf(postings),
		before,
		after: before === null ? totalCents : addCents(before, totalCents)
	};
}

/** A total of several postings is written nowhere: it is reckoned, and says how. */
function formulaOf(postings: readonly Posting[]): string | null {
	if (postings.length < 2) return null;
	const amounts = postings.map(({ amountCents }) => amountCents);
	const [first] = amounts;
	return first !== undefined && amounts.every((amount) => amount === first)
		? `${amounts.length} × ${formatEuros(first)}`
		: amounts.map(formatEuros).join(' + ');
}

/** The rule of what is posted asks of the books only what was promised, by year. */
function booksOf(programme: KnownProgramme | undefined): TouchedBooks {
	if (!programme) return UNTOUCHED_BOOKS;
	const { id, slug, name, startsOn, endsOn, envelopes } = programme;
	return {
		...UNTOUCHED_BOOKS,
		programme: {
			id,
			slug,
			name,
			startsOn,
			endsOn,
			horizonEndsOn: null,
			indicators: [],
			lastEnvelope: 0,
			lastIndicator: 0,
			lastUndertaking: 0,
			envelopes: envelopes.map(({ years, ...envelope }) => ({
				...envelope,
				funder: '',
				funderId: '',
				strength: 'firm',
				allocations: years.map(({ fiscalYear, promisedCents }) => ({
					fiscalYear,
					effectiveOn: envelope.startsOn,
					amountCents: promisedCents
				})),
				disbursedCents: sumCents([]),
				instalments: [],
				lastMeasure: 0
			}))
		}
	};
}

/** A sum that the act writes as the whole of the envelopes of a plan, with its parts: it is not counted again. */
export type WholeOfParts = { whole: PlanPassage; parts: PlanPassage[]; isEqual: boolean };

export function listWholes(
	{ programme }: ActPlan,
	passages: readonly PlanPassage[]
): WholeOfParts[] {
	const used = (programme?.envelopes ?? []).map(({ passage }) => passage);
	return passages.flatMap((whole) => {
		const parts = passages.filter((part) => part.partOf === whole.key && used.includes(part.key));
		if (!isSum(whole) || parts.length === 0 || used.includes(whole.key)) return [];
		const all = passages.filter((part) => part.partOf === whole.key && isSum(part));
		const sum = sumCents(all.flatMap((part) => sumOf(part) ?? []));
		return [{ whole, parts, isEqual: sum === sumOf(whole) }];
	});
}

/** Sums that were kept and of which nothing is made yet. */
export function listUnusedSums(plan: ActPlan, passages: readonly PlanPassage[]): PlanPassage[] {
	const wholes = listWholes(plan, passages).map(({ whole }) => whole.key);
	const { envelopes = [], indicators = [] } = plan.programme ?? {};
	const used = [
		...wholes,
		...envelopes.flatMap(({ passage, allocations, instalments }) => [
			passage,
			...allocations.map((one) => one.passage),
			...instalments.map((one) => one.passage)
		]),
		...indicators.flatMap(({ values }) => values.map(({ passage }) => passage))
	];
	return passages.filter((passage) => isSum(passage) && !used.includes(passage.key));
}
