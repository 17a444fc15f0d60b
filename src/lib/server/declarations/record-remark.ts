import { refuseDecision, refuseUnread } from '#lib/domain/declaration-decision.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findDecidable, findDecider } from '#lib/server/declarations/find-decidable.ts';
import { isLastEvent, lastSubmission, listSentLines } from '#lib/server/declarations/queries.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';

/**
 * Finance remarks on a line while it looks at a declaration; its organisation reads it at that line. The
 * same words sent twice in a row are one remark.
 */
export async function recordRemark(
	context: Context,
	declarationId: string,
	{ rowKey, text, readSubmission }: { rowKey: string; text: string; readSubmission?: number }
): Promise<void> {
	await findDecider(context, 'return', declarationId);
	const { actor } = context;
	try {
		await inTransaction(context, async (tx) => {
			const [declaration, lines] = await Promise.all([
				findDecidable(tx, declarationId),
				listSentLines(tx, declarationId, lastSubmission(declarationId))
			]);
			// Whoever may send it back may say at which line.
			const refusal =
				refuseDecision('return', actor, declaration) ?? refuseUnread(declaration, readSubmission);
			if (refusal) throw refusal;
			if (!lines.some((line) => line.rowKey === rowKey)) {
				throw new Refusal('Cette ligne n’est pas dans la déclaration.', { kind: 'not-found' });
			}
			const event = {
				declarationId,
				actorId: actor.id,
				action: 'remark' as const,
				submission: declaration.submission,
				rowKey,
				text: text.trim()
			};
			if (await isLastEvent(tx, event)) return;
			await recordDeclarationEvent(tx, event);
		});
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}
