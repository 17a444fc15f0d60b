import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import { listPostings } from '#lib/domain/act/plan/plan-postings.ts';
import { listPlannedInstalments } from '#lib/domain/act/plan/planned-instalments.ts';
import type { PlannedEnvelope, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import { findTouchedEnvelope, type TouchedEnvelope } from '#lib/domain/act/plan/touched-books.ts';
import { day, type Day } from '#lib/domain/day.ts';
import { addCents, NO_CENTS, subtractCents, sumCents, type Cents } from '#lib/domain/money.ts';
import { instalmentsInForce, type AgreedInstalment } from '#lib/domain/plan.ts';

/** A sum before the act and after it; null where there is none. */
export type MoneyDifference = {
	beforeCents: Cents | null;
	afterCents: Cents | null;
	deltaCents: Cents;
};

export type DayDifference = { before: Day | null; after: Day };

/** What an act changes of one envelope: its sum, by year, its last day, and when it is paid. */
export type EnvelopeDifference = {
	key: string;
	label: string;
	isNew: boolean;
	promised: MoneyDifference;
	years: (MoneyDifference & { fiscalYear: number })[];
	/** Null where the last day stays as it was. */
	endsOn: DayDifference | null;
	instalments: (MoneyDifference & { dueOn: Day })[];
};

export type PlanDifference = {
	/** The last day that an act covers; null where it stays as it was. */
	programmeEndsOn: DayDifference | null;
	envelopes: EnvelopeDifference[];
};

/** What an act changes: before it, after it, and the difference. Nothing that stays as it was is listed. */
export function comparePlan(act: ActUnderReview): PlanDifference {
	const planned = act.plan?.programme;
	if (!planned) return { programmeEndsOn: null, envelopes: [] };
	const before = act.books.programme?.endsOn ?? null;
	const { endsOn } = planned.of;
	return {
		programmeEndsOn: endsOn && endsOn !== before ? { before, after: endsOn } : null,
		envelopes: planned.envelopes.map((envelope) => compareEnvelope(act, planned, envelope))
	};
}

function compareEnvelope(
	act: ActUnderReview,
	planned: PlannedProgramme,
	envelope: PlannedEnvelope
): EnvelopeDifference {
	const { key, of } = envelope;
	const before = of.kind === 'existing' ? findTouchedEnvelope(act.books, of.envelopeId) : null;
	const postings = listPostings(envelope, act.passages, act.books);
	const posted = sumCents(postings.map(({ amountCents }) => amountCents));
	const isMoved = of.endsOn !== null && of.endsOn !== before?.endsOn;
	return {
		key,
		label: of.kind === 'new' ? of.label : (before?.label ?? '?'),
		isNew: of.kind === 'new',
		promised: added(before?.promisedCents ?? null, posted),
		years: [...new Set(postings.map(({ fiscalYear }) => fiscalYear))].sort().map((fiscalYear) => ({
			fiscalYear,
			...added(
				promisedIn(before, fiscalYear),
				sumCents(
					postings
						.filter((posting) => posting.fiscalYear === fiscalYear)
						.map(({ amountCents }) => amountCents)
				)
			)
		})),
		endsOn: isMoved && of.endsOn ? { before: before?.endsOn ?? null, after: of.endsOn } : null,
		instalments: compareInstalments(
			before?.instalments ?? [],
			listPlannedInstalments(act, planned, envelope)
		)
	};
}

const added = (beforeCents: Cents | null, deltaCents: Cents): MoneyDifference => ({
	beforeCents,
	afterCents: addCents(beforeCents ?? NO_CENTS, deltaCents),
	deltaCents
});

function promisedIn(envelope: TouchedEnvelope | null, fiscalYear: number): Cents | null {
	const own = (envelope?.allocations ?? []).filter((one) => one.fiscalYear === fiscalYear);
	return own.length === 0 ? null : sumCents(own.map(({ amountCents }) => amountCents));
}

/** The plan of payments as it is in force before and after: a payment that falls away is after it no more. */
function compareInstalments(
	before: readonly AgreedInstalment[],
	planned: readonly AgreedInstalment[]
): EnvelopeDifference['instalments'] {
	if (planned.length === 0) return [];
	const sumsOn = (agreed: readonly AgreedInstalment[]) =>
		Map.groupBy(instalmentsInForce(agreed, EVER), ({ dueOn }) => dueOn);
	const [were, are] = [sumsOn(before), sumsOn([...before, ...planned])];
	return [...new Set([...were.keys(), ...are.keys()])].sort().flatMap((dueOn) => {
		const [beforeCents, afterCents] = [were, are].map((sums) => {
			const due = sums.get(dueOn);
			return due ? sumCents(due.map(({ amountCents }) => amountCents)) : null;
		});
		const deltaCents = subtractCents(afterCents ?? NO_CENTS, beforeCents ?? NO_CENTS);
		if (deltaCents === 0n) return [];
		return [
			{ dueOn, beforeCents: beforeCents ?? null, afterCents: afterCents ?? null, deltaCents }
		];
	});
}

const EVER = day('2999-12-31');
