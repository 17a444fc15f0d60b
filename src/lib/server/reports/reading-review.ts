import { randomUUID } from 'node:crypto';
import { checkDesk } from '#lib/domain/act/desk/desk-checks.ts';
import { comparePlan } from '#lib/domain/act/plan/plan-difference.ts';
import { sayPlan } from '#lib/domain/act/plan/plan-sentences.ts';
import { nextStep, PLAN_STEPS, type SavedPlan } from '#lib/domain/act/plan/plan-steps.ts';
import { planProblems } from '#lib/domain/act/plan/review/plan-problems.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { canEnterActs } from '#lib/domain/policy.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findActUnderReview } from '#lib/server/readings/find-act-under-review.ts';
import { findEnteredAct } from '#lib/server/readings/find-entered-act.ts';

export type ReadingReview = NonNullable<Awaited<ReturnType<typeof readReview>>>;

/** The last page of a reading: what will be created and changed, what stands against it, and the key to enter it once. */
export async function readReview(context: Context, readingId: string) {
	if (!canEnterActs(context.actor) || !isIdentifier(readingId)) return null;
	const found = await inTransaction(context, async (tx) => {
		const act = await findActUnderReview(tx, readingId, { at: context.at });
		const entered =
			act?.reading.state === 'entered' ? await findEnteredAct(tx, readingId, context.at) : null;
		return act && { ...act, entered };
	});
	if (!found) return null;
	const { reading, proposals, review, entered } = found;
	const { id, state, revision, text } = reading;
	const plan = reading.plan as SavedPlan | null;
	const problems = state === 'open' ? planProblems(review) : [];
	return {
		reading: { id, state, revision },
		entered,
		title: review.title,
		/** An act that is in the books already is cited further, and does not change. */
		isThere: review.head === null,
		steps: PLAN_STEPS.map((step) => ({
			step,
			isDone: plan?.saved?.includes(step) ?? false,
			isOpen: step === 'programme' || plan === null || plan.programme !== null,
			isWrong: problems.some(
				({ level, place }) => level === 'block' && place.at === 'plan' && place.step === step
			)
		})),
		/** The first page that nobody saved: nothing of it will be created. */
		unsaved: plan?.saved ? nextStep(plan) : null,
		groups: sayPlan(review, proposals),
		difference: comparePlan(review),
		problems,
		checks: checkDesk(text, proposals).filter(({ result }) => result === 'failed'),
		key: randomUUID()
	};
}
