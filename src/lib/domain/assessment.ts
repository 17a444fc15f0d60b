import { daysBetween, type Day } from '#lib/domain/day.ts';
import type { EnvelopeFacts, EnvelopeSituation, EnvelopeTotals } from '#lib/domain/envelope.ts';
import { largerCents, subtractCents, type Cents } from '#lib/domain/money.ts';
import { ratio } from '#lib/domain/rate.ts';

/** How an envelope stands. Of several that would fit, the first in this order is shown. */
export type EnvelopeStatus =
	'not_in_force' | 'overrun' | 'ended' | 'ending' | 'behind' | 'ahead' | 'on_pace';

export const STATUS_LABELS: Record<EnvelopeStatus, string> = {
	not_in_force: 'pas encore en vigueur',
	overrun: 'dépassement',
	ended: 'terminée',
	ending: 'fin de convention',
	behind: 'en retard',
	ahead: 'en avance',
	on_pace: 'dans le rythme'
};

/** Where "behind" and "ahead" begin, in points, and how long before its end an envelope is announced. */
export type Thresholds = { behindPoints: number; aheadPoints: number; endingNoticeDays: number };

export const DEFAULT_THRESHOLDS: Thresholds = {
	behindPoints: 10,
	aheadPoints: 10,
	endingNoticeDays: 365
};

/**
 * All the measures of an envelope on a day (design §6).
 *
 * `instalmentsDueCents` is what the plan in force wanted paid by the end of that day, null where no
 * plan was agreed. The expected share is instalments due ÷ promised where there is a plan, and the
 * time elapsed where there is none: the gap so compares two shares of the same sum. (Execution rate
 * minus plan rate would compare a share of what was promised with a share of what was due.)
 */
export function assessEnvelope(
	facts: EnvelopeFacts,
	totals: EnvelopeTotals,
	instalmentsDueCents: Cents | null,
	asOf: Day,
	thresholds: Thresholds
): EnvelopeSituation {
	const { promisedCents, committedCents, disbursedCents } = totals;
	const elapsed = timeElapsed(facts.startsOn, facts.endsOn, asOf);
	const executionRate = ratio(disbursedCents, promisedCents);
	const expectedRate =
		instalmentsDueCents === null ? elapsed : ratio(instalmentsDueCents, promisedCents);
	const gapPoints =
		executionRate === null || expectedRate === null ? null : (executionRate - expectedRate) * 100;
	return {
		...facts,
		...totals,
		leftToCommitCents: subtractCents(promisedCents, largerCents(committedCents, disbursedCents)),
		leftToDisburseCents: subtractCents(promisedCents, disbursedCents),
		executionRate,
		planRate: instalmentsDueCents === null ? null : ratio(disbursedCents, instalmentsDueCents),
		instalmentsDueCents,
		expectedRate,
		timeElapsed: elapsed,
		gapPoints,
		status: statusOf(facts, totals, gapPoints, asOf, thresholds)
	};
}

/** Share of a period gone by the end of a day, that day included: 2020 to 2022 seen on 30/06/2022 is 912 ÷ 1 096. */
export function timeElapsed(startsOn: Day, endsOn: Day, asOf: Day): number {
	const length = daysBetween(startsOn, endsOn) + 1;
	const gone = daysBetween(startsOn, asOf) + 1;
	return Math.min(1, Math.max(0, gone / length));
}

function statusOf(
	facts: EnvelopeFacts,
	totals: EnvelopeTotals,
	gapPoints: number | null,
	asOf: Day,
	thresholds: Thresholds
): EnvelopeStatus {
	if (totals.promisedCents === 0n && totals.disbursedCents === 0n) return 'not_in_force';
	if (totals.disbursedCents > totals.promisedCents) return 'overrun';
	if (asOf > facts.endsOn) return 'ended';
	if (endsWithoutSuccessor(facts, asOf, thresholds.endingNoticeDays)) return 'ending';
	if (gapPoints !== null && gapPoints < -thresholds.behindPoints) return 'behind';
	if (gapPoints !== null && gapPoints > thresholds.aheadPoints) return 'ahead';
	return 'on_pace';
}

/** The act stops before the horizon that was hoped for, soon, and no other act takes over. */
function endsWithoutSuccessor(facts: EnvelopeFacts, asOf: Day, noticeDays: number): boolean {
	if (facts.horizonEndsOn === null || facts.horizonEndsOn <= facts.endsOn) return false;
	return !facts.hasSuccessor && daysBetween(asOf, facts.endsOn) <= noticeDays;
}
