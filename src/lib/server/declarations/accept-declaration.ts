import { eq, sql } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import { isDecidedBy, refuseDecision, refuseUnread } from '#lib/domain/declaration-decision.ts';
import { buildDeclaredEntries, type DeclaredOperation } from '#lib/domain/declared-entry.ts';
import { buildDeclaredValues } from '#lib/domain/declared-value.ts';
import { yearMovedTo } from '#lib/domain/fiscal-year.ts';
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
import { enterOperations } from '#lib/server/declarations/enter-operations.ts';
import { findDecidable, findDecider } from '#lib/server/declarations/find-decidable.ts';
import {
	envelopeOf,
	lastSubmission,
	listSentCounts,
	listSentLines,
	type SentLine
} from '#lib/server/declarations/queries.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';
import { recordObservations } from '#lib/server/indicators/record-observations.ts';
import { postEntries } from '#lib/server/ledger/post-entries.ts';
import {
	findBalance,
	listBookings,
	listClosedYears,
	listDeclaredEntries
} from '#lib/server/ledger/queries.ts';

/** The numbers of what was posted, and the year it was booked in where its own was closed. */
export type Acceptance = { entryIds: bigint[]; movedTo: number | null };

/**
 * Finance accepts a declaration: all of it enters the ledger and the observations, or nothing does
 * (design §5.5). Asked again by the same person it answers what was posted; somebody else is told who
 * accepted it and when. More than is left of the envelope needs finance’s own reason. What is accepted is
 * what was read: sent again since, it is refused.
 */
export async function acceptDeclaration(
	context: Context,
	key: string,
	declarationId: string,
	{ overrunReason, readSubmission }: { overrunReason?: string | null; readSubmission?: number } = {}
): Promise<Acceptance> {
	await findDecider(context, 'accept', declarationId);
	const receipt = { key, command: 'accept_declaration' };
	const reason = overrunReason?.trim() || null;
	const answer = await runOnce<Acceptance | readonly string[]>(context, receipt, () =>
		unlessOvertaken(() =>
			inTransaction(context, (tx) =>
				accept(tx, context, receipt, declarationId, { reason, readSubmission })
			)
		)
	);
	if ('entryIds' in answer) return answer;
	return inTransaction(context, async (tx) => answerOf(await listBookings(tx, answer)));
}

async function accept(
	tx: Transaction,
	{ actor }: Context,
	receipt: Receipt,
	declarationId: string,
	{ reason, readSubmission }: { reason: string | null; readSubmission: number | undefined }
): Promise<Acceptance> {
	const submission = lastSubmission(declarationId);
	const [declaration, first, closedYears, balance, lines, counts] = await Promise.all([
		findDecidable(tx, declarationId),
		findFirstAnswer(tx, receipt),
		listClosedYears(tx),
		findBalance(tx, envelopeOf(declarationId)),
		listSentLines(tx, declarationId, submission),
		listSentCounts(tx, declarationId, submission)
	]);
	// A form of before says nothing about what was reopened and sent again since.
	const unread = refuseUnread(declaration, readSubmission);
	if (unread) throw unread;
	if (first) return answerOf(await listBookings(tx, first as string[]));
	if (isDecidedBy(actor, declaration, 'accepted')) {
		return answerOf(await listDeclaredEntries(tx, declarationId));
	}
	const refusal = refuseDecision('accept', actor, declaration);
	if (refusal) throw refusal;
	if (!balance) throw new Error('an envelope has its balance');

	const entered = await enterOperations(tx, declaration, lines);
	const about = lines.map((line) => ({ ...line, about: operationOf(line, entered) }));
	const entries = buildDeclaredEntries(declaration, about, closedYears);
	const overrunReason = keepOverrunReason(balance, entries, reason);
	const details = { movedTo: yearMovedTo(entries), overrunReason };
	const [, entryIds] = await Promise.all([
		markAccepted(tx, declarationId, actor.id),
		postEntries(
			tx,
			actor,
			entries.map((entry) => ({ ...entry, overrunReason })),
			receipt,
			{ type: 'declaration', id: declarationId, details }
		),
		recordObservations(tx, actor, buildDeclaredValues(declaration, about, counts)),
		recordDeclarationEvent(tx, {
			declarationId,
			actorId: actor.id,
			action: 'accept',
			submission: declaration.submission,
			details: { entries: entries.length, ...details },
			isAudited: true
		})
	]);
	return { entryIds, movedTo: details.movedTo };
}

const answerOf = (
	entries: readonly { id: bigint; effectiveOn: Day; fiscalYear: number }[]
): Acceptance => ({ entryIds: entries.map(({ id }) => id), movedTo: yearMovedTo(entries) });

/** The operation of a line: known before, or entered by accepting it. */
function operationOf(
	{ rowKey, operationId, landlordId, operationCommune }: SentLine,
	entered: Map<string, DeclaredOperation>
): DeclaredOperation | null {
	if (!operationId || !landlordId || !operationCommune) return entered.get(rowKey) ?? null;
	return { id: operationId, landlordId, communeCode: operationCommune };
}

/** The state comes first: the ledger takes only what is accepted. */
async function markAccepted(tx: Transaction, id: string, actorId: string): Promise<void> {
	await tx
		.update(declarations)
		.set({ state: 'accepted', decidedBy: actorId, decidedAt: sql`now()` })
		.where(eq(declarations.id, id));
}
