import { citedAs } from '#lib/domain/act/desk/cited-proposal.ts';
import { isKept, spanNow, valueNow, type DeskProposal } from '#lib/domain/act/desk/desk.ts';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';

/**
 * The passages of an act that a person kept, in the order of the text. What is written nowhere, and a
 * decision, which is kept as such, are no passages to cite.
 */
export function listKeptPassages(text: string, proposals: readonly DeskProposal[]): PlanPassage[] {
	return proposals
		.filter(isKept)
		.flatMap((proposal): PlanPassage[] => {
			const span = spanNow(proposal);
			const value = valueNow(proposal);
			if (!span || citedAs(value) === null) return [];
			const { id: key, role, section, wholeId: partOf, promise } = proposal;
			const quote = text.slice(span.start, span.end);
			return [{ key, role, section, ...span, quote, value, partOf, promise }];
		})
		.sort((left, right) => left.start - right.start || right.end - left.end);
}

/** What was kept as decided, in the order of the text: its words without the verb, where they stand so. */
export function listKeptDecisions(
	text: string,
	proposals: readonly DeskProposal[]
): { verb: string; quote: string; startOffset: number; endOffset: number }[] {
	return proposals
		.filter(isKept)
		.flatMap((proposal) => {
			const span = spanNow(proposal);
			const value = valueNow(proposal);
			if (!span || value.type !== 'decision') return [];
			const whole = text.slice(span.start, span.end);
			const within = value.text === '' ? -1 : whole.lastIndexOf(value.text);
			const startOffset = within === -1 ? span.start : span.start + within;
			const quote = within === -1 ? whole : value.text;
			return [{ verb: value.verb, quote, startOffset, endOffset: startOffset + quote.length }];
		})
		.sort((left, right) => left.startOffset - right.startOffset);
}
