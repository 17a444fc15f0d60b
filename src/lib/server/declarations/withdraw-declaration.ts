import { sql } from 'drizzle-orm';
import { canWithdrawDeclaration } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findOwnToChange } from '#lib/server/declarations/find-own.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';

/**
 * A partner takes back what it sent and finance has not decided on yet: it is a draft again, as it was
 * typed. What was sent stays in the history.
 */
export async function withdrawDeclaration(context: Context, declarationId: string): Promise<void> {
	await inTransaction(context, async (tx) => {
		const declaration = await findOwnToChange(tx, context.actor, declarationId);
		if (!canWithdrawDeclaration(context.actor, declaration)) {
			throw new Refusal(
				typeset(
					'Seule une déclaration transmise, et sur laquelle les finances n’ont pas encore statué, se retire : rechargez la page pour voir où elle en est.'
				),
				{ kind: 'conflict' }
			);
		}
		await tx.execute(sql`update declarations set state = 'draft' where id = ${declarationId}`);
		await recordDeclarationEvent(tx, {
			declarationId,
			actorId: context.actor.id,
			action: 'withdraw',
			submission: declaration.submission
		});
	});
}
