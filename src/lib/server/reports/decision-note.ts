import { eq, sql } from 'drizzle-orm';
import { describeAwaited } from '#lib/domain/awaited.ts';
import { todayOf } from '#lib/domain/today.ts';
import type { Context } from '#lib/server/context.ts';
import { declarations } from '#lib/server/db/schema/index.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { readDuties } from '#lib/server/reports/late-duties.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

/** What waits for finance and who is late, in a sentence, in one trip; null where nothing does. */
export function readDecisionNote(context: Context): Promise<string | null> {
	return inTransaction(context, async (tx) => {
		const [settings, dutiesOn, [waiting]] = await Promise.all([
			findSettings(tx),
			readDuties(tx),
			tx
				.select({ count: sql<number>`count(*)`.mapWith(Number) })
				.from(declarations)
				.where(eq(declarations.state, 'submitted'))
		]);
		const { late } = dutiesOn(todayOf(settings, context.at));
		return describeAwaited(waiting?.count ?? 0, late.length);
	});
}
