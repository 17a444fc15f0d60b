import { sql } from 'drizzle-orm';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import { recordChange } from '#lib/server/audit/record-change.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { refuseOthers } from '#lib/server/readings/begin-reading.ts';

/** Gives a reading up. Its text and what was decided stay, and nothing of it can be entered any more. */
export async function setAsideReading(context: Context, readingId: string): Promise<void> {
	refuseOthers(context);
	await inTransaction(context, async (tx) => {
		const state = isIdentifier(readingId)
			? (
					await tx.execute<{ state: string }>(
						sql`select state from readings where id = ${readingId} for update`
					)
				).rows[0]?.state
			: undefined;
		if (!state) throw new Refusal('Cette lecture n’existe pas.', { kind: 'not-found' });
		if (state === 'set_aside') return;
		if (state === 'entered') throw new Refusal(ENTERED, { kind: 'conflict' });
		const { id: actorId } = context.actor;
		await tx.execute(sql`
			update readings set state = 'set_aside', revision = revision + 1, updated_by = ${actorId},
				updated_at = now()
			where id = ${readingId}`);
		await recordChange(tx, {
			actorId,
			action: 'set_aside_reading',
			subjectType: 'reading',
			subjectId: readingId
		});
	});
}

const ENTERED = typeset('Cet acte est enregistré : sa lecture ne se met plus de côté.');
