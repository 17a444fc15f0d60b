import type { Day } from '#lib/domain/day.ts';
import { negateCents, type Cents } from '#lib/domain/money.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The four stages that the ledger records. */
export type EntryKind = 'allocation' | 'commitment' | 'receipt' | 'disbursement';

export const ENTRY_KINDS: readonly EntryKind[] = [
	'allocation',
	'commitment',
	'receipt',
	'disbursement'
];

export const ENTRY_KIND_LABELS: Record<EntryKind, string> = {
	allocation: 'dotation',
	commitment: 'engagement',
	receipt: 'encaissement',
	disbursement: 'versement'
};

/** 100 milliards d’euros, more than any authority has: sums of entries then stay within what is counted exactly. */
export const LARGEST_ENTRY_CENTS = 10_000_000_000_000n;

/** Said wherever a larger amount is met. */
export const ENTRY_TOO_LARGE = typeset(
	'Une écriture ne dépasse pas 100 milliards d’euros : vérifiez le montant.'
);

/** What a reversal has to know of the entry that it corrects. */
export type PostedEntry = {
	id: bigint;
	kind: EntryKind;
	amountCents: Cents;
	effectiveOn: Day;
	/** The entry that this one reverses, if it is a reversal. */
	reversesEntryId: bigint | null;
	/** The entry that reverses this one, if there is one already. */
	reversedByEntryId: bigint | null;
};

export type Reversal = {
	kind: EntryKind;
	amountCents: Cents;
	effectiveOn: Day;
	reversesEntryId: bigint;
};

/**
 * The equal and opposite entry that takes one back: the only way to correct the ledger (design §5.2).
 * It bears the day of the entry it corrects, since what was wrong never happened; the day it was
 * recorded tells when that was found. Refuses a second reversal, and the reversal of a reversal.
 */
export function buildReversal(entry: PostedEntry): Reversal {
	if (entry.reversesEntryId !== null) {
		throw new Refusal(
			typeset('Cette écriture est elle-même une contre-passation : enregistrez-en une nouvelle.'),
			{ kind: 'conflict' }
		);
	}
	if (entry.reversedByEntryId !== null) {
		throw new Refusal('Cette écriture a déjà été contre-passée.', { kind: 'conflict' });
	}
	return {
		kind: entry.kind,
		amountCents: negateCents(entry.amountCents),
		effectiveOn: entry.effectiveOn,
		reversesEntryId: entry.id
	};
}

/** Whether an entry may still be reversed: the same rule, asked before a button is shown. */
export const isReversible = (
	entry: Pick<PostedEntry, 'reversesEntryId' | 'reversedByEntryId'>
): boolean => entry.reversesEntryId === null && entry.reversedByEntryId === null;
