import { gapInPoints } from '#lib/domain/assessment.ts';
import { isCash, type EnvelopeSituation, type Measures } from '#lib/domain/envelope.ts';
import { sumCents, type Cents } from '#lib/domain/money.ts';
import { ratio } from '#lib/domain/rate.ts';

/** Several envelopes together. Guarantees, which are not cash, stand apart; null when there are none. */
export type SituationSum = Measures & { envelopes: number; guarantees: GroupMeasures | null };

export type GroupMeasures = Measures & { envelopes: number };

/**
 * The measures of a programme or of the whole portfolio (design §3, §6).
 *
 * Amounts are the sums over the envelopes, of all circuits: the disbursed is the total effort, the
 * received stays beside it and is never added. What is left is summed as well, so that one overrun
 * is seen in the total. Rates are made from the sums, never averaged. The time elapsed and the share
 * expected are the means of the envelopes weighted by what each promised: a large envelope that has
 * just begun weighs more than a small one that has ended. The plan rate is over the envelopes that
 * have a plan.
 */
export function sumSituations(situations: readonly EnvelopeSituation[]): SituationSum {
	const guarantees = situations.filter((situation) => !isCash(situation));
	return {
		...measureGroup(situations.filter(isCash)),
		guarantees: guarantees.length === 0 ? null : measureGroup(guarantees)
	};
}

function measureGroup(group: readonly EnvelopeSituation[]): GroupMeasures {
	const total = (pick: (situation: EnvelopeSituation) => Cents) => sumCents(group.map(pick));
	const promisedCents = total((situation) => situation.promisedCents);
	const disbursedCents = total((situation) => situation.disbursedCents);
	const executionRate = ratio(disbursedCents, promisedCents);
	const expectedRate = weightedByPromise(group, (situation) => situation.expectedRate);
	return {
		envelopes: group.length,
		promisedCents,
		committedCents: total((situation) => situation.committedCents),
		receivedCents: total((situation) => situation.receivedCents),
		disbursedCents,
		leftToCommitCents: total((situation) => situation.leftToCommitCents),
		committedNotDisbursedCents: total((situation) => situation.committedNotDisbursedCents),
		leftToDisburseCents: total((situation) => situation.leftToDisburseCents),
		executionRate,
		...measurePlan(group),
		expectedRate,
		timeElapsed: weightedByPromise(group, (situation) => situation.timeElapsed),
		gapPoints: gapInPoints(executionRate, expectedRate)
	};
}

function measurePlan(
	group: readonly EnvelopeSituation[]
): Pick<Measures, 'instalmentsDueCents' | 'planRate'> {
	const planned = group.filter(({ instalmentsDueCents }) => instalmentsDueCents !== null);
	const due = planned.map(({ instalmentsDueCents }) => instalmentsDueCents);
	if (planned.length === 0) return { instalmentsDueCents: null, planRate: null };
	const instalmentsDueCents = sumCents(due.filter((amount) => amount !== null));
	const disbursedCents = sumCents(planned.map((situation) => situation.disbursedCents));
	return { instalmentsDueCents, planRate: ratio(disbursedCents, instalmentsDueCents) };
}

/** The mean of a share, each envelope counting for what it promised; null when nothing was promised. */
function weightedByPromise(
	group: readonly EnvelopeSituation[],
	share: (situation: EnvelopeSituation) => number | null
): number | null {
	const promised = group.filter(({ promisedCents }) => promisedCents > 0n);
	const weight = promised.reduce((sum, { promisedCents }) => sum + Number(promisedCents), 0);
	if (weight === 0) return null;
	return promised.reduce(
		(sum, situation) => sum + ((share(situation) ?? 0) * Number(situation.promisedCents)) / weight,
		0
	);
}
