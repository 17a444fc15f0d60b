import { assessEnvelope, type Thresholds } from '#lib/domain/assessment.ts';
import type { EnvelopeSituation } from '#lib/domain/envelope.ts';
import { instalmentsDue, instalmentsInForce, type Plan } from '#lib/domain/plan.ts';
import type { MonthAmount } from '#lib/domain/month-amount.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import {
	listEnvelopes,
	listEnvelopeTotals,
	listInstalments,
	listMonthlyDisbursements,
	NO_TOTALS,
	type EnvelopeRow,
	type EnvelopeScope
} from '#lib/server/envelopes/queries.ts';

/** An envelope with its figures, its plan and its months: all that a page says of it. */
export type SituatedEnvelope = {
	facts: EnvelopeRow;
	situation: EnvelopeSituation;
	plan: Plan;
	/** What was disbursed month by month; months without anything are left out. */
	months: MonthAmount[];
};

/** Reads the envelopes in scope as seen from a viewpoint, in one trip. */
export async function readSituations(
	tx: Transaction,
	viewpoint: Viewpoint,
	thresholds: Thresholds,
	scope: EnvelopeScope = {}
): Promise<SituatedEnvelope[]> {
	const { asOf } = viewpoint;
	const [envelopes, totals, agreed, months] = await Promise.all([
		listEnvelopes(tx, viewpoint, scope),
		listEnvelopeTotals(tx, viewpoint, scope),
		listInstalments(tx, viewpoint, scope),
		listMonthlyDisbursements(tx, viewpoint, scope)
	]);
	const agreedOf = Map.groupBy(agreed, ({ envelopeId }) => envelopeId);
	const monthsOf = Map.groupBy(months, ({ envelopeId }) => envelopeId);
	return envelopes.map((facts) => {
		const instalments = instalmentsInForce(agreedOf.get(facts.id) ?? [], asOf);
		const due = instalmentsDue(instalments, asOf);
		const sums = totals.get(facts.id) ?? NO_TOTALS;
		const situation = assessEnvelope(facts, sums, due, asOf, thresholds);
		const { startsOn, endsOn } = facts;
		return {
			facts,
			situation,
			plan: { startsOn, endsOn, promisedCents: situation.promisedCents, instalments },
			months: monthsOf.get(facts.id) ?? []
		};
	});
}
