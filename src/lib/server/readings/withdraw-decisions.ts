import { inArray } from 'drizzle-orm';
import type { Context } from '#lib/server/context.ts';
import { readingProposals } from '#lib/server/db/schema/index.ts';
import { removeMarks } from '#lib/server/readings/accept-proposals.ts';
import { findAsked, type Asked } from '#lib/server/readings/find-asked.ts';
import { decideInReading } from '#lib/server/readings/find-open-reading.ts';

/**
 * A person takes decisions back: what was read waits again, as it was read, and a mark made by hand
 * goes. Whoever decided may have been somebody else: the desk is common.
 */
export function withdrawDecisions(
	context: Context,
	readingId: string,
	asked: readonly Asked[]
): Promise<void> {
	return decideInReading(context, readingId, async (tx, { id }) => {
		const proposals = await findAsked(tx, id, asked);
		const read = proposals.filter(({ choice }) => choice !== null && choice !== 'marked');
		await removeMarks(
			tx,
			proposals.filter(({ choice }) => choice === 'marked')
		);
		if (read.length === 0) return;
		await tx
			.update(readingProposals)
			.set({
				choice: null,
				keptStart: null,
				keptEnd: null,
				keptValue: null,
				decidedBy: null,
				decidedAt: null
			})
			.where(
				inArray(
					readingProposals.id,
					read.map((proposal) => proposal.id)
				)
			);
	});
}
