import type { DeclarationFacts } from '#lib/domain/policy.ts';
import type { Actor } from '#lib/domain/role.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { findDeclaration, lockDeclaration } from '#lib/server/declarations/queries.ts';

export type OwnDeclaration = NonNullable<Awaited<ReturnType<typeof lockDeclaration>>>;

/**
 * The declaration of one's organisation, held until the transaction ends so that people take turns. What
 * one may not see is not found. What was accepted is not changed and not held: it is answered as it is.
 */
export async function findOwnToChange(
	tx: Transaction,
	actor: Actor,
	id: string
): Promise<OwnDeclaration & DeclarationFacts> {
	const isOwn = actor.role === 'partner' && isIdentifier(id);
	const declaration = isOwn
		? ((await lockDeclaration(tx, id)) ?? (await findDeclaration(tx, id)))
		: undefined;
	if (!declaration || declaration.organisationId !== actor.organisationId) {
		throw new Refusal('Cette déclaration n’existe pas.', { kind: 'not-found' });
	}
	return declaration;
}
