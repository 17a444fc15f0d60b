import { and, eq, sql } from 'drizzle-orm';
import type { EnvelopeTotals } from '#lib/domain/envelope.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { addCents } from '#lib/domain/money.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import { measures } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { listMeasureTotals, NO_TOTALS } from '#lib/server/envelopes/queries.ts';
import { branchOf } from '#lib/server/programmes/queries.ts';

/** A measure with what it includes: its sums are those of the whole branch, guarantees left out. */
export type MeasureTotals = { label: string; ids: string[]; totals: EnvelopeTotals };

/** The sums of a measure of an envelope, from a viewpoint; null where it is not one of its measures. */
export async function findMeasureTotals(
	tx: Transaction,
	viewpoint: Viewpoint,
	envelopeId: string | undefined,
	measureId: string | null
): Promise<MeasureTotals | null> {
	if (!envelopeId || !measureId || !isIdentifier(measureId)) return null;
	const [branch, sums] = await Promise.all([
		tx
			.select({ id: measures.id, label: measures.label })
			.from(measures)
			.where(
				and(eq(measures.envelopeId, envelopeId), sql`${measures.id} in ${branchOf(measureId)}`)
			),
		listMeasureTotals(tx, viewpoint, { envelopeId })
	]);
	const measure = branch.find(({ id }) => id === measureId.toLowerCase());
	if (!measure) return null;
	const ids = branch.map(({ id }) => id);
	return {
		label: measure.label,
		ids,
		totals: ids.map((id) => sums.get(id) ?? NO_TOTALS).reduce(addTotals, NO_TOTALS)
	};
}

const addTotals = (left: EnvelopeTotals, right: EnvelopeTotals): EnvelopeTotals => ({
	promisedCents: addCents(left.promisedCents, right.promisedCents),
	committedCents: addCents(left.committedCents, right.committedCents),
	receivedCents: addCents(left.receivedCents, right.receivedCents),
	disbursedCents: addCents(left.disbursedCents, right.disbursedCents)
});
