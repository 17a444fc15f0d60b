import { eq, sql } from 'drizzle-orm';
import { describeAwaited } from '#lib/domain/awaited.ts';
import { todayOf } from '#lib/domain/today.ts';
import { describeUndertakingsAwaited } from '#lib/domain/undertaking-words.ts';
import type { Context } from '#lib/server/context.ts';
import { declarations } from '#lib/server/db/schema/index.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { readDuties } from '#lib/server/reports/late-duties.ts';
import { findSettings } from '#lib/server/settings/queries.ts';
import { countAwaited } from '#lib/server/undertakings/queries.ts';

/** What waits for finance, in sentences; null where nothing does. */
export type DecisionNote = {
	/** Declarations that wait, and who is late. */
	declarations: string | null;
	/** Proposals on promises in words, and reviews that are past. */
	undertakings: string | null;
};

/** Reads what waits for finance, in one trip. */
export function readDecisionNote(context: Context): Promise<DecisionNote> {
	return inTransaction(context, async (tx) => {
		const [settings, dutiesOn, [waiting]] = await Promise.all([
			findSettings(tx),
			readDuties(tx),
			tx
				.select({ count: sql<number>`count(*)`.mapWith(Number) })
				.from(declarations)
				.where(eq(declarations.state, 'submitted'))
		]);
		const today = todayOf(settings, context.at);
		const { late } = dutiesOn(today);
		const { proposals, overdue } = await countAwaited(tx, today);
		return {
			declarations: describeAwaited(waiting?.count ?? 0, late.length),
			undertakings: describeUndertakingsAwaited(proposals, overdue)
		};
	});
}
