import { MONTHS, parseDay, type Day } from '#lib/domain/day.ts';

/** The day that a French act writes out: `17 décembre 2020`, `1er février 2021`. Null when it is none. */
export function readWrittenDay(quote: string): Day | null {
	const written = /^(\d{1,2})(?:er)?\s(\p{Letter}+)\s(\d{4})$/u.exec(quote.normalize('NFC'));
	if (!written) return null;
	const [, dayOfMonth = '', monthName = '', year = ''] = written;
	const month = MONTHS.indexOf(monthName.toLowerCase()) + 1;
	return parseDay(`${year}-${String(month).padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`);
}
