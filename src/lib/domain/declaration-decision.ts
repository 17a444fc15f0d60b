import type { DeclarationState, DeclarationStep } from '#lib/domain/declaration.ts';
import { formatInstant } from '#lib/domain/instant.ts';
import {
	canAcceptDeclaration,
	canReopenDeclaration,
	canReturnDeclaration,
	type DeclarationFacts
} from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/domain/role.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What finance decides. */
export type Decision = Extract<DeclarationStep, 'accept' | 'return' | 'reopen'>;

/** A declaration with who decided on it last, by name and instant. */
export type DecidedFacts = DeclarationFacts & {
	decidedBy: string | null;
	decidedAt: Date | null;
	decidedById: string | null;
};

const MAY = {
	accept: canAcceptDeclaration,
	return: canReturnDeclaration,
	reopen: canReopenDeclaration
};

const FROM: Record<Decision, DeclarationState> = {
	accept: 'submitted',
	return: 'submitted',
	reopen: 'accepted'
};

export const NO_SUCH_DECLARATION = 'Cette déclaration n’existe pas.';

/** Said also for what one may not see. */
export const unknownDeclaration = (): Refusal =>
	new Refusal(NO_SUCH_DECLARATION, { kind: 'not-found' });

/** Why somebody may not decide this on a declaration that they see; null where they may. */
export function refuseDecision(
	decision: Decision,
	actor: Actor,
	declaration: DecidedFacts
): Refusal | null {
	if (MAY[decision](actor, declaration)) return null;
	// As it would be if it stood where this decision is taken: then it is the person, not the moment.
	if (!MAY[decision](actor, { ...declaration, state: FROM[decision] })) {
		return new Refusal(
			actor.role === 'finance'
				? 'Qui a déclaré, ou appartient à l’organisme qui déclare, ne décide pas de la déclaration.'
				: 'Seule la direction des finances décide d’une déclaration.',
			{ kind: 'forbidden' }
		);
	}
	return new Refusal(explainState(declaration), { kind: 'conflict' });
}

/**
 * Refuses a decision on something else than was read: the organisation withdrew the declaration and sent
 * it again since. Null where what was read is what stands, or where nobody says what was read.
 */
export function refuseUnread(
	{ submission }: { submission: number },
	readSubmission: number | undefined
): Refusal | null {
	if (readSubmission === undefined || readSubmission === submission) return null;
	return new Refusal(
		typeset(
			'L’organisme a transmis cette déclaration à nouveau depuis que vous l’avez ouverte : relisez-la avant de décider.'
		),
		{ kind: 'conflict' }
	);
}

/** Whether the same person has decided this already: it is then answered, not refused. */
export const isDecidedBy = (
	actor: Actor,
	declaration: DecidedFacts,
	state: DeclarationState
): boolean => declaration.state === state && declaration.decidedById === actor.id;

/** Where a declaration stands and by whom, for somebody who wanted something else of it. */
export function explainState({ state, decidedBy, decidedAt }: DecidedFacts): string {
	const who = `par ${decidedBy ?? 'la direction des finances'}`;
	const when = decidedAt ? `, le ${formatInstant(decidedAt)}` : '';
	const sentences: Record<DeclarationState, string> = {
		draft:
			'L’organisme a retiré cette déclaration : il n’y a rien à décider tant qu’il ne l’a pas transmise à nouveau.',
		submitted: 'Cette déclaration attend une décision : elle n’est pas encore validée.',
		accepted: `Cette déclaration a déjà été validée ${who}${when}.`,
		returned: `Cette déclaration a été renvoyée ${who}${when} : l’organisme doit la corriger.`,
		reopened: `Cette déclaration a été rouverte ${who}${when} : l’organisme doit la transmettre à nouveau.`
	};
	return typeset(sentences[state]);
}

/** A reason in words, which is owed. */
export function readReason(text: string, owed: string): string {
	const reason = text.trim();
	if (!reason) throw new Refusal(typeset(owed), { field: 'reason' });
	if (reason.length > 4000) {
		throw new Refusal(typeset('C’est trop long : 4 000 caractères au plus.'), { field: 'reason' });
	}
	return reason;
}
