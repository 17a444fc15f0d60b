import { MOST_FIGURES, matchesOf } from '#lib/domain/act/figures/matches.ts';
import {
	dayOf,
	MONTH,
	monthNumber,
	YEAR,
	type PlainDay
} from '#lib/domain/act/figures/written-days.ts';
import type { ReadPeriod } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { quoteOf, spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';
import { lastDayOfMonth, type Day } from '#lib/domain/day.ts';

type PlainPeriod = Span & { startsOn: Day; endsOn: Day };

const LONGEST_YEARS = 60;

const BETWEEN_YEARS = new RegExp(
	`(?<![\\d/.,-])(?<first>${YEAR}) ?[-/] ?(?<last>${YEAR})(?![\\d/-]|[.,]\\d)`,
	'g'
);
const FROM_YEAR = new RegExp(
	`\\b(?:(?:de|annees?|exercices?) (?<first>${YEAR}) (?:a|jusqu'en)|entre (?<from>${YEAR}) et) (?<last>${YEAR})(?![\\d/-])`,
	'g'
);
const SINGLE = new RegExp(
	`\\b(?:annee|exercice)(?: (?:budgetaire|civile|fiscale?))? (?<first>${YEAR})(?![\\d/-]| ?[-/] ?\\d| (?:a|et) \\d)`,
	'g'
);
const LISTED = new RegExp(
	`\\b(?:annees|exercices) (?<first>${YEAR})(?<others>(?:, ?${YEAR}){1,6})? et (?<last>${YEAR})(?![\\d/-])`,
	'g'
);
const MONTHS_OF = new RegExp(
	`\\b(?:de |d')(?<first>${MONTH})(?: (?<year>${YEAR}))? a (?<last>${MONTH}) (?<lastYear>${YEAR})(?!\\d)`,
	'g'
);
const DAYS_OF_ONE_YEAR = new RegExp(
	`\\bdu (?<day>\\d{1,2})(?:er)?(?: (?<month>${MONTH}))? au (?<lastDay>\\d{1,2})(?:er)? (?<lastMonth>${MONTH}) (?<year>${YEAR})(?!\\d)`,
	'g'
);
const UNTIL = /^,? ?\n?(?:et )?(?:au|jusqu'au|et le|a echeance du|inclus au)[ \n](?:[a-z]+di )?$/;
const SINCE = /(?:du|entre le|a compter du|a partir du|depuis le)[ \n](?:[a-z]+di )?$/;

/** Years that name something else: a season, a school year, a number of an act or a law. */
const NOT_YEARS =
	/(?:scolaires?|saisons?|hivers?|hivernale|sportive|culturelle|universitaires?|\bn ?[°o]?s?|numeros?|deliberations?|arretes?|loi|decret|ordonnance|\bap|\bae|marches?|operation|contrat|dossier|reference|ref\.?)[ .:]{0,3}$/;

/** The periods of a text in their order, none inside another. */
export function readPeriods(
	text: ActText,
	days: readonly PlainDay[],
	sections: Sections
): ReadPeriod[] {
	const { plain } = text;
	const found: PlainPeriod[] = [
		...betweenDays(plain, days),
		...ofOneYear(plain),
		...ofMonths(plain),
		...[BETWEEN_YEARS, FROM_YEAR, LISTED, SINGLE].flatMap((pattern) => ofYears(plain, pattern))
	];
	const sorted = found.toSorted((left, right) => left.start - right.start || right.end - left.end);
	const periods: ReadPeriod[] = [];
	let end = 0;
	for (const period of sorted) {
		if (period.start < end || periods.length === MOST_FIGURES) continue;
		end = period.end;
		const span = spanOf(text, period.start, period.end);
		const { startsOn, endsOn } = period;
		const section = sections.sectionAt(span.start);
		periods.push({ ...span, quote: quoteOf(text.source, span), startsOn, endsOn, section });
	}
	return periods;
}

function ofYears(plain: string, pattern: RegExp): PlainPeriod[] {
	return matchesOf(plain, pattern).flatMap((match) => {
		const { from = '', first = from, last = first, others } = match.groups ?? {};
		const start = pattern === SINGLE ? match.index : match.index + match[0].indexOf(first);
		if (NOT_YEARS.test(plain.slice(Math.max(0, match.index - 24), match.index))) return [];
		const years = [first, ...(others?.match(/\d{4}/g) ?? []), last].map(Number);
		const follows = years.every(
			(year, index) => index === 0 || year === (years[index - 1] ?? 0) + 1
		);
		const span = Number(last) - Number(first);
		const isList = pattern === LISTED;
		if ((isList && !follows) || span < 0 || span > LONGEST_YEARS) return [];
		if (pattern === BETWEEN_YEARS && span === 0) return [];
		return period(start, match.index + match[0].length, dayOf(first, 1, 1), dayOf(last, 12, 31));
	});
}

/** `du 1er janvier 2021 au 31 décembre 2022`: two days and what joins them. */
function betweenDays(plain: string, days: readonly PlainDay[]): PlainPeriod[] {
	return days.flatMap((last, index) => {
		const first = days[index - 1];
		if (!first || last.start - first.end > 30) return [];
		const since = SINCE.exec(plain.slice(Math.max(0, first.start - 28), first.start));
		if (!since || !UNTIL.test(plain.slice(first.end, last.start))) return [];
		return period(first.start - since[0].length, last.end, first.day, last.day);
	});
}

/** `du 1er au 31 juillet 2021`, `du 15 avril au 30 juin 2022`. */
function ofOneYear(plain: string): PlainPeriod[] {
	return matchesOf(plain, DAYS_OF_ONE_YEAR).flatMap((match) => {
		const {
			day = '',
			lastMonth = '',
			month = lastMonth,
			lastDay = '',
			year = ''
		} = match.groups ?? {};
		const startsOn = dayOf(year, monthNumber(month), Number(day));
		const endsOn = dayOf(year, monthNumber(lastMonth), Number(lastDay));
		return period(match.index, match.index + match[0].length, startsOn, endsOn);
	});
}

/** `de septembre 2021 à juin 2022`. */
function ofMonths(plain: string): PlainPeriod[] {
	return matchesOf(plain, MONTHS_OF).flatMap((match) => {
		const { first = '', last = '', lastYear = '', year = lastYear } = match.groups ?? {};
		const startsOn = dayOf(year, monthNumber(first), 1);
		const end = dayOf(lastYear, monthNumber(last), 1);
		return period(match.index, match.index + match[0].length, startsOn, end && lastDayOfMonth(end));
	});
}

const period = (
	start: number,
	end: number,
	startsOn: Day | null,
	endsOn: Day | null
): PlainPeriod[] =>
	startsOn && endsOn && startsOn <= endsOn ? [{ start, end, startsOn, endsOn }] : [];
