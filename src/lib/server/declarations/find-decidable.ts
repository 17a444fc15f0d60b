import {
	refuseDecision,
	unknownDeclaration,
	type Decision
} from '#lib/domain/declaration-decision.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { canSeeDeclarations } from '#lib/domain/policy.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import {
	findDeclaration,
	lockDeclaration,
	type DeclarationRecord
} from '#lib/server/declarations/queries.ts';

/**
 * Refuses whoever decides on no declaration at all, before anything is locked: what they may not see does
 * not exist, the rest is not theirs to decide.
 */
export async function findDecider(
	context: Context,
	decision: Decision,
	declarationId: string
): Promise<void> {
	const { actor } = context;
	if (!canSeeDeclarations(actor) || !isIdentifier(declarationId)) throw unknownDeclaration();
	if (actor.role === 'finance') return;
	const declaration = await inTransaction(context, (tx) => findDeclaration(tx, declarationId));
	if (!declaration) throw unknownDeclaration();
	throw refuseDecision(decision, actor, declaration) ?? unknownDeclaration();
}

/** A declaration held by the officer who decides on it, so that others take turns. */
export async function findDecidable(
	tx: Transaction,
	declarationId: string
): Promise<DeclarationRecord> {
	const [, declaration] = await Promise.all([
		lockDeclaration(tx, declarationId),
		findDeclaration(tx, declarationId)
	]);
	if (!declaration) throw unknownDeclaration();
	return declaration;
}
