import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { parseDay, yearOf, type Day } from '#lib/domain/day.ts';

export type YearsRead = { startsOn: Day; endsOn: Day };

/** The period that a passage says: one that was read, or whole years as `2017-2019` writes them. */
export function periodOf({ value, quote }: Pick<PlanPassage, 'value' | 'quote'>): YearsRead | null {
	if (value.type === 'period') return { startsOn: value.startsOn, endsOn: value.endsOn };
	return value.type === 'words' ? readYears(quote) : null;
}

/** Whole years, where words write two of them with a hyphen: `l'avenant 2020-2022`. */
export function readYears(words: string): YearsRead | null {
	const found = /\b(20\d\d|19\d\d)\s?[-–/]\s?(20\d\d|19\d\d)\b/.exec(words);
	return found ? wholeYears(Number(found[1]), Number(found[2])) : null;
}

/** From the first of January of one year to the last of December of another; null where they are out of order. */
export function wholeYears(first: number, last: number): YearsRead | null {
	const [startsOn, endsOn] = [parseDay(`${first}-01-01`), parseDay(`${last}-12-31`)];
	return startsOn && endsOn && startsOn <= endsOn ? { startsOn, endsOn } : null;
}

/** `2020-2022`, `2021`: as a name carries them. */
export function yearsInName({ startsOn, endsOn }: YearsRead): string {
	const [first, last] = [yearOf(startsOn), yearOf(endsOn)];
	return first === last ? String(first) : `${first}-${last}`;
}

/** The years of a period, each. */
export function listYears({ startsOn, endsOn }: YearsRead): number[] {
	const first = yearOf(startsOn);
	const count = Math.min(Math.max(yearOf(endsOn) - first + 1, 1), 60);
	return Array.from({ length: count }, (_, index) => first + index);
}

/** How many years words write: `cinq ans`, `5 années`; null where they write none. */
export function readDuration(words: string): number | null {
	const found = /^\W*(\d{1,2}|\p{L}+) (?:ans|années)\W*$/iu.exec(words);
	if (!found) return null;
	return numberOf(found[1] ?? '');
}

/** All the numbers of years that a sentence writes. */
export const listDurations = (words: string): number[] =>
	[...words.matchAll(/(\d{1,2}|\p{L}+) (?:ans|années)\b/giu)].flatMap(
		(found) => numberOf(found[1] ?? '') ?? []
	);

function numberOf(words: string): number | null {
	const number = /^\d+$/.test(words) ? Number(words) : NUMBERS.indexOf(words.toLowerCase());
	return number > 0 ? number : null;
}

const NUMBERS = [
	'',
	'un',
	'deux',
	'trois',
	'quatre',
	'cinq',
	'six',
	'sept',
	'huit',
	'neuf',
	'dix',
	'onze',
	'douze'
];
