import { eq, sql } from 'drizzle-orm';
import {
	isDecidedBy,
	readReason,
	refuseDecision,
	refuseUnread
} from '#lib/domain/declaration-decision.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { declarations } from '#lib/server/db/schema/index.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findDecidable, findDecider } from '#lib/server/declarations/find-decidable.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';

/**
 * Finance sends a declaration back to its organisation, with the reason in words. Asked again by the same
 * person nothing more happens; somebody else is told who decided and when.
 */
export async function returnDeclaration(
	context: Context,
	declarationId: string,
	{ reason, readSubmission }: { reason: string; readSubmission?: number }
): Promise<void> {
	await findDecider(context, 'return', declarationId);
	const { actor } = context;
	try {
		await inTransaction(context, async (tx) => {
			const declaration = await findDecidable(tx, declarationId);
			if (isDecidedBy(actor, declaration, 'returned')) return;
			const refusal =
				refuseDecision('return', actor, declaration) ?? refuseUnread(declaration, readSubmission);
			if (refusal) throw refusal;
			const text = readReason(reason, 'Dites en quelques mots pourquoi elle est renvoyée.');
			await tx
				.update(declarations)
				.set({ state: 'returned', reason: text, decidedBy: actor.id, decidedAt: sql`now()` })
				.where(eq(declarations.id, declarationId));
			await recordDeclarationEvent(tx, {
				declarationId,
				actorId: actor.id,
				action: 'return',
				submission: declaration.submission,
				text
			});
		});
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}
