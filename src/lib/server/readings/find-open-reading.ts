import { eq, sql } from 'drizzle-orm';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { canEnterActs } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { readings } from '#lib/server/db/schema/index.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';

/** A reading that somebody decides in: locked, so that two people take turns. */
export type OpenReading = { id: string; text: string; deliberationId: string | null };

/**
 * The way of every decision at the desk: may they, lock, decide, and count the change. Who decided
 * what and when stands in the row itself, beside what was read; the journal tells of the whole once
 * it is entered.
 */
export async function decideInReading<Answer>(
	context: Context,
	readingId: string,
	decide: (tx: Transaction, reading: OpenReading) => Promise<Answer>
): Promise<Answer> {
	try {
		return await inTransaction(context, async (tx) => {
			const reading = await findOpenReading(tx, context, readingId);
			const answer = await decide(tx, reading);
			await tx
				.update(readings)
				.set({
					revision: sql`${readings.revision} + 1`,
					updatedBy: context.actor.id,
					updatedAt: sql`now()`
				})
				.where(eq(readings.id, reading.id));
			return answer;
		});
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}

/** What may not be seen is not there; what was entered or set aside does not change any more. */
async function findOpenReading(
	tx: Transaction,
	{ actor }: Context,
	readingId: string
): Promise<OpenReading> {
	const [reading] =
		canEnterActs(actor) && isIdentifier(readingId)
			? await tx
					.select({
						id: readings.id,
						state: readings.state,
						text: readings.text,
						deliberationId: readings.deliberationId
					})
					.from(readings)
					.where(eq(readings.id, readingId))
					.for('update')
			: [];
	if (!reading) throw new Refusal('Cette lecture n’existe pas.', { kind: 'not-found' });
	if (reading.state !== 'open') {
		const what = reading.state === 'entered' ? 'enregistrée' : 'mise de côté';
		const message = `Cette lecture est ${what} : ce qui y fut décidé ne change plus.`;
		throw new Refusal(typeset(message), { kind: 'conflict' });
	}
	return reading;
}
