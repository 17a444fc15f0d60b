import { eq, sql } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { todayOf } from '#lib/domain/today.ts';
import { deliberations, programmes, readings } from '#lib/server/db/schema/index.ts';
import { findSettings } from '#lib/server/settings/queries.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** The act that a reading became, and the programme that came of it, by their names in addresses. */
export type EnteredReading = {
	deliberationId: string;
	deliberationSlug: string;
	programmeSlug: string | null;
	/** The day to look at it from, where pages open on an earlier one: a demonstration stands still. */
	asOf: Day | null;
};

export async function findEnteredAct(
	tx: Transaction,
	readingId: string,
	at: Date
): Promise<EnteredReading> {
	const settings = await findSettings(tx);
	const [row] = await tx
		.select({
			deliberationId: deliberations.id,
			deliberationSlug: deliberations.slug,
			programmeSlug: programmes.slug,
			sittingOn: deliberations.sittingOn
		})
		.from(readings)
		.innerJoin(deliberations, eq(deliberations.id, readings.deliberationId))
		.leftJoin(
			programmes,
			sql`${programmes.slug} = ${readings.plan} #>> '{programme,of,slug}'
				or ${programmes.id}::text = ${readings.plan} #>> '{programme,of,programmeId}'`
		)
		.where(eq(readings.id, readingId));
	if (!row) throw new Refusal('Cette lecture n’existe pas.', { kind: 'not-found' });
	const { sittingOn, ...entered } = row;
	return { ...entered, asOf: sittingOn > todayOf(settings, at) ? sittingOn : null };
}
