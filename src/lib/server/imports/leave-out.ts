import { sql } from 'drizzle-orm';
import { LEFT_OUT } from '#lib/domain/import-line.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { findOwnImport } from '#lib/server/imports/find-own-import.ts';

type Ids = { declarationId: string; importId: string };

/** A line by its number, or all that have a problem. */
export type Lines = number | 'all';

/** Leaves lines with problems out on purpose: they then count for nothing, and the rest can be taken. */
export async function leaveOut(context: Context, ids: Ids, lines: Lines): Promise<number> {
	return rewrite(context, ids, lines, { from: null, to: LEFT_OUT });
}

/** Takes lines that were left out on purpose back among those that count: their problems stand again. */
export async function takeBack(context: Context, ids: Ids, lines: Lines): Promise<number> {
	return rewrite(context, ids, lines, { from: LEFT_OUT, to: null });
}

async function rewrite(
	context: Context,
	ids: Ids,
	lines: Lines,
	skipped: { from: string | null; to: string | null }
): Promise<number> {
	if (lines !== 'all' && !Number.isInteger(lines)) throw new Refusal('Cette ligne n’existe pas.');
	return inTransaction(context, async (tx) => {
		const { found } = await findOwnImport(tx, context, ids, ['ready']);
		const count = await replaceLines(tx, found.id, lines, skipped);
		await tx.execute(sql`
			update imports set problem_count = (
				select count(*) from import_rows r
				where r.import_id = ${found.id} and r.problems is not null and r.skipped is null
			) where id = ${found.id}`);
		return count;
	});
}

/** Lines are never changed, which the rights of the database hold: one takes the place of the other. */
async function replaceLines(
	tx: Transaction,
	importId: string,
	lines: Lines,
	{ from, to }: { from: string | null; to: string | null }
): Promise<number> {
	const { rowCount } = await tx.execute(sql`
		with gone as (
			delete from import_rows
			where import_id = ${importId} and problems is not null
				and skipped is not distinct from ${from}::text
				and ${lines === 'all' ? sql`true` : sql`line_number = ${lines}`}
			returning *
		)
		insert into import_rows
			(import_id, line_number, cells, row_key, amount_cents, fields, skipped, problems)
		select import_id, line_number, cells, row_key, amount_cents, fields, ${to}::text, problems
		from gone`);
	return rowCount ?? 0;
}
