import { groupCounts } from '#lib/domain/declared-count.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { totalOfReceipt, type Receipt, type ReceiptLine } from '#lib/domain/receipt.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import {
	findDeclaration,
	listDeclarationEvents,
	type DeclarationEvent
} from '#lib/server/declarations/queries.ts';
import { listSentEvidence } from '#lib/server/evidence/queries.ts';
import { countsOf, labelOfLine, linesOf } from '#lib/server/reports/judgement.ts';
import {
	readSent,
	type EnvelopeAsked,
	type SentBooks,
	type SentLineRow
} from '#lib/server/reports/sent-declarations.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

/**
 * What was sent, the time asked or the last, as it was sent: later changes are not in it. Null where the person
 * may not see the declaration, or it was not sent so many times.
 */
export async function readReceipt(
	context: Context,
	id: string,
	asked: number | null
): Promise<Receipt | null> {
	if (!isIdentifier(id)) return null;
	return inTransaction(context, async (tx) => {
		const [declaration, events, settings] = await Promise.all([
			findDeclaration(tx, id),
			listDeclarationEvents(tx, id),
			findSettings(tx)
		]);
		const submission = asked ?? declaration?.submission ?? 0;
		const sending = findSending(events, submission);
		if (!declaration || !sending) return null;
		const isLast = submission === declaration.submission;
		const sentAt = (isLast && declaration.submittedAt) || sending.at;
		const [books, files] = await Promise.all([
			readSent(tx, [declaration]),
			listSentEvidence(tx, id, submission)
		]);
		const envelope = books.envelopes.get(declaration.envelopeId) ?? { rows: [] };
		const lines = linesOf(books, id, submission).map((line) => toLine(line, books, envelope));
		const labels = new Map([
			...envelope.rows.map(({ key, label }) => [key, label] as const),
			...lines.map(({ key, label }) => [key, label] as const)
		]);
		return {
			declarationId: id,
			number: declaration.number,
			submission,
			submissions: declaration.submission,
			sentAt,
			sentBy: sending.actor,
			organisation: declaration.organisation,
			programme: declaration.programme,
			envelope: declaration.envelope,
			period: { startsOn: declaration.periodStartsOn, endsOn: declaration.periodEndsOn },
			authority: settings.authorityName,
			digest: digestOf(sending, isLast ? declaration.digest : null),
			lines,
			totalCents: totalOfReceipt(lines),
			comment: isLast ? declaration.comment : saidThen(sending, 'comment'),
			overrunReason: isLast ? declaration.overrunReason : saidThen(sending, 'overrunReason'),
			files: files.map(({ rowKey, removedAt, id: fileId, name, digest, mediaType, sizeBytes }) => ({
				id: fileId,
				name,
				digest,
				mediaType,
				sizeBytes,
				row: rowKey === null ? null : (labels.get(rowKey) ?? 'ligne vidée avant l’envoi'),
				isRemoved: removedAt !== null
			})),
			fictitious: declaration.fictitious
		};
	});
}

const findSending = (events: readonly DeclarationEvent[], submission: number) =>
	events.find((event) => event.action === 'submit' && event.submission === submission);

function toLine(
	line: SentLineRow,
	books: SentBooks,
	envelope: Pick<EnvelopeAsked, 'rows'>
): ReceiptLine {
	const { rowKey, amountCents, comment, correctsFrom, correctsTo, newOperationLandlord } = line;
	return {
		key: rowKey,
		label: labelOfLine(line, envelope),
		amountCents,
		counts: groupCounts(countsOf(books, line.id)),
		comment,
		corrects: correctsFrom && correctsTo ? { startsOn: correctsFrom, endsOn: correctsTo } : null,
		newOperation: newOperationLandlord
			? [newOperationLandlord, line.commune].filter(Boolean).join(', ')
			: null
	};
}

/** As it stands in the history of that time, which nobody can change; the declaration has that of the last. */
function digestOf({ details }: DeclarationEvent, last: string | null): string {
	const digest = last ?? details?.['digest'];
	if (typeof digest !== 'string') throw new Error('what was sent has a digest');
	return digest;
}

/** What the history of that time says beside its lines. */
function saidThen({ details }: DeclarationEvent, name: 'comment' | 'overrunReason'): string | null {
	const said = details?.[name];
	return typeof said === 'string' ? said : null;
}
