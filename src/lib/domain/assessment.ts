import { daysBetween, type Day } from '#lib/domain/day.ts';
import type { EnvelopeFacts, EnvelopeSituation, EnvelopeTotals } from '#lib/domain/envelope.ts';
import { largerCents, NO_CENTS, subtractCents, type Cents } from '#lib/domain/money.ts';
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

/** Where "behind" and "ahead" begin, in points, and how long before its end an envelope is announced: settings. */
export type Thresholds = { behindPoints: number; aheadPoints: number; endingNoticeDays: number };

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
	const gapPoints = gapInPoints(executionRate, expectedRate);
	return {
		...facts,
		...totals,
		leftToCommitCents: subtractCents(promisedCents, largerCents(committedCents, disbursedCents)),
		committedNotDisbursedCents: largerCents(
			subtractCents(committedCents, disbursedCents),
			NO_CENTS
		),
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
	const { gone, length } = daysOfPeriod(startsOn, endsOn, asOf);
	return gone / length;
}

/** Days of a period, both ends included, and how many of them have gone by the end of a day. */
export function daysOfPeriod(
	startsOn: Day,
	endsOn: Day,
	asOf: Day
): { gone: number; length: number } {
	const length = daysBetween(startsOn, endsOn) + 1;
	const gone = Math.min(length, Math.max(0, daysBetween(startsOn, asOf) + 1));
	return { gone, length };
}

/**
 * How far the share disbursed is from the share expected, in points; null when either is unknown.
 * What a computer adds in the tenth decimal is dropped, so that ten points are ten, not more.
 */
export function gapInPoints(
	executionRate: number | null,
	expectedRate: number | null
): number | null {
	if (executionRate === null || expectedRate === null) return null;
	return Number(((executionRate - expectedRate) * 100).toFixed(9));
}

function statusOf(
	facts: EnvelopeFacts,
	totals: EnvelopeTotals,
	gapPoints: number | null,
	asOf: Day,
	thresholds: Thresholds
): EnvelopeStatus {
	if (isBeforePromise(facts, totals, asOf)) return 'not_in_force';
	if (totals.disbursedCents > totals.promisedCents) return 'overrun';
	if (asOf > facts.endsOn) return 'ended';
	if (endsWithoutSuccessor(facts, asOf, thresholds.endingNoticeDays)) return 'ending';
	if (gapPoints !== null && gapPoints < -thresholds.behindPoints) return 'behind';
	if (gapPoints !== null && gapPoints > thresholds.aheadPoints) return 'ahead';
	return 'on_pace';
}

/** Nothing is promised yet. What a partner had paid before the vote, or before its act is known, is no overrun of it. */
function isBeforePromise(facts: EnvelopeFacts, totals: EnvelopeTotals, asOf: Day): boolean {
	const { inForceOn } = facts;
	const isBeforeVote = inForceOn === null || (inForceOn !== undefined && asOf < inForceOn);
	return totals.promisedCents === 0n && (totals.disbursedCents === 0n || isBeforeVote);
}

/** The act stops before the horizon that was hoped for, soon, and no other act takes over. */
function endsWithoutSuccessor(facts: EnvelopeFacts, asOf: Day, noticeDays: number): boolean {
	if (facts.horizonEndsOn === null || facts.horizonEndsOn <= facts.endsOn) return false;
	return !facts.hasSuccessor && daysBetween(asOf, facts.endsOn) <= noticeDays;
}
