import { isReversible, type PostedEntry } from '#lib/domain/ledger.ts';
import { ROLES, type Actor } from '#lib/domain/role.ts';

/**
 * Who may do what, as named questions. The same question guards the server and hides the button; the
 * database decides once more, for every row (row-level security).
 */

/** The organisation that an envelope belongs to: the partner that declares what it disburses. */
type OfPartner = { partnerId: string };

/** The dashboard of all envelopes. A partner’s first page is its own envelopes instead. */
export const canSeeDashboard = (actor: Actor): boolean => actor.role !== 'partner';

/** An envelope, its figures and where they come from. A partner sees only its own. */
export const canSeeEnvelope = (actor: Actor, envelope: OfPartner): boolean =>
	actor.role !== 'partner' || isOwn(actor, envelope);

/** A programme is seen by whoever sees at least one of its envelopes. */
export const canSeeProgramme = (actor: Actor, envelopes: readonly OfPartner[]): boolean =>
	actor.role !== 'partner' || envelopes.some((envelope) => isOwn(actor, envelope));

/** The entries of an envelope, line by line. */
export const canSeeLedger = (actor: Actor, envelope: OfPartner): boolean =>
	canSeeEnvelope(actor, envelope);

/** Operations and observations that finance has not confirmed yet. A partner sees its own. */
export const canSeeUnconfirmed = (actor: Actor, envelope: OfPartner): boolean =>
	actor.role === 'finance' || actor.role === 'admin' || isOwn(actor, envelope);

/** Deliberations are public acts: whoever is signed in reads them whole. */
export const canReadDeliberations = (actor: Actor): boolean => ROLES.includes(actor.role);

/** Allocations, commitments, receipts and disbursements are written by finance alone; an administrator never posts money. */
export const canRecordEntry = (actor: Actor): boolean => actor.role === 'finance';

/** An entry is taken back by finance, once, and a reversal never is. */
export const canReverseEntry = (
	actor: Actor,
	entry: Pick<PostedEntry, 'reversesEntryId' | 'reversedByEntryId'>
): boolean => actor.role === 'finance' && isReversible(entry);

/** Acts, programmes, agreements and envelopes are entered by finance. */
export const canEnterActs = (actor: Actor): boolean => actor.role === 'finance';

/** Who did what and when. */
export const canReadAudit = (actor: Actor): boolean => actor.role === 'admin';

/** Inviting people, setting roles, deactivating accounts. */
export const canManagePeople = (actor: Actor): boolean => actor.role === 'admin';

/** An administrator does not change its own role nor shut itself out. */
export const canChangeAccount = (actor: Actor, person: { id: string }): boolean =>
	canManagePeople(actor) && actor.id !== person.id;

const isOwn = (actor: Actor, { partnerId }: OfPartner): boolean =>
	actor.role === 'partner' && actor.organisationId !== null && actor.organisationId === partnerId;
