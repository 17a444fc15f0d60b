import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Transaction } from '#lib/server/db/transaction.ts';

/**
 * Adds rows in one statement, naming only the columns that are given: what a request may not give,
 * as the instant of the database, is not even named. All rows give the same columns. Cents travel as
 * text, since a JSON number loses digits above 2^53.
 */
export async function insertRows<Table extends PgTable>(
	tx: Transaction,
	table: Table,
	rows: readonly Table['$inferInsert'][]
): Promise<void> {
	const [first] = rows;
	if (!first) return;
	const columns = Object.entries(getTableColumns(table)).filter(([key]) => key in first);
	const given = rows.map((row) =>
		Object.fromEntries(
			columns.map(([key, { name }]) => [name, toJson((row as Record<string, unknown>)[key])])
		)
	);
	const names = sql.join(
		columns.map(([, { name }]) => sql.identifier(name)),
		sql`, `
	);
	const target = sql.identifier(getTableName(table));
	await tx.execute(sql`
		insert into ${target} (${names})
		select ${names} from rows from (jsonb_populate_recordset(null::${target}, ${JSON.stringify(given)}::jsonb))
			with ordinality as given
		order by ordinality`);
}

const toJson = (value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
