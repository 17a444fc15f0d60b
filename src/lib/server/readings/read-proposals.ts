import { buildProposals } from '#lib/domain/act/build-proposals.ts';
import type { Proposal } from '#lib/domain/act/proposal.ts';
import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';

/** What the reader proposes of a text. */
export async function readProposals(text: string): Promise<Proposal[]> {
	return buildProposals(text, readDeliberation(text));
}
