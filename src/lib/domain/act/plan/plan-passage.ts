import type { CitationSection } from '#lib/domain/act/cited-value.ts';
import type { Passage } from '#lib/domain/act/passage.ts';
import type { PassageKey } from '#lib/domain/act/plan/plan.ts';
import {
	PROPOSAL_ROLES,
	type ProposalRole,
	type ProposalValue,
	type ProposedPromise
} from '#lib/domain/act/desk/proposal.ts';
import type { Day } from '#lib/domain/day.ts';
import { cents, formatEuros, type Cents } from '#lib/domain/money.ts';
import { formatCount, NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

/** A passage that a person kept at the desk, on which something of a plan may stand. */
export type PlanPassage = {
	key: PassageKey;
	role: ProposalRole;
	section: CitationSection;
	/** Offsets in the text, the end excluded. */
	start: number;
	end: number;
	quote: string;
	value: ProposalValue;
	partOf: PassageKey | null;
	promise: ProposedPromise | null;
};

/** A passage as the pages show it: its value in words and the sentence that carries it. */
export type ShownPassage = PlanPassage & { label: string; around: Passage };

/** What is known of the act itself. */
export type ActHead = {
	text: string;
	sittingOn: Day | null;
	title: string | null;
};

/** A passage that carries a sum of money; what is a price per unit or one end of a range is none. */
export type AmountPassage = PlanPassage & { value: { type: 'amount' } };

export const isSum = (passage: PlanPassage): passage is AmountPassage =>
	passage.value.type === 'amount' && ['amount', 'ceiling'].includes(passage.value.kind);

/** The sum of a passage; null where it has none. */
export const sumOf = (passage: PlanPassage | undefined): Cents | null =>
	passage?.value.type === 'amount' ? cents(passage.value.cents) : null;

/** What is counted, measured or shared in the body of the act, and may be a reference or a target. */
export const isFigure = ({ role }: PlanPassage): boolean =>
	['amount', 'count', 'percentage'].includes(role);

/** Passages whose words may name a thing: those of the head and the ballot name nothing. */
export const isNaming = ({ role, section }: PlanPassage): boolean =>
	section !== 'header' &&
	([...PROPOSAL_ROLES.words, ...PROPOSAL_ROLES.figures] as string[]).includes(role);

/** Its value as the books take it, or its words: for a list of choices. */
export function sayPassage({ value, quote }: PlanPassage): string {
	if (value.type === 'amount') {
		const each = value.per === 'year' ? ' par an' : '';
		return `${formatEuros(cents(value.cents))}${each}`;
	}
	if (value.type === 'count') return [formatCount(value.number), value.of ?? ''].join(' ').trim();
	if (value.type === 'percentage') {
		return [`${formatCount(value.number)}${NO_BREAK_SPACE}%`, value.of ?? ''].join(' ').trim();
	}
	const words = quote.replace(/\s+/g, ' ');
	return words.length > 90 ? `${words.slice(0, 88).trimEnd()}…` : words;
}

/** The line of the text that carries a passage, from one line end to the next. */
export function lineOf(text: string, { start, end }: { start: number; end: number }) {
	const from = text.lastIndexOf('\n', start - 1) + 1;
	const next = text.indexOf('\n', end);
	return { start: from, end: next === -1 ? text.length : next };
}

/** Whether one span lies inside another, edges included. */
export const isWithin = (
	inner: { start: number; end: number },
	outer: { start: number; end: number }
): boolean => outer.start <= inner.start && inner.end <= outer.end;
