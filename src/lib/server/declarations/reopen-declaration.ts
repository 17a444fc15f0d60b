import { eq, sql } from 'drizzle-orm';
import {
	isDecidedBy,
	readReason,
	refuseDecision,
	refuseUnread
} from '#lib/domain/declaration-decision.ts';
import { labelReopening } from '#lib/domain/declared-entry.ts';
import { openYearFrom, yearMovedTo } from '#lib/domain/fiscal-year.ts';
import { buildReversal } from '#lib/domain/ledger.ts';
import { keepOverrunReason } from '#lib/domain/overrun.ts';
import type { Context } from '#lib/server/context.ts';
import {
	findFirstAnswer,
	runOnce,
	unlessOvertaken,
	type Receipt
} from '#lib/server/db/run-once.ts';
import { declarations } from '#lib/server/db/schema/index.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { findDecidable, findDecider } from '#lib/server/declarations/find-decidable.ts';
import { envelopeOf, type DeclarationRecord } from '#lib/server/declarations/queries.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';
import { withdrawDeclaredValues } from '#lib/server/indicators/withdraw-declared-values.ts';
import { postEntries } from '#lib/server/ledger/post-entries.ts';
import {
	findBalance,
	listBookings,
	listClosedYears,
	listDeclaredEntries
} from '#lib/server/ledger/queries.ts';

/** The numbers of the reversals, and the year they were booked in where their own was closed. */
export type Reopening = { entryIds: bigint[]; movedTo: number | null };

type Booked = Parameters<typeof yearMovedTo>[0][number] & { id: bigint };

/**
 * Finance reopens what was accepted, with the reason in words: every entry is reversed by its equal and
 * opposite, every value withdrawn, and the organisation may correct and send it again. What is
 * reopened is what was read: sent and accepted again since, it is refused.
 */
export async function reopenDeclaration(
	context: Context,
	key: string,
	declarationId: string,
	words: { reason: string; readSubmission?: number }
): Promise<Reopening> {
	await findDecider(context, 'reopen', declarationId);
	const receipt = { key, command: 'reopen_declaration' };
	const answer = await runOnce<Reopening | readonly string[]>(context, receipt, () =>
		unlessOvertaken(() =>
			inTransaction(context, (tx) => reopen(tx, context, receipt, declarationId, words))
		)
	);
	if ('entryIds' in answer) return answer;
	return inTransaction(context, async (tx) => answerOf(await listBookings(tx, answer)));
}

async function reopen(
	tx: Transaction,
	{ actor }: Context,
	receipt: Receipt,
	declarationId: string,
	{ reason, readSubmission }: { reason: string; readSubmission?: number }
): Promise<Reopening> {
	const [declaration, first, closedYears, balance, posted] = await Promise.all([
		findDecidable(tx, declarationId),
		findFirstAnswer(tx, receipt),
		listClosedYears(tx),
		findBalance(tx, envelopeOf(declarationId)),
		listDeclaredEntries(tx, declarationId)
	]);
	if (first) return answerOf(await listBookings(tx, first as string[]));
	if (isDecidedBy(actor, declaration, 'reopened')) return { entryIds: [], movedTo: null };
	const refusal =
		refuseDecision('reopen', actor, declaration) ?? refuseUnread(declaration, readSubmission);
	if (refusal) throw refusal;
	if (!balance) throw new Error('an envelope has its balance');

	const text = readReason(reason, 'Dites en quelques mots pourquoi elle est rouverte.');
	const reversals = posted.map((entry) => ({
		...buildReversal(entry),
		envelopeId: entry.envelopeId,
		measureId: entry.measureId,
		operationId: entry.operationId,
		counterpartyId: entry.counterpartyId,
		declarationLineId: entry.declarationLineId,
		fiscalYear: openYearFrom(entry.fiscalYear, closedYears),
		label: labelReopening(declaration, text)
	}));
	// Taking a correction back can exceed what is left: the reason for reopening is the reason for that.
	const overrunReason = keepOverrunReason(balance, reversals, text);
	const details = { movedTo: yearMovedTo(reversals) };
	const [, entryIds] = await Promise.all([
		markReopened(tx, declaration, actor.id, text),
		postEntries(
			tx,
			actor,
			reversals.map((reversal) => ({ ...reversal, overrunReason })),
			receipt,
			{ type: 'declaration', id: declarationId, details: { ...details, reason: text } }
		),
		withdrawDeclaredValues(tx, actor, declarationId),
		recordDeclarationEvent(tx, {
			declarationId,
			actorId: actor.id,
			action: 'reopen',
			submission: declaration.submission,
			text,
			details: { entries: reversals.length, ...details },
			isAudited: true
		})
	]);
	return { entryIds, movedTo: details.movedTo };
}

const answerOf = (entries: readonly Booked[]): Reopening => ({
	entryIds: entries.map(({ id }) => id),
	movedTo: yearMovedTo(entries)
});

async function markReopened(
	tx: Transaction,
	{ id }: DeclarationRecord,
	actorId: string,
	reason: string
): Promise<void> {
	await tx
		.update(declarations)
		.set({ state: 'reopened', reason, decidedBy: actorId, decidedAt: sql`now()` })
		.where(eq(declarations.id, id));
}
