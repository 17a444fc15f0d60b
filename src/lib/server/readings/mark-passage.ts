import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { spanNow, stepOfRole, type DeskProposal } from '#lib/domain/act/desk/desk.ts';
import type { ProposalRole, ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import { ROLE_LABELS } from '#lib/domain/act/desk/proposal-words.ts';
import { readPassage, valueTypeOf } from '#lib/domain/act/read-passage.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText, type Span } from '#lib/domain/act/text.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { readingProposals } from '#lib/server/db/schema/index.ts';
import { refuseRivals, rivalsOf } from '#lib/server/readings/accept-proposals.ts';
import { findAsked, type Asked } from '#lib/server/readings/find-asked.ts';
import { findPlace, type Place } from '#lib/server/readings/find-place.ts';
import { decideInReading } from '#lib/server/readings/find-open-reading.ts';
import { listProposals } from '#lib/server/readings/list-proposals.ts';

/** A passage that a person marks by hand, and what it is marked as. */
export type Mark = {
	role: ProposalRole;
	place: Place;
	/** What it says; null to have it read from its words. */
	value: ProposalValue | null;
	/** What was read there and is not that: it is refused, and the mark takes its place. */
	insteadOf?: Asked;
};

/**
 * A person marks what the reader missed, or marks as something else what it read. The value is read
 * from the words, by the functions of the reader, unless the person writes it. The same passage
 * marked the same way again is the first mark.
 */
export function markPassage(
	context: Context,
	readingId: string,
	mark: Mark
): Promise<{ id: string; isNew: boolean }> {
	return decideInReading(context, readingId, async (tx, reading) => {
		const span = findPlace(reading.text, mark.place);
		const [replaced] = mark.insteadOf ? await findAsked(tx, reading.id, [mark.insteadOf]) : [];
		const all = await listProposals(tx, reading.id);
		const same = all.find((one) => isSame(one, mark.role, span) && one.id !== replaced?.id);
		if (same && same.choice !== 'refused') return { id: same.id, isNew: false };

		const value = valueOf(mark, reading.text.slice(span.start, span.end));
		const id = randomUUID();
		const section = readSections(openText(reading.text)).sectionAt(span.start);
		await tx.insert(readingProposals).values({
			id,
			readingId: reading.id,
			step: stepOfRole(mark.role),
			role: mark.role,
			section,
			choice: 'marked',
			keptStart: span.start,
			keptEnd: span.end,
			keptValue: value,
			decidedBy: context.actor.id,
			decidedAt: sql`now()`
		});
		await refuseRivals(tx, context, replaced ? [replaced] : []);
		const marked = newMark(id, mark.role, span, value);
		const others = all.filter((one) => one.id !== replaced?.id);
		await refuseRivals(tx, context, rivalsOf(marked, [...others, marked]));
		return { id, isNew: true };
	});
}

function isSame(proposal: DeskProposal, role: ProposalRole, span: Span): boolean {
	const place = spanNow(proposal);
	return proposal.role === role && place?.start === span.start && place.end === span.end;
}

function valueOf({ role, value }: Mark, quote: string): ProposalValue {
	if (value) {
		if (value.type === valueTypeOf(role)) return value;
		throw new Refusal('Cette valeur n’est pas de la nature du passage.', { field: 'value' });
	}
	const read = readPassage(role, quote);
	if (read) return read;
	const message = `La valeur ne se lit pas dans « ${short(quote)} » : écrivez-la (${ROLE_LABELS[role].toLocaleLowerCase('fr')}).`;
	throw new Refusal(typeset(message), { field: 'value' });
}

const short = (quote: string): string => (quote.length > 60 ? `${quote.slice(0, 59)}…` : quote);

const newMark = (
	id: string,
	role: ProposalRole,
	span: Span,
	value: ProposalValue
): DeskProposal => ({
	id,
	step: stepOfRole(role),
	role,
	readSpan: null,
	readValue: null,
	keptSpan: span,
	keptValue: value,
	confidence: null,
	because: null,
	promise: null,
	section: 'header',
	wholeId: null,
	choice: 'marked',
	decidedBy: null,
	decidedAt: null,
	citationId: null
});
