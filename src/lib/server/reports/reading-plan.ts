import { passageAround, type Passage } from '#lib/domain/act/passage.ts';
import { sayPassage, type ShownPassage } from '#lib/domain/act/plan/plan-passage.ts';
import {
	completePlan,
	nextStep,
	PLAN_STEPS,
	type PlanStep,
	type SavedPlan
} from '#lib/domain/act/plan/plan-steps.ts';
import { planProblems } from '#lib/domain/act/plan/review/plan-problems.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { canEnterActs } from '#lib/domain/policy.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findActUnderReview, type FoundAct } from '#lib/server/readings/find-act-under-review.ts';
import { findPlanFacts } from '#lib/server/readings/find-plan-facts.ts';

export type PlanDesk = NonNullable<Awaited<ReturnType<typeof readPlanDesk>>>;

/** Everything that the pages of a plan show, in one trip; null where there is no such reading for this person. */
export async function readPlanDesk(context: Context, readingId: string) {
	if (!canEnterActs(context.actor) || !isIdentifier(readingId)) return null;
	const found = await inTransaction(context, async (tx) => ({
		facts: await findPlanFacts(tx, readingId),
		act: await findActUnderReview(tx, readingId, { at: context.at })
	}));
	const { facts, act } = found;
	if (!facts || !act) return null;
	const { reading, head, passages, known, undecided } = facts;
	const plan = completePlan(facts.plan, head, passages, known);
	const problems = listProblems(act, facts.plan);
	return {
		reading: { id: reading.id, state: reading.state, revision: reading.revision },
		title: head.title,
		sittingOn: head.sittingOn,
		undecided,
		plan,
		steps: listSteps(plan, problems),
		problems,
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
function listSteps(
	plan: SavedPlan,
	problems: readonly StepProblem[]
): { step: PlanStep; isDone: boolean; isOpen: boolean; isWrong: boolean }[] {
	const isAlone = plan.programme === null;
	return PLAN_STEPS.map((step) => ({
		step,
		isDone: plan.saved?.includes(step) ?? false,
		isWrong: problems.some((one) => one.step === step),
		isOpen: step === 'programme' || !isAlone
	}));
}

/** What stands against entering the act, on the page where it is mended; of pages that nobody saved nothing is said. */
export type StepProblem = { step: PlanStep; key: string | null; message: string };

function listProblems(act: FoundAct, plan: SavedPlan | null): StepProblem[] {
	if (!plan) return [];
	return planProblems(act.review).flatMap(({ level, message, place }) =>
		level === 'block' && place.at === 'plan' && plan.saved?.includes(place.step)
			? [{ step: place.step, key: place.key, message }]
			: []
	);
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
