import { eq, sql } from 'drizzle-orm';
import { buildReversal } from '#lib/domain/ledger.ts';
import { canRecordEntry } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { findFirstAnswer, runOnce } from '#lib/server/db/run-once.ts';
import { entries } from '#lib/server/db/schema/index.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { postEntries } from '#lib/server/ledger/post-entries.ts';

/**
 * Takes an entry back by its equal and opposite, with the reason in words: the only correction there
 * is. It bears the day of what it corrects and is booked in the fiscal year given (the open one).
 */
export async function reverseEntry(
	context: Context,
	key: string,
	reversal: { entryId: bigint; fiscalYear: number; reason: string }
): Promise<bigint> {
	if (!canRecordEntry(context.actor)) {
		throw new Refusal('Seule la direction des finances contre-passe une écriture.', {
			kind: 'forbidden'
		});
	}
	const reason = reversal.reason.trim();
	if (!reason) throw new Refusal('Dites pourquoi cette écriture est reprise.', { field: 'reason' });
	const receipt = { key, command: 'reverse_entry' };
	const ids = await runOnce<readonly (bigint | string)[]>(context, receipt, () =>
		inTransaction(context, async (tx) => {
			const [entry, first] = await Promise.all([
				findReversible(tx, reversal.entryId),
				findFirstAnswer(tx, receipt)
			]);
			if (first) return first as string[];
			if (!entry) throw new Refusal('Cette écriture n’existe pas.', { kind: 'not-found' });
			const { envelopeId, measureId, operationId, counterpartyId } = entry;
			return postEntries(
				tx,
				context.actor,
				[
					{
						...buildReversal(entry),
						envelopeId,
						measureId,
						operationId,
						counterpartyId,
						deliberationId: entry.deliberationId,
						fiscalYear: reversal.fiscalYear,
						label: reason
					}
				],
				receipt
			);
		})
	);
	return BigInt(ids[0] ?? 0);
}

async function findReversible(tx: Transaction, id: bigint) {
	const [entry] = await tx
		.select({
			id: entries.id,
			envelopeId: entries.envelopeId,
			measureId: entries.measureId,
			operationId: entries.operationId,
			counterpartyId: entries.counterpartyId,
			deliberationId: entries.deliberationId,
			kind: entries.kind,
			amountCents: entries.amountCents,
			effectiveOn: entries.effectiveOn,
			reversesEntryId: entries.reversesEntryId,
			reversedByEntryId: sql<bigint | null>`(
				select r.id from entries r where r.reverses_entry_id = entries.id
			)`.mapWith((value: string | null) => (value === null ? null : BigInt(value)))
		})
		.from(entries)
		.where(eq(entries.id, id));
	return entry;
}
