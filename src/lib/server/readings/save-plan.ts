import { eq, sql } from 'drizzle-orm';
import {
	completePlan,
	onlySaved,
	type PlanStep,
	type SavedPlan
} from '#lib/domain/act/plan/plan-steps.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { formatInstant } from '#lib/domain/instant.ts';
import { canEnterActs } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { readings } from '#lib/server/db/schema/index.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findPlanFacts, type PlanFacts } from '#lib/server/readings/find-plan-facts.ts';

/** What a person saves of a plan, and from which state of the reading they started. */
export type PlanChange = {
	step: PlanStep;
	/** As the page was when it was opened: whoever saved since is told of, not overwritten. */
	revision: number;
	/** Changes the plan as the page showed it: what was saved, and what is proposed where nothing was. */
	change: (plan: SavedPlan, facts: PlanFacts) => SavedPlan;
};

/**
 * Keeps one page of what an act becomes. Nothing is created: it is a draft until the last page enters it.
 * Who saved it last stands in the reading; the journal tells of the whole once it is entered.
 */
export function savePlan(
	context: Context,
	readingId: string,
	{ step, revision, change }: PlanChange
): Promise<void> {
	return inTransaction(context, async (tx) => {
		const facts =
			canEnterActs(context.actor) && isIdentifier(readingId)
				? await findPlanFacts(tx, readingId, { lock: true })
				: null;
		if (!facts) throw new Refusal('Cette lecture n’existe pas.', { kind: 'not-found' });
		refuseClosed(facts);
		refuseOvertaken(facts, revision);
		const shown = completePlan(facts.plan, facts.head, facts.passages, facts.known);
		const changed = change(shown, facts);
		const plan = onlySaved({
			...changed,
			saved: [...new Set([...(changed.saved ?? []), step])]
		});
		await tx
			.update(readings)
			.set({
				plan,
				revision: sql`${readings.revision} + 1`,
				updatedBy: context.actor.id,
				updatedAt: sql`now()`
			})
			.where(eq(readings.id, readingId));
	});
}

function refuseClosed({ reading }: PlanFacts): void {
	if (reading.state === 'open') return;
	const what = reading.state === 'entered' ? 'enregistré' : 'mis de côté';
	throw new Refusal(`Cet acte est ${what} : ce qu’il devient ne se change plus ici.`, {
		kind: 'conflict'
	});
}

function refuseOvertaken({ reading }: PlanFacts, revision: number): void {
	if (reading.revision === revision) return;
	const who = reading.updatedBy ?? 'Quelqu’un';
	const when = formatInstant(reading.updatedAt);
	throw new Refusal(
		typeset(
			`${who} a changé cette lecture le ${when}, pendant que vous écriviez. Ce que vous avez saisi est encore là : relisez, puis enregistrez pour le garder.`
		),
		{ kind: 'conflict' }
	);
}
