import {
	NUMBER_IN_WORDS,
	readNumberInWords,
	YEAR_IN_WORDS
} from '#lib/domain/act/head/written-number.ts';
import type { Span } from '#lib/domain/act/text.ts';
import { MONTHS, parseDay, type Day } from '#lib/domain/day.ts';

/** A day where it is written, in the plain form. */
export type DayMention = Span & { day: Day };

const bare = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '');

const MONTH_NAMES = MONTHS.map(bare);
const SHORT_MONTHS: Record<string, number> = {
	janv: 1,
	fev: 2,
	fevr: 2,
	avr: 4,
	juil: 7,
	sept: 9,
	oct: 10,
	nov: 11,
	dec: 12
};

const GAP = '[ \\n]{1,4}';
const WEEKDAY = '(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)';
const MONTH = `(?:${MONTH_NAMES.join('|')}|(?:${Object.keys(SHORT_MONTHS).join('|')})\\.)`;
const DAY = `\\d{1,2}|premiere?|${NUMBER_IN_WORDS}`;
const YEAR = `\\d{4}|${YEAR_IN_WORDS}`;
const OF_MONTH = `(?: ?(?:er|ieme|eme)\\b)?(?:${GAP}|-)(?:jours?${GAP})?(?:du${GAP}mois${GAP})?(?:de${GAP}|d'? ?)?`;
const BEFORE = '(?<![a-z0-9]|[0-9][,./-])';
const AFTER = '(?![a-z0-9]|[/-][0-9])';

/** Every way of writing a day out, with its year, month and day named. */
const WRITTEN: readonly RegExp[] = [
	// L’an deux mille vingt et un, le vingt-deux octobre
	`${BEFORE}l['\\s]? ?an(?:nee)?${GAP}(?:de${GAP}grace${GAP})?(?<year>${YEAR})[ \\n,.:;-]{0,6}(?:et[ \\n,]{1,4})?(?:le${GAP})?(?:${WEEKDAY}[ \\n,]{1,4})?(?:le${GAP})?(?<day>${DAY})${OF_MONTH}(?<month>${MONTH})${AFTER}`,
	// 17 décembre 2020, 1er février 2021, premier mars deux mille vingt, 17 du mois de décembre 2020
	`${BEFORE}(?<day>${DAY})${OF_MONTH}(?<month>${MONTH})[ \\n,-]{0,4}(?:de${GAP})?(?:l'an(?:nee)?${GAP})?(?<year>${YEAR})${AFTER}`,
	`${BEFORE}(?<day>\\d{1,2})(?<mark>[/.-])(?<month>\\d{1,2})\\k<mark>(?<year>\\d{4}|\\d{2})${AFTER}`,
	`${BEFORE}(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})${AFTER}`
].map((source) => new RegExp(source, 'g'));

/** All days that stand in a stretch of a plain form, in their order, whatever they are the days of. */
export function findDays(plain: string, from: number, to: number): DayMention[] {
	const stretch = plain.slice(from, to);
	const mentions: DayMention[] = [];
	for (const written of WRITTEN) {
		for (const match of stretch.matchAll(written)) {
			const day = dayOf(match.groups ?? {});
			const [start, end] = [from + match.index, from + match.index + match[0].length];
			const isTaken = mentions.some((other) => start < other.end && other.start < end);
			if (day && !isTaken) mentions.push({ start, end, day });
		}
	}
	return mentions.sort((left, right) => left.start - right.start);
}

function dayOf({ year = '', month = '', day = '' }: Record<string, string>): Day | null {
	const [yearNumber, dayNumber] = [numberOf(year), numberOf(day)];
	if (yearNumber === null || dayNumber === null) return null;
	// Two figures are a year of this century: no act of the last one is written so any more.
	const fullYear = /^\d{2}$/.test(year) ? 2000 + yearNumber : yearNumber;
	const pad = (part: number): string => String(part).padStart(2, '0');
	return parseDay(`${fullYear}-${pad(monthOf(month))}-${pad(dayNumber)}`);
}

function monthOf(written: string): number {
	if (/^\d/.test(written)) return Number(written);
	const name = written.replace('.', '');
	return SHORT_MONTHS[name] ?? MONTH_NAMES.indexOf(name) + 1;
}

const numberOf = (written: string): number | null =>
	/^\d/.test(written) ? Number(written) : readNumberInWords(written);
