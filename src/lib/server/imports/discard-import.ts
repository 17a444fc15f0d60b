import { sql } from 'drizzle-orm';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findOwnImport } from '#lib/server/imports/find-own-import.ts';

/** Sets a spreadsheet aside: nothing of it is in the draft, and its lines are gone. */
export async function discardImport(
	context: Context,
	ids: { declarationId: string; importId: string }
): Promise<void> {
	await inTransaction(context, async (tx) => {
		const { found } = await findOwnImport(tx, context, ids, [
			'waiting',
			'reading',
			'matching',
			'ready',
			'refused'
		]);
		await tx.execute(sql`delete from import_rows where import_id = ${found.id}`);
		await tx.execute(sql`
			update imports set state = 'discarded', problem_count = 0 where id = ${found.id}`);
	});
}
