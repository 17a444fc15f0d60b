import { isReversible, type PostedEntry } from '#lib/domain/ledger.ts';
import type { Actor } from '#lib/domain/role.ts';

/**
 * Who may do what, as named questions. The same question guards the server and hides the button; the
 * database decides once more, for every row (row-level security).
 */

/** The dashboard of all envelopes. A partner’s first page is its own envelopes instead. */
export const canSeeDashboard = (actor: Actor): boolean => actor.role !== 'partner';

/** An envelope and its entries, line by line. A partner sees only those of its own organisation. */
export const canSeeLedger = (actor: Actor, { partnerId }: { partnerId: string }): boolean =>
	actor.role !== 'partner' || actor.organisationId === partnerId;

/** Allocations, commitments, receipts and disbursements are written by finance alone; an administrator never posts money. */
export const canRecordEntry = (actor: Actor): boolean => actor.role === 'finance';

/** An entry is taken back by finance, once, and a reversal never is. */
export const canReverseEntry = (
	actor: Actor,
	entry: Pick<PostedEntry, 'reversesEntryId' | 'reversedByEntryId'>
): boolean => actor.role === 'finance' && isReversible(entry);

/** Acts, programmes, agreements and envelopes are entered by finance. */
export const canEnterActs = (actor: Actor): boolean => actor.role === 'finance';

/** Accounts are opened and closed by an administrator, who does not shut itself out. */
export const canChangeAccount = (actor: Actor, person: { id: string }): boolean =>
	actor.role === 'admin' && actor.id !== person.id;
