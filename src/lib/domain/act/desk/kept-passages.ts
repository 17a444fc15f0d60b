import { citedAs } from '#lib/domain/act/desk/cited-proposal.ts';
import { isKept, spanNow, valueNow, type DeskProposal } from '#lib/domain/act/desk/desk.ts';
import type { CitationSection } from '#lib/domain/act/cited-value.ts';
import { readSections, type Sections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';

/**
 * The passages of an act that a person kept, in the order of the text. What is written nowhere, and a
 * decision, which is kept as such, are no passages to cite. One that was moved belongs to the part of the
 * act where it stands now.
 */
export function listKeptPassages(text: string, proposals: readonly DeskProposal[]): PlanPassage[] {
	let sections: Sections | null = null;
	const sectionAt = (offset: number): CitationSection =>
		(sections ??= readSections(openText(text))).sectionAt(offset);
	return proposals
		.filter(isKept)
		.flatMap((proposal): PlanPassage[] => {
			const span = spanNow(proposal);
			const value = valueNow(proposal);
			if (!span || citedAs(value) === null) return [];
			const { id: key, role, wholeId: partOf } = proposal;
			const quote = text.slice(span.start, span.end);
			const section = isMoved(proposal) ? sectionAt(span.start) : proposal.section;
			// What was promised at another place is not promised here.
			const promise = isElsewhere(proposal) ? null : proposal.promise;
			return [{ key, role, section, ...span, quote, value, partOf, promise }];
		})
		.sort((left, right) => left.start - right.start || right.end - left.end);
}

/** Whether a person put it at another place than where it was read, or marked it by hand. */
const isMoved = ({ keptSpan, readSpan }: DeskProposal): boolean =>
	keptSpan !== null && (keptSpan.start !== readSpan?.start || keptSpan.end !== readSpan.end);

/** Whether the words that are kept have none in common with those that were read. */
const isElsewhere = ({ keptSpan, readSpan }: DeskProposal): boolean =>
	keptSpan !== null &&
	readSpan !== null &&
	(keptSpan.end <= readSpan.start || readSpan.end <= keptSpan.start);

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
