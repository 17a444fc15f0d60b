import type { ActPlan } from '#lib/domain/act/plan/plan.ts';
import type { KnownThings } from '#lib/domain/act/plan/plan-known.ts';
import type { ActHead, PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { completePlan } from '#lib/domain/act/plan/plan-steps.ts';

/**
 * What an act seems to create, out of the passages that a person kept: a programme with its agreement,
 * an envelope for each sum that is promised, its figures of reference, its undertakings. It is a
 * proposal: each page shows its part, and nothing counts before a person has saved it.
 */
export function suggestPlan(
	head: ActHead,
	passages: readonly PlanPassage[],
	known: KnownThings
): ActPlan {
	const { newParties, programme } = completePlan(null, head, passages, known);
	return { newParties, programme };
}
