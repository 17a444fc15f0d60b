import { eq, sql } from 'drizzle-orm';
import { sameValueKey, spanNow, type DeskProposal } from '#lib/domain/act/desk/desk.ts';
import type { ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import { valueTypeOf } from '#lib/domain/act/read-passage.ts';
import type { Span } from '#lib/domain/act/text.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { readingProposals } from '#lib/server/db/schema/index.ts';
import {
	refuseReckoned,
	refuseRivals,
	rivalsOf,
	setChoice
} from '#lib/server/readings/accept-proposals.ts';
import { findAsked, type Asked } from '#lib/server/readings/find-asked.ts';
import { findPlace, type Place } from '#lib/server/readings/find-place.ts';
import { decideInReading } from '#lib/server/readings/find-open-reading.ts';
import { listProposals } from '#lib/server/readings/list-proposals.ts';

/** What a person says instead of what was read: another value, another place, or both. */
export type Correction = Asked & {
	value: ProposalValue;
	/** Null where it stays where it is. */
	place: Place | null;
};

/**
 * A person corrects what was read, or what was marked by hand. What was read stays beside it for
 * good. A correction that says what was read is an acceptance. Of a thing that an act has once, the
 * candidates that say otherwise are refused with it.
 */
export function changeProposal(
	context: Context,
	readingId: string,
	{ value, place: shown, ...asked }: Correction
): Promise<void> {
	return decideInReading(context, readingId, async (tx, { id, text }) => {
		const [proposal] = await findAsked(tx, id, [asked]);
		if (!proposal) return;
		refuseReckoned(proposal);
		if (value.type !== valueTypeOf(proposal.role)) {
			throw new Refusal('Cette valeur n’est pas de la nature de ce qui est lu.');
		}
		const place = shown ? findPlace(text, shown) : spanNow(proposal);
		if (proposal.choice !== 'marked' && saysWhatWasRead(proposal, value, place)) {
			await setChoice(tx, context, [proposal], 'accepted');
		} else {
			await tx
				.update(readingProposals)
				.set({
					choice: proposal.choice === 'marked' ? 'marked' : 'corrected',
					keptStart: place?.start ?? null,
					keptEnd: place?.end ?? null,
					keptValue: value,
					decidedBy: context.actor.id,
					decidedAt: sql`now()`
				})
				.where(eq(readingProposals.id, proposal.id));
		}
		const changed = { ...proposal, keptValue: value };
		const others = (await listProposals(tx, id)).map((one) =>
			one.id === proposal.id ? changed : one
		);
		await refuseRivals(tx, context, rivalsOf(changed, others));
	});
}

const saysWhatWasRead = (
	{ readValue, readSpan }: DeskProposal,
	value: ProposalValue,
	place: Span | null
): boolean =>
	readValue !== null &&
	sameValueKey(readValue) === sameValueKey(value) &&
	readSpan?.start === place?.start &&
	readSpan?.end === place?.end;
