import { eq, sql } from 'drizzle-orm';
import { Refusal } from '#lib/domain/refusal.ts';
import { deliberations, programmes, readings } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** The act that a reading became, and the programme that came of it, by their names in addresses. */
export type EnteredReading = {
	deliberationId: string;
	deliberationSlug: string;
	programmeSlug: string | null;
};

export async function findEnteredAct(tx: Transaction, readingId: string): Promise<EnteredReading> {
	const [row] = await tx
		.select({
			deliberationId: deliberations.id,
			deliberationSlug: deliberations.slug,
			programmeSlug: programmes.slug
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
	return row;
}
