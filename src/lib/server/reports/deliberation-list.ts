import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { listDeliberations, type DeliberationSummary } from '#lib/server/deliberations/queries.ts';

/** The acts that the books rest on, the latest sitting first: a council has a few of them, so they are read at once. */
export const readDeliberationList = (context: Context): Promise<DeliberationSummary[]> =>
	inTransaction(context, (tx) => listDeliberations(tx));
