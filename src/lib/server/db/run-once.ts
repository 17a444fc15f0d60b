import { and, eq } from 'drizzle-orm';
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { commandReceipts } from '#lib/server/db/schema/index.ts';
import {
	databaseErrorOf,
	inTransaction,
	isPassing,
	type Transaction
} from '#lib/server/db/transaction.ts';

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 20;

/** The key of a request and the name of what it asks for: stored with the answer, found again by both. */
export type Receipt = { key: string; command: string };

/**
 * Runs a money command that stores its answer under its key in its own transaction. It is tried again
 * whole when the database was lost or gave way to another, also when the answer to the commit was
 * lost: then the key is found taken, and the first answer is given. A broken rule becomes a Refusal.
 */
export async function runOnce<Answer>(
	context: Context,
	receipt: Receipt,
	attempt: () => Promise<Answer>
): Promise<Answer> {
	for (let tries = 1; ; tries++) {
		try {
			return await attemptOrFind(context, receipt, attempt);
		} catch (error) {
			if (!isPassing(error) || tries === ATTEMPTS) throw refusalOf(error) ?? error;
			await wait(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random()));
		}
	}
}

/** Rules that are broken only because somebody was quicker, where what they hold was read just before. */
const OVERTAKEN = ['entries_fiscal_year_open', 'envelope_balances_disbursed_within_promised'];

/**
 * Tries again, on what is so now, a command that read the open years and what is left before it wrote,
 * and was overtaken in between: the year was closed, or another payment took the rest.
 */
export async function unlessOvertaken<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
	for (let tries = 1; ; tries++) {
		try {
			return await attempt();
		} catch (error) {
			const { constraint = '' } = databaseErrorOf(error) ?? {};
			if (!OVERTAKEN.includes(constraint) || tries === ATTEMPTS) throw error;
		}
	}
}

async function attemptOrFind<Answer>(
	context: Context,
	receipt: Receipt,
	attempt: () => Promise<Answer>
): Promise<Answer> {
	try {
		return await attempt();
	} catch (error) {
		if (databaseErrorOf(error)?.constraint !== 'command_receipts_pkey') throw error;
		return (await findAnswer(context, receipt)) as Answer;
	}
}

async function findAnswer(context: Context, receipt: Receipt): Promise<unknown> {
	const answer = await inTransaction(context, (tx) => findFirstAnswer(tx, receipt));
	if (answer === undefined) {
		// Taken, and not by this person for this command: a form that was copied, or forged.
		throw new Refusal(
			typeset('Ce formulaire a déjà servi : rechargez la page avant de recommencer.'),
			{
				kind: 'conflict'
			}
		);
	}
	return answer;
}

/**
 * The answer given the first time, undefined where there is none: for a command that would be refused
 * the second time for what it did the first. Row-level security hides those of other people: keys are
 * secrets of a form.
 */
export async function findFirstAnswer(
	tx: Transaction,
	{ key, command }: Receipt
): Promise<unknown> {
	const [receipt] = await tx
		.select({ answer: commandReceipts.answer })
		.from(commandReceipts)
		.where(and(eq(commandReceipts.key, key), eq(commandReceipts.command, command)));
	return receipt?.answer;
}
