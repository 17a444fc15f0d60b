import { passageAround, type Passage } from '#lib/domain/act/passage.ts';
import { sayPassage, type ShownPassage } from '#lib/domain/act/plan-passage.ts';
import {
	completePlan,
	nextStep,
	PLAN_STEPS,
	type PlanStep,
	type SavedPlan
} from '#lib/domain/act/plan-steps.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { canEnterActs } from '#lib/domain/policy.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findPlanFacts } from '#lib/server/readings/find-plan-facts.ts';

export type PlanDesk = NonNullable<Awaited<ReturnType<typeof readPlanDesk>>>;

/** Everything that the pages of a plan show, in one trip; null where there is no such reading for this person. */
export async function readPlanDesk(context: Context, readingId: string) {
	if (!canEnterActs(context.actor) || !isIdentifier(readingId)) return null;
	const facts = await inTransaction(context, (tx) => findPlanFacts(tx, readingId));
	if (!facts) return null;
	const { reading, head, passages, known, undecided } = facts;
	const plan = completePlan(facts.plan, head, passages, known);
	return {
		reading: { id: reading.id, state: reading.state, revision: reading.revision },
		title: head.title,
		sittingOn: head.sittingOn,
		undecided,
		plan,
		steps: listSteps(plan),
		next: nextStep(facts.plan),
		known,
		passages: passages.map((passage): ShownPassage => ({
			...passage,
			label: sayPassage(passage),
			around: shorten(passageAround(head.text, passage.start, passage.end))
		})),
		/** For what is proposed anew on a page: the text itself is not sent. */
		head
	};
}

/** Each page with whether it is done: saved, and of envelopes each one looked at. */
function listSteps(plan: SavedPlan): { step: PlanStep; isDone: boolean; isOpen: boolean }[] {
	const isAlone = plan.programme === null;
	return PLAN_STEPS.map((step) => ({
		step,
		isDone: plan.saved?.includes(step) ?? false,
		isOpen: step === 'programme' || !isAlone
	}));
}

/** A paragraph of pages would hide the passage that it is about. */
function shorten({ before, quote, after }: Passage): Passage {
	const most = 220;
	return {
		before: before.length > most ? `… ${before.slice(-most).replace(/^\S*\s/, '')}` : before,
		quote,
		after: after.length > most ? `${after.slice(0, most).replace(/\s\S*$/, '')} …` : after
	};
}
