import type { DeclarationState } from '#lib/domain/declaration.ts';
import { formatInstant } from '#lib/domain/instant.ts';
import {
	canAcceptDeclaration,
	canEditDeclaration,
	canRemarkDeclaration,
	canReopenDeclaration,
	canReturnDeclaration,
	canWithdrawDeclaration,
	canWriteMessage,
	type DeclarationFacts
} from '#lib/domain/policy.ts';
import type { Actor } from '#lib/domain/role.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Where a declaration stands, as far as a sentence says it. */
export type Standing = {
	state: DeclarationState;
	submission: number;
	submittedAt: Date | null;
	submittedBy: string | null;
	decidedAt: Date | null;
	decidedBy: string | null;
	reason: string | null;
};

/** Where a declaration stands, by whom and since when, in one or two sentences. */
export function describeStanding(standing: Standing): string {
	const { state, submission, submittedAt, submittedBy, decidedAt, decidedBy } = standing;
	const sent = byAndOn(submittedBy, submittedAt);
	const decided = byAndOn(decidedBy, decidedAt);
	const sentences: Record<DeclarationState, string> = {
		draft:
			submission > 0
				? `Retirée par l’organisme, qui l’avait transmise${sent} : elle est de nouveau en cours de saisie.`
				: 'En cours de saisie : rien n’est encore transmis.',
		submitted: `Transmise${sent}. Elle attend la décision de la direction des finances.`,
		accepted: `Validée${decided}. Elle est au grand livre.`,
		returned: `Renvoyée${decided}, à corriger et à transmettre à nouveau.`,
		reopened: `Rouverte${decided} : ce qu’elle avait écrit au grand livre est contre-passé, et elle est à transmettre à nouveau.`
	};
	return typeset(sentences[state]);
}

/** What somebody may do to a declaration: what is shown, and what is not. */
export const listRights = (actor: Actor, declaration: DeclarationFacts) => ({
	accept: canAcceptDeclaration(actor, declaration),
	return: canReturnDeclaration(actor, declaration),
	reopen: canReopenDeclaration(actor, declaration),
	remark: canRemarkDeclaration(actor, declaration),
	write: canWriteMessage(actor, declaration),
	withdraw: canWithdrawDeclaration(actor, declaration),
	edit: canEditDeclaration(actor, declaration)
});

/** Why finance sees no button where a decision is awaited: four eyes (design §5.5). Null where it is not that. */
export function explainFourEyes(actor: Actor, declaration: DeclarationFacts): string | null {
	const { state, organisationId, declarants } = declaration;
	const isDecided = state !== 'submitted' && state !== 'accepted';
	if (actor.role !== 'finance' || isDecided) return null;
	if (declarants.includes(actor.id)) {
		return 'Vous avez pris part à cette déclaration : quelqu’un d’autre de la direction des finances en décide.';
	}
	return actor.organisationId === organisationId
		? 'Vous appartenez à l’organisme qui déclare : quelqu’un d’autre de la direction des finances en décide.'
		: null;
}

function byAndOn(who: string | null, when: Date | null): string {
	const on = when ? ` le ${formatInstant(when)}` : '';
	return who ? `${on} par ${who}` : on;
}
