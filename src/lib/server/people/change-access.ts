import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { canChangeAccount } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { recordChange } from '#lib/server/audit/record-change.ts';
import type { Context } from '#lib/server/context.ts';
import { users } from '#lib/server/db/schema/index.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';

export type Access = 'closed' | 'open';

/**
 * Closes the application to a person or opens it again. On closing, their sessions and API tokens end
 * in the same transaction (a trigger of the database sees to it); their name stays on what they did.
 * On opening they find the password they had. Asking for what is so already leaves no trace.
 */
export async function changeAccess(
	context: Context,
	personId: string,
	access: Access
): Promise<void> {
	if (!canChangeAccount(context.actor, { id: personId })) {
		throw new Refusal(
			'Un compte est activé ou désactivé par l’administration, et jamais par la personne elle-même.',
			{ kind: 'forbidden' }
		);
	}
	await inTransaction(context, async (tx) => {
		const [person] = await tx.select({ id: users.id }).from(users).where(eq(users.id, personId));
		if (!person) throw new Refusal('Ce compte n’existe pas.', { kind: 'not-found' });

		const closing = access === 'closed';
		const changed = await tx
			.update(users)
			.set({ deactivatedAt: closing ? context.at : null })
			.where(
				and(
					eq(users.id, personId),
					closing ? isNull(users.deactivatedAt) : isNotNull(users.deactivatedAt)
				)
			)
			.returning({ id: users.id });
		if (changed.length === 0) return;
		await recordChange(tx, {
			actorId: context.actor.id,
			action: closing ? 'deactivate_user' : 'reactivate_user',
			subjectType: 'user',
			subjectId: personId
		});
	});
}
