import { addMonths, day, lastDayOfMonth, MONTHS, parseDay, type Day } from '#lib/domain/day.ts';
import { plainWords } from '#lib/domain/import-cell.ts';
import type { Period } from '#lib/domain/period.ts';

/**
 * Reads the days that a cell is about: a day (`30/06/2022`, `2022-06-30`), a month (`juin 2022`,
 * `06/2022`), a quarter (`T2 2022`, `2e trimestre 2022`), a half-year, a year, or months from one to
 * another (`avril 2022 à juin 2022`). Null where it cannot be read, as with a year of two digits.
 */
export function parsePeriod(text: string): Period | null {
	const trimmed = text.trim();
	const written = parseDay(trimmed.slice(0, 10)) ?? parseFrenchDay(trimmed);
	if (written && /^[\d/.-]+(?:[T ][\d:.Z]+)?$/.test(trimmed)) {
		return { startsOn: written, endsOn: written };
	}
	const words = plainWords(trimmed);
	const span = /^(?:de |d )?(\S+ \d{4}) (?:a|au) (\S+ \d{4})$/.exec(words);
	if (span) return joined(parsePart(span[1] ?? ''), parsePart(span[2] ?? ''));
	return parsePart(words);
}

function parseFrenchDay(text: string): Day | null {
	const [, date = '', month = '', year = ''] =
		/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: [\d:]+)?$/.exec(text) ?? [];
	return year ? parseDay(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`) : null;
}

function parsePart(words: string): Period | null {
	const year = /^(?:annee |exercice )?(\d{4})$/.exec(words)?.[1];
	if (year) return months(year, 1, 12);
	const numbered = /^(\d{1,2}) (\d{4})$/.exec(words) ?? swapped(/^(\d{4}) (\d{1,2})$/.exec(words));
	if (numbered) return months(numbered[2] ?? '', Number(numbered[1]), 1);
	const named = /^([a-z]+) (\d{4})$/.exec(words);
	const month = named ? MONTH_WORDS.indexOf(named[1] ?? '') + 1 : 0;
	if (named && month > 0) return months(named[2] ?? '', month, 1);
	return parseSlice(words, '(?:t|trimestre)', 3, 4) ?? parseSlice(words, '(?:s|semestre)', 6, 2);
}

const MONTH_WORDS = MONTHS.map(plainWords);

/** `t2 2022`, `2e trimestre 2022`, `1er semestre 2022`, `trimestre 2 2022`, `2022 t2`. */
function parseSlice(words: string, name: string, length: number, most: number): Period | null {
	const patterns = [
		`^(?<rank>\\d)(?:er|e|eme|nd|ere)? ?${name} (?<year>\\d{4})$`,
		`^${name} ?(?<rank>\\d) (?<year>\\d{4})$`,
		`^(?<year>\\d{4}) ?${name} ?(?<rank>\\d)$`
	];
	for (const pattern of patterns) {
		const groups = new RegExp(pattern).exec(words)?.groups;
		const rank = Number(groups?.rank ?? 0);
		if (groups && rank >= 1 && rank <= most) {
			return months(groups.year ?? '', (rank - 1) * length + 1, length);
		}
	}
	return null;
}

function months(year: string, first: number, length: number): Period | null {
	const startsOn = parseDay(`${year}-${String(first).padStart(2, '0')}-01`);
	return startsOn && { startsOn, endsOn: lastDayOfMonth(addMonths(startsOn, length - 1)) };
}

const joined = (from: Period | null, to: Period | null): Period | null =>
	from && to && from.startsOn <= to.endsOn
		? { startsOn: day(from.startsOn), endsOn: to.endsOn }
		: null;

const swapped = (found: RegExpExecArray | null): string[] | null =>
	found && [found[0], found[2] ?? '', found[1] ?? ''];
