import { stepOfRole } from '#lib/domain/act/desk/desk.ts';
import { readFigures, type Figures } from '#lib/domain/act/figures/read-figures.ts';
import { daysIn } from '#lib/domain/act/figures/written-days.ts';
import type { ProposalRole, ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText, trimSpan, type Span } from '#lib/domain/act/text.ts';
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
			const written = readWrittenDay(words) ?? readDay(words);
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
	const read = readAsInActs(type, words);
	if (read) return read;
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

/** As the reader of acts reads it, where the words hold one figure of that kind. */
function readAsInActs(
	type: 'amount' | 'count' | 'percentage',
	words: string
): ProposalValue | null {
	const { amounts, counts, percentages } = figuresOf(words);
	if (type === 'amount') {
		const amount = onlyOne(amounts);
		if (!amount) return null;
		const { kind, per, formula } = amount;
		const [cents, precisionCents] = [String(amount.cents), String(amount.precisionCents)];
		return { type, cents, precisionCents, kind, per, formula };
	}
	if (type === 'count') {
		const count = onlyOne(counts);
		return count && { type, number: count.value, of: count.of };
	}
	const share = onlyOne(percentages);
	return share && { type, number: share.value, precision: share.precision, of: share.of };
}

/** The figures of some words of an act. The line before them says that they are of one, which a few words alone do not. */
function figuresOf(words: string): Figures {
	const text = openText(`Délibération.\n${words}`);
	return readFigures(text, readSections(text));
}

const onlyOne = <Found>(found: readonly Found[]): Found | null =>
	found.length === 1 ? (found[0] ?? null) : null;

/** `d’approuver l’avenant` is approuver, l’avenant; the decision stays as it is written. */
function readDecision(words: string): ProposalValue | null {
	const found = /^[\s–-]*(?:d[’']|de\s)?(?<verb>\p{Ll}+(?:er|ir|re))\s+(?<text>.+)$/isu.exec(words);
	const { verb, text } = found?.groups ?? {};
	return verb && text ? { type: 'decision', verb: verb.toLocaleLowerCase('fr'), text } : null;
}

/** The only day in some words. */
function readDay(words: string): Day | null {
	const [found, ...others] = daysIn(openText(words).plain);
	return found && others.length === 0 ? found.day : null;
}

/** The only period in some words, as the reader of acts reads it; else `2020-2022` or a year, alone. */
function readPeriod(words: string): ProposalValue | null {
	const { periods } = figuresOf(words);
	const period = onlyOne(periods);
	if (periods.length > 1) return null;
	if (period) return { type: 'period', startsOn: period.startsOn, endsOn: period.endsOn };
	const years = words.match(/(?<!\d)(?:19[5-9]|2\d\d)\d(?!\d)/g) ?? [];
	const [first, last = first] = years;
	if (years.length > 2 || !first || !last || first > last) return null;
	if (readDay(words)) return null;
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
