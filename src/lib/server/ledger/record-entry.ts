import { dayInParis, formatDay, yearOf, type Day } from '#lib/domain/day.ts';
import type { EntryKind } from '#lib/domain/ledger.ts';
import { NO_CENTS, type Cents } from '#lib/domain/money.ts';
import { explainOverrun, overrunAfter } from '#lib/domain/overrun.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findBalance } from '#lib/server/ledger/queries.ts';
import { recordEntries } from '#lib/server/ledger/record-entries.ts';

/** One entry as a person records it. */
export type TypedEntry = {
	envelopeId: string;
	kind: EntryKind;
	amountCents: Cents;
	effectiveOn: Day;
	/** Null is the year of the fact. */
	fiscalYear: number | null;
	label: string;
	measureId: string | null;
	operationId: string | null;
	counterpartyId: string | null;
	/** Why finance lets the disbursed exceed the promised; kept only where it does. */
	overrunReason: string | null;
};

/**
 * Finance records one entry by hand, and is told what is left when it is too much. Refuses a fact that
 * has not happened yet, and an amount that is not above zero: a mistake is taken back by a reversal.
 */
export async function recordEntry(
	context: Context,
	key: string,
	entry: TypedEntry
): Promise<bigint> {
	const today = dayInParis(context.at);
	if (entry.effectiveOn > today) {
		const message = `Ce jour n’est pas encore venu : un fait s’enregistre au plus tard au ${formatDay(today)}.`;
		throw new Refusal(typeset(message), { field: 'effectiveOn' });
	}
	if (entry.amountCents <= 0n) {
		const message =
			'Le montant est supérieur à zéro. Pour corriger une écriture, contre-passez-la depuis le grand livre.';
		throw new Refusal(message, { field: 'amount' });
	}
	const balance = await inTransaction(context, (tx) => findBalance(tx, entry.envelopeId));
	const disbursedCents = entry.kind === 'disbursement' ? entry.amountCents : NO_CENTS;
	const isOver = balance !== undefined && overrunAfter(balance, disbursedCents) > 0n;
	const overrunReason = isOver && disbursedCents > 0n ? entry.overrunReason : null;
	const fiscalYear = entry.fiscalYear ?? yearOf(entry.effectiveOn);
	try {
		const [id = 0n] = await recordEntries(context, key, [{ ...entry, fiscalYear, overrunReason }]);
		return id;
	} catch (refusal) {
		// The database decides; the sentence with what is left is for the person.
		const isRefused = refusal instanceof Refusal && refusal.field === 'overrunReason';
		if (!isRefused || !isOver) throw refusal;
		throw new Refusal(explainOverrun(balance, disbursedCents), { field: 'overrunReason' });
	}
}
