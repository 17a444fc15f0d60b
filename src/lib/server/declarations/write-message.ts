import { sql } from 'drizzle-orm';
import { unknownDeclaration } from '#lib/domain/declaration-decision.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { canSeeDeclarations, canWriteMessage } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findDeclaration, isLastEvent } from '#lib/server/declarations/queries.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';

/**
 * Writes to the other side of a declaration. The same words sent twice in a row, by a form that was sent
 * twice, are one message.
 */
export async function writeMessage(
	context: Context,
	declarationId: string,
	{ text }: { text: string }
): Promise<void> {
	const { actor } = context;
	if (!canSeeDeclarations(actor) || !isIdentifier(declarationId)) throw unknownDeclaration();
	try {
		await inTransaction(context, async (tx) => {
			const [declaration] = await Promise.all([
				findDeclaration(tx, declarationId),
				tx.execute(
					sql`select pg_advisory_xact_lock(hashtext('tenu.message'), hashtext(${declarationId}))`
				)
			]);
			if (!declaration) throw unknownDeclaration();
			if (!canWriteMessage(actor, declaration)) {
				throw new Refusal('Seuls l’organisme qui déclare et les finances s’écrivent ici.', {
					kind: 'forbidden'
				});
			}
			const event = {
				declarationId,
				actorId: actor.id,
				action: 'message' as const,
				submission: declaration.submission,
				text: text.trim()
			};
			if (await isLastEvent(tx, event)) return;
			await recordDeclarationEvent(tx, event);
		});
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}
