import { sql } from 'drizzle-orm';
import { formatDay, type Day } from '#lib/domain/day.ts';
import { leftToDeclare } from '#lib/domain/declaration.ts';
import { OVERRUN_CELL } from '#lib/domain/declaration-cell.ts';
import { explainExcess } from '#lib/domain/excess.ts';
import { canSubmitDeclaration } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { todayOf } from '#lib/domain/today.ts';
import { typeset } from '#lib/domain/typography.ts';
import { readDraft, type Draft } from '#lib/forms/declaration.ts';
import type { Context } from '#lib/server/context.ts';
import { findFirstAnswer, runOnce } from '#lib/server/db/run-once.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { findOwnToChange, type OwnDeclaration } from '#lib/server/declarations/find-own.ts';
import { findShape, listCells, listEvidence } from '#lib/server/declarations/queries.ts';
import { readSentDigest } from '#lib/server/declarations/read-sent-digest.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';
import { recordSent } from '#lib/server/declarations/record-sent.ts';
import { isEvidenceMoving } from '#lib/server/evidence/queries.ts';
import { findBalance } from '#lib/server/ledger/queries.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

/** What the receipt says: the number of the declaration, which time it is sent, and the digest of what was. */
export type Submitted = { number: number; submission: number; digest: string };

/**
 * A partner sends its draft to finance: lines, counts, history and receipt in one transaction. The key is
 * the request's own: sent again, it answers what it answered the first time. What is sent is what is
 * stored at that moment, whoever typed it; where the person says which digest they read over, nothing
 * else is sent. More than what is left is sent with a reason.
 */
export async function submitDeclaration(
	context: Context,
	key: string,
	declarationId: string,
	seenDigest: string | null = null
): Promise<Submitted> {
	const receipt = { key, command: 'submit_declaration' };
	return runOnce(context, receipt, () =>
		inTransaction(context, async (tx) => {
			const declaration = await findOwnToChange(tx, context.actor, declarationId);
			// Asked once one’s turn has come: whoever came before may have been oneself.
			const first = await findFirstAnswer(tx, receipt);
			if (first !== undefined) return first as Submitted;
			if (!canSubmitDeclaration(context.actor, declaration)) {
				throw new Refusal(
					typeset(
						'Cette déclaration est déjà transmise : rechargez la page pour voir où elle en est.'
					),
					{ kind: 'conflict' }
				);
			}
			return send(tx, context, receipt, declaration, seenDigest);
		})
	);
}

async function send(
	tx: Transaction,
	context: Context,
	receipt: { key: string; command: string },
	declaration: OwnDeclaration,
	seenDigest: string | null
): Promise<Submitted> {
	const [settings, shape, { cells }, balance, files, isMoving] = await Promise.all([
		findSettings(tx),
		findShape(tx, declaration),
		listCells(tx, declaration.id),
		findBalance(tx, declaration.envelopeId),
		listEvidence(tx, declaration.id),
		isEvidenceMoving(tx, declaration.id)
	]);
	refuseMoving(isMoving);
	refuseBeforeEnd(declaration.periodEndsOn, todayOf(settings, context.at));
	const draft = readDraft(shape, cells);
	refuseProblems(draft);
	if (balance && draft.overrunReason === null) {
		const excess = explainExcess(draft.totalCents, leftToDeclare(shape.circuit, balance));
		if (excess) throw new Refusal(excess, { field: OVERRUN_CELL });
	}

	const submission = declaration.submission + 1;
	const digest = readSentDigest(declaration, draft, files);
	if (seenDigest !== null && seenDigest !== digest) {
		throw new Refusal(
			typeset(
				'Le brouillon a changé depuis que vous l’avez relu : relisez ce qui suit, puis transmettez.'
			),
			{ kind: 'conflict' }
		);
	}
	const answer = { number: declaration.number, submission, digest };
	await recordSent(tx, context.actor, declaration, { ...draft, submission, digest });
	await Promise.all([
		recordDeclarationEvent(tx, {
			declarationId: declaration.id,
			actorId: context.actor.id,
			action: 'submit',
			submission,
			details: {
				digest,
				amountCents: String(draft.totalCents),
				lines: draft.lines.length,
				files: files.length,
				// The declaration keeps those of the last time; the receipt of each says its own.
				comment: draft.comment,
				overrunReason: draft.overrunReason
			}
		}),
		tx.execute(sql`
			insert into command_receipts (key, actor_id, command, answer)
			values (${receipt.key}::uuid, ${context.actor.id}::uuid, ${receipt.command},
				${JSON.stringify(answer)}::jsonb)`)
	]);
	return answer;
}

function refuseBeforeEnd(endsOn: Day, today: Day): void {
	if (today >= endsOn) return;
	const message = `Cette période n’est pas finie : elle se transmet à partir du ${formatDay(endsOn)}. Votre brouillon est gardé.`;
	throw new Refusal(typeset(message), { kind: 'conflict' });
}

function refuseMoving(isMoving: boolean): void {
	if (!isMoving) return;
	throw new Refusal(
		typeset('Un justificatif vient d’être ajouté ou retiré : relisez, puis transmettez.'),
		{ kind: 'conflict' }
	);
}

function refuseProblems({ problems: [first] }: Draft): void {
	if (first) throw new Refusal(first.message, { field: first.key });
}
