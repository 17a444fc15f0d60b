import { eq } from 'drizzle-orm';
import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { commandReceipts } from '#lib/server/db/schema/index.ts';
import { databaseErrorOf, inTransaction, isPassing } from '#lib/server/db/transaction.ts';

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 20;

/**
 * Runs a money command that stores its answer under its key in its own transaction. It is tried again
 * whole when the database was lost or gave way to another, also when the answer to the commit was
 * lost: then the key is found taken, and the first answer is given. A broken rule becomes a Refusal.
 */
export async function runOnce<Answer>(
	context: Context,
	key: string,
	attempt: () => Promise<Answer>
): Promise<Answer> {
	for (let tries = 1; ; tries++) {
		try {
			return await attempt();
		} catch (error) {
			if (isRepeated(error)) return (await findAnswer(context, key)) as Answer;
			if (!isPassing(error) || tries === ATTEMPTS) throw refusalOf(error) ?? error;
			await wait(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random()));
		}
	}
}

const isRepeated = (error: unknown): boolean =>
	databaseErrorOf(error)?.constraint === 'command_receipts_pkey';

/** The answer given the first time. Null where the key belongs to somebody else: keys are secrets of a form. */
async function findAnswer(context: Context, key: string): Promise<unknown> {
	const [receipt] = await inTransaction(context, (tx) =>
		tx
			.select({ answer: commandReceipts.answer })
			.from(commandReceipts)
			.where(eq(commandReceipts.key, key))
	);
	if (!receipt) throw new Error('The key of this request belongs to another person.');
	return receipt.answer;
}
