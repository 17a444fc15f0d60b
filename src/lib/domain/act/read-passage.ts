import { stepOfRole } from '#lib/domain/act/desk.ts';
import type { ProposalRole, ProposalValue } from '#lib/domain/act/proposal.ts';
import { trimSpan, type Span } from '#lib/domain/act/text.ts';
import { readWrittenDay } from '#lib/domain/act/written-day.ts';
import { day, type Day } from '#lib/domain/day.ts';
import { writtenPrecision } from '#lib/domain/precision.ts';

export type ValueType = ProposalValue['type'];

const DAYS: readonly ProposalRole[] = ['sitting', 'convened', 'published', 'received', 'day'];

/** Which kind of value a role has: a number of votes is a count, a sitting a day. */
export function valueTypeOf(role: ProposalRole): ValueType {
	if (DAYS.includes(role)) return 'day';
	switch (stepOfRole(role)) {
		case 'identity':
			return 'text';
		case 'attendance':
			return 'count';
		case 'vote':
			return role === 'unanimous' ? 'flag' : 'count';
		case 'decisions':
			return 'decision';
		case 'words':
			return 'words';
		case 'figures':
			return role as 'amount' | 'count' | 'percentage' | 'period';
	}
}

/**
 * Reads the value of a passage that a person marked. Null where its words do not say one, and only
 * one: then the person writes it. Nothing is guessed.
 */
export function readPassage(role: ProposalRole, quote: string): ProposalValue | null {
	const words = quote.replaceAll('**', '').replace(/\s+/gu, ' ').trim();
	const type = valueTypeOf(role);
	switch (type) {
		case 'words':
			return { type };
		case 'text':
			return words === '' ? null : { type, text: words };
		case 'flag':
			return { type, flag: true };
		case 'decision':
			return readDecision(words);
		case 'day': {
			const written = readWrittenDay(words) ?? readDayInside(words);
			return written && { type, day: written };
		}
		case 'period':
			return readPeriod(words);
		case 'amount':
		case 'count':
		case 'percentage':
			return readFigure(type, words);
	}
}

function readFigure(type: 'amount' | 'count' | 'percentage', words: string): ProposalValue | null {
	const figure = writtenPrecision(words);
	if (figure?.kind !== type) return null;
	if (figure.kind === 'amount') {
		return {
			type: 'amount',
			cents: String(figure.valueCents),
			precisionCents: String(figure.precisionCents),
			kind: 'amount',
			per: null,
			formula: null
		};
	}
	if (figure.kind === 'percentage') {
		return { type: 'percentage', number: figure.value, precision: figure.precision, of: null };
	}
	return Number.isInteger(figure.value) ? { type: 'count', number: figure.value, of: null } : null;
}

/** `d’approuver l’avenant` is approuver, l’avenant; the decision stays as it is written. */
function readDecision(words: string): ProposalValue | null {
	const found = /^[\s–-]*(?:d[’']|de\s)?(?<verb>\p{Ll}+(?:er|ir|re))\s+(?<text>.+)$/isu.exec(words);
	const { verb, text } = found?.groups ?? {};
	return verb && text ? { type: 'decision', verb: verb.toLocaleLowerCase('fr'), text } : null;
}

/** The only day in some words. */
function readDayInside(words: string): Day | null {
	const found = words.match(/\d{1,2}(?:er)?\s\p{L}+\s\d{4}/gu) ?? [];
	return found.length === 1 ? readWrittenDay(found[0]) : null;
}

/** `2020-2022`, `2020 à 2022`, `l’année 2021`, or two days. */
function readPeriod(words: string): ProposalValue | null {
	const days = (words.match(/\d{1,2}(?:er)?\s\p{L}+\s\d{4}/gu) ?? []).map(readWrittenDay);
	const [startsOn, endsOn] = days;
	if (days.length === 2 && startsOn && endsOn && startsOn <= endsOn) {
		return { type: 'period', startsOn, endsOn };
	}
	const years = words.match(/(?<!\d)(?:19[5-9]|2\d\d)\d(?!\d)/g) ?? [];
	const [first, last = first] = years;
	if (days.length > 0 || years.length > 2 || !first || !last || first > last) return null;
	return { type: 'period', startsOn: day(`${first}-01-01`), endsOn: day(`${last}-12-31`) };
}

/** Why a span cannot be cited, in a sentence; null where it can. Offsets count UTF-16 units. */
export function refuseSpan(text: string, { start, end }: Span): string | null {
	const isInside =
		Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end <= text.length;
	if (!isInside) return 'Ce passage n’est pas dans le texte de l’acte.';
	const trimmed = trimSpan(text, { start, end });
	if (trimmed.start >= trimmed.end) return 'Sélectionnez des mots de l’acte.';
	if (splitsCharacter(text, start) || splitsCharacter(text, end)) {
		return 'Ce passage coupe un caractère en deux.';
	}
	return null;
}

/** Whether an offset falls between the two halves of a character. */
const splitsCharacter = (text: string, offset: number): boolean =>
	/[\uD800-\uDBFF]/.test(text.charAt(offset - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(offset));
