import {
	DECLARATION_STEPS,
	isEditable,
	type DeclarationState,
	type DeclarationStep
} from '#lib/domain/declaration.ts';
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

/** What is asked of a declaration before a person may do something to it. */
export type DeclarationFacts = {
	state: DeclarationState;
	organisationId: string;
	/** Everybody who began, typed, attached to or sent it. */
	declarants: readonly string[];
};

/** Declarations are read by who declares, who decides and who administers; elected officials read what was accepted, in the books. */
export const canSeeDeclarations = (actor: Actor): boolean => actor.role !== 'elected';

/** A partner begins the declarations of its own envelopes. */
export const canBeginDeclaration = (actor: Actor, { partnerId }: { partnerId: string }): boolean =>
	actor.role === 'partner' && actor.organisationId === partnerId;

/** What is typed, attached and imported: by the organisation that declares, until it is sent. */
export const canEditDeclaration = (actor: Actor, declaration: DeclarationFacts): boolean =>
	isDeclarant(actor, declaration) && isEditable(declaration.state);

/** Sending, and taking back what is not decided yet. */
export const canSubmitDeclaration = (actor: Actor, declaration: DeclarationFacts): boolean =>
	isDeclarant(actor, declaration) && isStep('submit', declaration);

export const canWithdrawDeclaration = (actor: Actor, declaration: DeclarationFacts): boolean =>
	isDeclarant(actor, declaration) && isStep('withdraw', declaration);

/** Four eyes (design §5.5): whoever declared, or belongs to who declares, never decides. */
export const canAcceptDeclaration = (actor: Actor, declaration: DeclarationFacts): boolean =>
	isJudge(actor, declaration) && isStep('accept', declaration);

export const canReturnDeclaration = (actor: Actor, declaration: DeclarationFacts): boolean =>
	isJudge(actor, declaration) && isStep('return', declaration);

export const canReopenDeclaration = (actor: Actor, declaration: DeclarationFacts): boolean =>
	isJudge(actor, declaration) && isStep('reopen', declaration);

/** A remark at a line, while it is being looked at. */
export const canRemarkDeclaration = (actor: Actor, declaration: DeclarationFacts): boolean =>
	isJudge(actor, declaration) && declaration.state === 'submitted';

/** Both sides write to each other, whatever the state; finance once something was sent, which row-level security holds. */
export const canWriteMessage = (actor: Actor, declaration: DeclarationFacts): boolean =>
	isDeclarant(actor, declaration) || actor.role === 'finance';

/** How often a partner declares is set by finance. */
export const canSetDuty = (actor: Actor): boolean => actor.role === 'finance';

/** A partner reports on what it keeps, and on what nobody in particular keeps; finance on everything. */
export const canReportUndertaking = (
	actor: Actor,
	{ ownerId }: { ownerId: string | null }
): boolean =>
	actor.role === 'finance' ||
	(actor.role === 'partner' && (ownerId === null || ownerId === actor.organisationId));

/** How an undertaking stands, who keeps it and when it is looked at again is said by finance. */
export const canDecideUndertaking = (actor: Actor): boolean => actor.role === 'finance';

/** Whoever proposed, or belongs to who proposed, never answers. */
export const canAnswerProposal = (
	actor: Actor,
	proposal: { actorId: string; organisationId: string | null }
): boolean =>
	actor.role === 'finance' &&
	actor.id !== proposal.actorId &&
	actor.organisationId !== proposal.organisationId;

/** What was sent to whom is read by an administrator. */
export const canReadMails = (actor: Actor): boolean => actor.role === 'admin';

const isStep = (step: DeclarationStep, { state }: DeclarationFacts): boolean =>
	DECLARATION_STEPS[step].from.includes(state);

const isDeclarant = (actor: Actor, { organisationId }: DeclarationFacts): boolean =>
	actor.role === 'partner' && actor.organisationId === organisationId;

const isJudge = (actor: Actor, { organisationId, declarants }: DeclarationFacts): boolean =>
	actor.role === 'finance' &&
	actor.organisationId !== organisationId &&
	!declarants.includes(actor.id);
