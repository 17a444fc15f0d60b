import { proposeFigures } from '#lib/domain/act/desk/propose-figures.ts';
import { proposeAttendance, proposeIdentity } from '#lib/domain/act/desk/propose-head.ts';
import { proposeVote } from '#lib/domain/act/desk/propose-vote.ts';
import { proposeWords } from '#lib/domain/act/desk/propose-words.ts';
import type { Proposal } from '#lib/domain/act/desk/proposal.ts';
import type { ActReading, ReadDecision } from '#lib/domain/act/reading.ts';
import { typeset } from '#lib/domain/typography.ts';

/**
 * What was read in an act as proposals, in the order of work: the act, who sat, the vote, what was
 * decided, the figures, the words that bind. The same text always gives the same keys.
 */
export function buildProposals(source: string, reading: ActReading): Proposal[] {
	return [
		...proposeIdentity(reading),
		...proposeAttendance(reading),
		...proposeVote(reading.vote),
		...reading.decisions.map((decision, index) => proposeDecision(source, decision, index)),
		...proposeFigures(source, reading),
		...proposeWords(source, reading)
	].filter(({ span }) => span === null || span.end > span.start);
}

function proposeDecision(source: string, decision: ReadDecision, index: number): Proposal {
	const { start, end, quote, verb, text } = decision;
	const because = `Lu dans la partie qui décide : « ${verb} », puis ce qui est décidé.`;
	return {
		key: `decision-${index + 1}`,
		step: 'decisions',
		role: 'decision',
		span: { start, end, quote: quote || source.slice(start, end) },
		section: 'decision',
		value: { type: 'decision', verb, text },
		confidence: 'high',
		because: typeset(because),
		partOf: null,
		promise: null
	};
}
