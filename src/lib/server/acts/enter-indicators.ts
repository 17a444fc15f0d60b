import { randomUUID } from 'node:crypto';
import type { PromisedProgramme } from '#lib/server/acts/act.ts';
import type { Entering } from '#lib/server/acts/enter-acts.ts';
import type { EnteredDeliberation } from '#lib/server/acts/enter-deliberation.ts';
import type { EnteredEnvelopes } from '#lib/server/acts/enter-envelopes.ts';
import { indicators, observations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** Enters what is counted, with the values of reference that the act gives. Answers with identifiers by label. */
export async function enterIndicators(
	tx: Transaction,
	programmeId: string,
	promised: PromisedProgramme,
	entered: EnteredEnvelopes,
	deliberation: EnteredDeliberation,
	entering: Entering
): Promise<ReadonlyMap<string, string>> {
	const rows = promised.indicators.map((indicator) => ({ id: randomUUID(), indicator }));
	if (rows.length === 0) return new Map();
	await tx.insert(indicators).values(
		rows.map(({ id, indicator }, index) => ({
			id,
			programmeId,
			envelopeId: entered.envelopes.get(indicator.envelope) ?? null,
			measureId: indicator.measure ? (entered.measures.get(indicator.measure) ?? null) : null,
			position: index + 1,
			label: indicator.label,
			unit: indicator.unit,
			included: indicator.included ?? false
		}))
	);
	await tx.insert(observations).values(
		rows.flatMap(({ id, indicator }) =>
			indicator.baselines.map(({ passage, product }) => {
				const { id: citationId, amountCents, number } = deliberation.cite(passage);
				return {
					indicatorId: id,
					kind: 'baseline' as const,
					periodStartsOn: indicator.baselinePeriod.startsOn,
					periodEndsOn: indicator.baselinePeriod.endsOn,
					amountCents,
					number,
					product: product ?? null,
					citationId,
					recordedAt: entering.at(deliberation.sittingOn),
					recordedBy: entering.by
				};
			})
		)
	);
	return new Map(rows.map(({ id, indicator }) => [indicator.label, id]));
}
