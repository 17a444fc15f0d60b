import {
	compareSubmissions,
	compareWords,
	describeStep,
	type SentRow
} from '#lib/domain/declaration-history.ts';
import { describeCount } from '#lib/domain/declared-count.ts';
import type { Role } from '#lib/domain/role.ts';
import type { DeclarationEvent, DeclarationRecord } from '#lib/server/declarations/queries.ts';
import { countsOf, labelOfLine, linesOf } from '#lib/server/reports/judgement.ts';
import type { SentBooks } from '#lib/server/reports/sent-declarations.ts';

/** One step of a declaration: who, when, what, and what was said or changed by it. */
export type Step = {
	id: string;
	at: Date;
	who: string;
	words: string;
	text: string | null;
	/** Against the time before that it was sent, a sentence a row. */
	changes: string[];
};

export type Message = { id: string; at: Date; who: string; role: Role | null; text: string };

/** What finance remarked at a row of what was sent last. */
export type Remark = Message & { rowKey: string | null };

/** All that happened to a declaration, the last step first; what was said in it stands in the conversation. */
export function buildHistory(
	declaration: DeclarationRecord,
	events: readonly DeclarationEvent[],
	books: SentBooks
): Step[] {
	const asked = books.envelopes.get(declaration.envelopeId) ?? { rows: [] };
	const labels = new Map(
		books.lines
			.filter(({ declarationId }) => declarationId === declaration.id)
			.map((line) => [line.rowKey, labelOfLine(line, asked)])
	);
	const sentRows = (submission: number): SentRow[] =>
		linesOf(books, declaration.id, submission).map((line) => ({
			rowKey: line.rowKey,
			label: labelOfLine(line, asked),
			amountCents: line.amountCents,
			counts: countsOf(books, line.id).map((count) => ({
				label: describeCount(count),
				number: count.number
			})),
			comment: line.comment
		}));
	const sendings = events.filter(({ action }) => action === 'submit');
	const wordsOf = (submission: number) =>
		sendings.find((sending) => sending.submission === submission)?.details ?? {};
	return events
		.filter(({ action }) => action !== 'message')
		.map((event) => ({
			id: String(event.id),
			at: event.at,
			who: event.actor ?? declaration.organisation,
			words: describeStep({
				...event,
				row:
					event.rowKey === null
						? null
						: (labels.get(event.rowKey) ??
							asked.rows.find(({ key }) => key === event.rowKey)?.label ??
							null)
			}),
			text: event.text,
			changes:
				event.action === 'submit' && event.submission > 1
					? [
							...compareSubmissions(sentRows(event.submission - 1), sentRows(event.submission)),
							...compareWords(wordsOf(event.submission - 1), wordsOf(event.submission))
						]
					: []
		}))
		.reverse();
}

/** What both sides wrote to each other, the first message first. */
export const listMessages = (events: readonly DeclarationEvent[]): Message[] =>
	events.filter(({ action }) => action === 'message').map(messageOf);

/** What finance remarked on what was sent last. */
export const listRemarks = (events: readonly DeclarationEvent[], submission: number): Remark[] =>
	events
		.filter((event) => event.action === 'remark' && event.submission === submission)
		.map((event) => ({ ...messageOf(event), rowKey: event.rowKey }));

const messageOf = (event: DeclarationEvent): Message => ({
	id: String(event.id),
	at: event.at,
	who: event.actor ?? 'Une personne',
	role: event.actorRole,
	text: event.text ?? ''
});
