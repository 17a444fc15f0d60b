import { readSum, type ImportSums } from '#lib/domain/import-sum.ts';
import { listFieldValues, sumByRow } from '#lib/server/imports/queries.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** What the lines of a spreadsheet come to, those left out apart. */
export async function findSums(tx: Transaction, importId: string): Promise<ImportSums> {
	const [rows, fields] = await Promise.all([sumByRow(tx, importId), listFieldValues(tx, importId)]);
	return {
		rows: rows.map((row) => ({ ...row, amountCents: readSum(row.amountCents) })),
		fields
	};
}
