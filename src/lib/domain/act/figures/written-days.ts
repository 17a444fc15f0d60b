import { matchesOf } from '#lib/domain/act/figures/matches.ts';
import { numberWordsIn, type NumberInWords } from '#lib/domain/act/figures/number-words.ts';
import { isDigit } from '#lib/domain/act/figures/written-number.ts';
import { parseDay, type Day } from '#lib/domain/day.ts';
import type { Span } from '#lib/domain/act/text.ts';

/** A day where it stands in the plain form of a text. */
export type PlainDay = Span & { day: Day };

export const MONTH =
	'(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)';
const MONTHS = MONTH.slice(3, -1).split('|');
export const YEAR = '(?:19[5-9]\\d|20\\d\\d)';

const IN_FIGURES = new RegExp(
	`(?<![\\d/.,-])(?<dayOfMonth>\\d{1,2})(?:er|o)?[ \\n]{1,3}(?<month>${MONTH})[ \\n]{1,3}(?<year>${YEAR})(?!\\d)`,
	'g'
);
const IN_NUMBERS = new RegExp(
	`(?<![\\d/.,-])(?<dayOfMonth>\\d{1,2})(?<mark>[/.-])(?<month>\\d{1,2})\\k<mark>(?<year>${YEAR})(?![\\d/-]|\\.\\d)`,
	'g'
);

/** The days of a text in their order: `1er février 2021`, `12/05/2021`, `vingt-deux octobre deux mille vingt et un`. */
export function daysIn(plain: string): PlainDay[] {
	const found: PlainDay[] = [];
	for (const pattern of [IN_FIGURES, IN_NUMBERS]) {
		for (const match of matchesOf(plain, pattern)) {
			const { dayOfMonth = '', month = '', year = '' } = match.groups ?? {};
			const number = /\d/.test(month) ? Number(month) : MONTHS.indexOf(month) + 1;
			const day = dayOf(year, number, Number(dayOfMonth));
			if (day) found.push({ start: match.index, end: match.index + match[0].length, day });
		}
	}
	return [...found, ...inWords(plain)].toSorted((left, right) => left.start - right.start);
}

/** `vingt-deux octobre deux mille vingt et un`, `premier mars 2021`. */
function inWords(plain: string): PlainDay[] {
	const found: PlainDay[] = [];
	const months = new RegExp(`[ \\n]{1,2}(?<month>${MONTH})[ \\n]{1,2}(?=[dm2]|19)`, 'g');
	for (const match of matchesOf(plain, months)) {
		const first = wordsBefore(plain, match.index);
		const end = match.index + match[0].length;
		const year = yearAt(plain, end);
		if (!first || !year) continue;
		const month = MONTHS.indexOf(match.groups?.month ?? '') + 1;
		const day = dayOf(String(year.value), month, Number(first.value));
		if (day) found.push({ start: first.start, end: year.end, day });
	}
	return found;
}

/** The number in words that ends at a place. */
function wordsBefore(plain: string, end: number): NumberInWords | null {
	const from = Math.max(0, end - 24);
	const lead = plain.slice(from, end);
	const first = /(?:^|[ \n'])(premier)$/.exec(lead);
	if (first) return { start: end - 'premier'.length, end, value: 1n };
	// A word that the window cuts is none.
	const words = numberWordsIn(` ${lead}`).at(-1);
	if (!words || words.end !== lead.length + 1 || words.start < 2 || words.value > 31n) return null;
	return { start: from + words.start - 1, end, value: words.value };
}

function yearAt(plain: string, at: number): NumberInWords | null {
	if (isDigit(plain, at)) {
		const year = new RegExp(`^${YEAR}(?!\\d)`).exec(plain.slice(at, at + 5))?.[0];
		return year === undefined ? null : { start: at, end: at + 4, value: BigInt(year) };
	}
	const [words] = numberWordsIn(plain.slice(at, at + 60));
	if (words?.start !== 0 || words.value < 1950n || words.value >= 2100n) return null;
	return { start: at, end: at + words.end, value: words.value };
}

/** A day of the calendar, null for the 31st of April. */
export const dayOf = (year: string, month: number, dayOfMonth: number): Day | null =>
	parseDay(`${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`);

export const monthNumber = (name: string): number => MONTHS.indexOf(name) + 1;
