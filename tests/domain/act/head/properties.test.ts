import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAttendance } from '#lib/domain/act/attendance.ts';
import { findDays } from '#lib/domain/act/head/day-mentions.ts';
import { readNumberInWords } from '#lib/domain/act/head/written-number.ts';
import { readHeader } from '#lib/domain/act/header.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';
import { readVote } from '#lib/domain/act/vote.ts';
import { addDays, day, formatDay, formatDayShort, MONTHS, type Day } from '#lib/domain/day.ts';

/** Pieces of acts, so that texts of chance come near to what the reader looks for. */
const PIECES = [
	'Séance du 3 mai 2022',
	'L’an deux mille vingt et un, le ',
	'Présents : ',
	'M. Jean DULAC',
	'Mme Anne FERRY pouvoir à ',
	'Absents : ',
	'Nombre de conseillers en exercice',
	' : 15',
	'OBJET : ',
	'N° 2021-045',
	'sous la présidence de ',
	'Secrétaire de séance : ',
	'LE CONSEIL, APRES EN AVOIR DELIBERE,',
	'D É C I D E',
	'à l’unanimité',
	'par 12 voix pour et ',
	'CONTRE : 0',
	'e\u0301',
	'\r\n',
	'\n\n',
	'\t',
	' | ',
	'**'
];
const texts = fc
	.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 12 })), {
		maxLength: 60
	})
	.map((pieces) => pieces.join(''));

it('any text is read, and every quote is the text between its places', () => {
	fc.assert(
		fc.property(texts, (source) => {
			const text = openText(source);
			const sections = readSections(text);
			const attendance = readAttendance(text, sections);
			const fields = [
				...Object.values(readHeader(text, sections)),
				...Object.values(attendance).map(({ stated }) => stated)
			];
			for (const { start, end, quote } of fields.flatMap(({ found }) => [...found])) {
				expect(source.slice(start, end)).toBe(quote);
			}
			const vote = readVote(text, sections);
			if (vote) expect(source.slice(vote.start, vote.end)).toBe(vote.quote);
			const { header, statement, decision, ballot } = sections;
			for (const part of [header, statement, decision, ballot]) {
				if (part)
					expect(0 <= part.start && part.start <= part.end && part.end <= source.length).toBe(true);
			}
		}),
		{ numRuns: 300 }
	);
});

const days = fc.integer({ min: 0, max: 36_000 }).map((count) => addDays(day('2000-01-01'), count));

const UNITS =
	'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(
		' '
	);
const TENS: Record<number, string> = {
	20: 'vingt',
	30: 'trente',
	40: 'quarante',
	50: 'cinquante',
	60: 'soixante',
	80: 'quatre-vingt'
};

/** `vingt et un`, `soixante-douze`, `quatre-vingt-dix-neuf`. */
function inWords(value: number): string {
	if (value < 20) return UNITS[value] ?? '';
	if (value >= 100) return value === 100 ? 'cent' : `cent ${inWords(value - 100)}`;
	const ten = value >= 60 && value < 80 ? 60 : value >= 80 ? 80 : value - (value % 10);
	const rest = value - ten;
	if (rest === 0) return ten === 80 ? 'quatre-vingts' : (TENS[ten] ?? '');
	const and = rest === 1 || rest === 11 ? (ten === 80 ? '-' : ' et ') : '-';
	return `${TENS[ten] ?? ''}${and}${inWords(rest)}`;
}

const parts = (value: Day) => ({
	year: Number(value.slice(0, 4)),
	month: MONTHS[Number(value.slice(5, 7)) - 1] ?? '',
	date: Number(value.slice(8))
});
const yearInWords = (year: number) =>
	year === 2000 ? 'deux mille' : `deux mille ${inWords(year - 2000)}`;
const dayInWords = (date: number) => (date === 1 ? 'premier' : inWords(date));

const WRITINGS: Record<string, (value: Day) => string> = {
	'17 décembre 2020': formatDay,
	'17/12/2020': formatDayShort,
	'17.12.2020': (value) => formatDayShort(value).replaceAll('/', '.'),
	'2020-12-17': (value) => value,
	'17 DECEMBRE 2020': (value) =>
		formatDay(value)
			.normalize('NFD')
			.replace(/[\u0300-\u036f]/g, '')
			.toUpperCase(),
	'le 17 du mois de décembre 2020': (value) => {
		const { year, month, date } = parts(value);
		return `le ${date} du mois de ${month} ${year}`;
	},
	'L’an deux mille vingt, le dix-sept décembre': (value) => {
		const { year, month, date } = parts(value);
		return `L’an ${yearInWords(year)}, le ${dayInWords(date)} ${month}`;
	},
	'le dix-sept décembre deux mille vingt': (value) => {
		const { year, month, date } = parts(value);
		return `le ${dayInWords(date)} ${month} ${yearInWords(year)}`;
	}
};

it.each(Object.entries(WRITINGS))('a day written as « %s » reads back', (_name, write) => {
	fc.assert(
		fc.property(
			days.filter((value) => parts(value).year < 2100),
			(value) => {
				const { plain } = openText(`Séance : ${write(value)} à 20 h`);
				expect(findDays(plain, 0, plain.length).map((found) => found.day)).toEqual([value]);
			}
		),
		{ numRuns: 60 }
	);
});

it('a number in words reads back', () => {
	for (let value = 0; value < 200; value += 1) {
		expect(readNumberInWords(openText(inWords(value)).plain)).toBe(value);
	}
	expect(readNumberInWords('vingt quarante')).toBeNull();
});
