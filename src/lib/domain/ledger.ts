import type { Day } from '#lib/domain/day.ts';
import type { EnvelopeTotals } from '#lib/domain/envelope.ts';
import {
	addCents,
	formatEuros,
	largerCents,
	negateCents,
	NO_CENTS,
	subtractCents,
	type Cents
} from '#lib/domain/money.ts';
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

/** By how much the disbursed would exceed the promised after one more disbursement; zero when it would not. */
export function overrunAfter(
	totals: Pick<EnvelopeTotals, 'promisedCents' | 'disbursedCents'>,
	disbursementCents: Cents
): Cents {
	const after = addCents(totals.disbursedCents, disbursementCents);
	return largerCents(subtractCents(after, totals.promisedCents), NO_CENTS);
}

/** Refuses a disbursement above what was promised unless finance says why in words (design §5.4). */
export function refuseOverrun(
	totals: Pick<EnvelopeTotals, 'promisedCents' | 'disbursedCents'>,
	disbursementCents: Cents,
	reason: string | null
): void {
	const overrunCents = overrunAfter(totals, disbursementCents);
	if (overrunCents === 0n || (reason ?? '').trim() !== '') return;
	const leftCents = subtractCents(totals.promisedCents, totals.disbursedCents);
	throw new Refusal(
		typeset(
			`Il reste ${formatEuros(leftCents)} à verser sur cette enveloppe : ce versement la dépasserait de ` +
				`${formatEuros(overrunCents)}. Corrigez le montant ou indiquez le motif du dépassement.`
		),
		{ field: 'amount' }
	);
}
