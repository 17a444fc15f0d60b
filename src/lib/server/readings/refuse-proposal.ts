import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { refuseReckoned, setChoice } from '#lib/server/readings/accept-proposals.ts';
import { findAsked, type Asked } from '#lib/server/readings/find-asked.ts';
import { decideInReading } from '#lib/server/readings/find-open-reading.ts';

/** A person refuses what was read: it stays on the desk, refused, and is not cited. */
export function refuseProposal(context: Context, readingId: string, asked: Asked): Promise<void> {
	return decideInReading(context, readingId, async (tx, { id }) => {
		const proposals = await findAsked(tx, id, [asked]);
		for (const proposal of proposals) {
			refuseReckoned(proposal);
			if (proposal.choice === 'marked') {
				const message =
					'Ce passage est marqué à la main : retirez la marque au lieu de le refuser.';
				throw new Refusal(typeset(message));
			}
		}
		await setChoice(tx, context, proposals, 'refused');
	});
}
