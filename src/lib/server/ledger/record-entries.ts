import { ENTRY_TOO_LARGE, LARGEST_ENTRY_CENTS } from '#lib/domain/ledger.ts';
import { absoluteCents } from '#lib/domain/money.ts';
import { canRecordEntry } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { runOnce } from '#lib/server/db/run-once.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { postEntries, type NewEntry } from '#lib/server/ledger/post-entries.ts';

/**
 * Finance records commitments, receipts, disbursements or allocations: all of them or none. The key
 * is the request's own: sent again, it answers the numbers of the first time and posts nothing. An
 * amount that would make sums uncountable is refused: it was mistyped.
 */
export async function recordEntries(
	context: Context,
	key: string,
	entries: readonly NewEntry[]
): Promise<bigint[]> {
	if (!canRecordEntry(context.actor)) {
		throw new Refusal('Seule la direction des finances enregistre des écritures.', {
			kind: 'forbidden'
		});
	}
	if (entries.length === 0) throw new Refusal('Il n’y a aucune écriture à enregistrer.');
	if (entries.some(({ amountCents }) => absoluteCents(amountCents) > LARGEST_ENTRY_CENTS)) {
		throw new Refusal(ENTRY_TOO_LARGE, { field: 'amount' });
	}
	const receipt = { key, command: 'record_entries' };
	const ids = await runOnce<readonly (bigint | string)[]>(context, receipt, () =>
		inTransaction(context, (tx) => postEntries(tx, context.actor, entries, receipt))
	);
	return ids.map(BigInt);
}
