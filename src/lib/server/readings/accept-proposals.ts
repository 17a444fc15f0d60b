import { and, eq, inArray, sql } from 'drizzle-orm';
import {
	hasOneValue,
	isReckoned,
	sameValueKey,
	valueNow,
	type DeskProposal
} from '#lib/domain/act/desk/desk.ts';
import { ROLE_LABELS } from '#lib/domain/act/desk/proposal-words.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { readingProposals } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { findAsked, type Asked } from '#lib/server/readings/find-asked.ts';
import { decideInReading } from '#lib/server/readings/find-open-reading.ts';
import { listProposals } from '#lib/server/readings/list-proposals.ts';

/**
 * A person accepts what was read, one proposal or several at once. Of a thing that an act has once,
 * such as its sitting, accepting one candidate refuses those that say otherwise; several at once are
 * accepted only where nothing has to be chosen. What is reckoned is written nowhere, so it is never
 * accepted. Answers with how many were accepted, and the candidates refused with it.
 */
export function acceptProposals(
	context: Context,
	readingId: string,
	asked: readonly Asked[]
): Promise<{ accepted: number; refused: string[] }> {
	return decideInReading(context, readingId, async (tx, { id }) => {
		const proposals = await findAsked(tx, id, asked);
		const all = await listProposals(tx, id);
		for (const proposal of proposals) refuseReckoned(proposal);
		refuseMarked(proposals);
		const rivals = proposals.flatMap((proposal) => rivalsOf(proposal, all));
		if (proposals.length > 1 && rivals.length > 0) throw toChoose(rivals);
		await setChoice(tx, context, proposals, 'accepted');
		await refuseRivals(tx, context, rivals);
		return { accepted: proposals.length, refused: rivals.map((rival) => rival.id) };
	});
}

/** The other candidates for the same thing that say something else, but those refused already. */
export function rivalsOf(chosen: DeskProposal, all: readonly DeskProposal[]): DeskProposal[] {
	if (!hasOneValue(chosen.step)) return [];
	const key = sameValueKey(valueNow(chosen));
	return all.filter(
		(one) =>
			one.id !== chosen.id &&
			one.role === chosen.role &&
			one.choice !== 'refused' &&
			sameValueKey(valueNow(one)) !== key
	);
}

/** What was read stays, refused; what was marked by hand goes. */
export async function refuseRivals(
	tx: Transaction,
	context: Context,
	rivals: readonly DeskProposal[]
): Promise<void> {
	const [marked, read] = [
		rivals.filter(({ choice }) => choice === 'marked'),
		rivals.filter(({ choice }) => choice !== 'marked')
	];
	await setChoice(tx, context, read, 'refused');
	await removeMarks(tx, marked);
}

/** Sets what was decided about something that was read; a correction that there was goes. */
export async function setChoice(
	tx: Transaction,
	{ actor }: Context,
	proposals: readonly DeskProposal[],
	choice: 'accepted' | 'refused'
): Promise<void> {
	if (proposals.length === 0) return;
	await tx
		.update(readingProposals)
		.set({
			choice,
			keptStart: null,
			keptEnd: null,
			keptValue: null,
			decidedBy: actor.id,
			decidedAt: sql`now()`
		})
		.where(
			inArray(
				readingProposals.id,
				proposals.map(({ id }) => id)
			)
		);
}

/** Takes passages away that were marked by hand: nothing was read there. */
export async function removeMarks(tx: Transaction, marked: readonly DeskProposal[]): Promise<void> {
	if (marked.length === 0) return;
	await tx.delete(readingProposals).where(
		and(
			inArray(
				readingProposals.id,
				marked.map(({ id }) => id)
			),
			eq(readingProposals.choice, 'marked')
		)
	);
}

export function refuseReckoned(proposal: DeskProposal): void {
	if (!isReckoned(proposal)) return;
	const message =
		'Ce montant est calculé : l’acte ne l’écrit nulle part. Acceptez les montants écrits dont il vient.';
	throw new Refusal(typeset(message));
}

function refuseMarked(proposals: readonly DeskProposal[]): void {
	if (proposals.every(({ choice }) => choice !== 'marked')) return;
	throw new Refusal('Ce passage est marqué à la main : il est déjà retenu.');
}

function toChoose(rivals: readonly DeskProposal[]): Refusal {
	const names = [...new Set(rivals.map(({ role }) => `« ${ROLE_LABELS[role]} »`))].join(', ');
	const message = `${names} : l’acte le dit de plusieurs façons, choisissez d’abord laquelle. Rien n’a été accepté.`;
	return new Refusal(typeset(message));
}
