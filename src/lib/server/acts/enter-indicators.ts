import { randomUUID } from 'node:crypto';
import type { PlannedIndicator } from '#lib/domain/act/plan/plan.ts';
import { citedAs } from '#lib/domain/act/desk/cited-proposal.ts';
import type { Writing } from '#lib/server/acts/act.ts';
import { keyOfMeasure, type EnteredEnvelopes } from '#lib/server/acts/enter-envelopes.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import { indicators, observations } from '#lib/server/db/schema/index.ts';

/** Enters what is counted, with the figures of reference and the targets that the act gives. Answers with identifiers by label. */
export async function enterIndicators(
	writing: Writing,
	programmeId: string,
	planned: readonly PlannedIndicator[],
	entered: Pick<EnteredEnvelopes, 'envelopeIds' | 'measureIds'>
): Promise<ReadonlyMap<string, string>> {
	const { tx, books } = writing;
	const rows = planned.map((indicator) => ({
		id: indicator.indicatorId ?? randomUUID(),
		indicator
	}));
	await insertRows(
		tx,
		indicators,
		rows
			.filter(({ indicator }) => indicator.indicatorId === null)
			.map(({ id, indicator: { envelope, measure, label, unit, included } }, index) => ({
				id,
				programmeId,
				envelopeId: envelope === null ? null : (entered.envelopeIds.get(envelope) ?? null),
				measureId:
					envelope === null || measure === null
						? null
						: (entered.measureIds.get(keyOfMeasure(envelope, measure)) ?? null),
				position: (books.programme?.lastIndicator ?? 0) + index + 1,
				label,
				unit,
				included
			}))
	);
	await insertRows(
		tx,
		observations,
		rows.flatMap(({ id, indicator }) => listValues(writing, id, indicator))
	);
	return new Map(rows.map(({ indicator, id }) => [indicator.label, id]));
}

function listValues(
	{ deliberation, entering: { by, recordedAt } }: Writing,
	indicatorId: string,
	{ values }: PlannedIndicator
): (typeof observations.$inferInsert)[] {
	return values.map(({ kind, passage, product, startsOn, endsOn }) => {
		const { citationId, value } = deliberation.cite(passage);
		const cited = citedAs(value);
		return {
			indicatorId,
			kind,
			periodStartsOn: startsOn,
			periodEndsOn: endsOn,
			amountCents: cited?.amountCents ?? null,
			number: cited?.number ?? null,
			product,
			citationId,
			...(recordedAt ? { recordedAt: recordedAt(deliberation.sittingOn) } : {}),
			recordedBy: by
		};
	});
}
