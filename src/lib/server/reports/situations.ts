import { assessEnvelope } from '#lib/domain/assessment.ts';
import type { Day } from '#lib/domain/day.ts';
import type { EnvelopeSituation } from '#lib/domain/envelope.ts';
import { sumCents, type Cents } from '#lib/domain/money.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import {
	listEnvelopes,
	listEnvelopeTotals,
	listInstalments,
	listMonthlyDisbursements,
	NO_TOTALS,
	type EnvelopeRow,
	type EnvelopeScope,
	type MonthlyAmount,
	type PlannedInstalment
} from '#lib/server/envelopes/queries.ts';
import type { Settings } from '#lib/server/settings/queries.ts';

/** An envelope with its figures, its plan and its months: all that a page says of it. */
export type SituatedEnvelope = {
	facts: EnvelopeRow;
	situation: EnvelopeSituation;
	/** The plan in force; empty where the act sets none. */
	instalments: PlannedInstalment[];
	/** What was disbursed month by month, months without anything left out. */
	months: MonthlyAmount[];
};

/** Reads the envelopes in scope as seen from a viewpoint, in one trip. */
export async function readSituations(
	tx: Transaction,
	viewpoint: Viewpoint,
	thresholds: Settings['thresholds'],
	scope: EnvelopeScope = {}
): Promise<SituatedEnvelope[]> {
	const [envelopes, totals, instalments, months] = await Promise.all([
		listEnvelopes(tx, viewpoint, scope),
		listEnvelopeTotals(tx, viewpoint, scope),
		listInstalments(tx, viewpoint, scope),
		listMonthlyDisbursements(tx, viewpoint, scope)
	]);
	const plans = Map.groupBy(instalments, (instalment) => instalment.envelopeId);
	const rhythms = Map.groupBy(months, (month) => month.envelopeId);
	return envelopes.map((facts) => {
		const plan = plans.get(facts.id) ?? [];
		return {
			facts,
			situation: assessEnvelope(
				facts,
				totals.get(facts.id) ?? NO_TOTALS,
				dueCents(plan, viewpoint.asOf),
				viewpoint.asOf,
				thresholds
			),
			instalments: plan,
			months: rhythms.get(facts.id) ?? []
		};
	});
}

/** What the plan wanted paid by the end of a day; null where there is no plan. */
function dueCents(plan: readonly PlannedInstalment[], asOf: Day): Cents | null {
	if (plan.length === 0) return null;
	return sumCents(plan.filter(({ dueOn }) => dueOn <= asOf).map(({ amountCents }) => amountCents));
}
