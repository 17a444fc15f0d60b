import { addDays, day, daysBetween, formatMonth, yearOf, type Day } from '#lib/domain/day.ts';

const EPOCH = day('2000-01-01');

/** A day as a number, so that a chart can place it. */
export const dayNumber = (date: Day): number => daysBetween(EPOCH, date);

/** The day of such a number. */
export const numberedDay = (number: number): Day => addDays(EPOCH, Math.round(number));

/** Every 1st of January in the period; the first day and the last where their words have room beside it. */
export function yearTicks(first: Day, last: Day): number[] {
	const januaries: number[] = [];
	for (let year = yearOf(first) + 1; year <= yearOf(last); year += 1) {
		januaries.push(dayNumber(day(`${year}-01-01`)));
	}
	const [start, end] = [dayNumber(first), dayNumber(last)];
	const room = (end - start) / 9;
	return [
		...(start + room < (januaries[0] ?? end) ? [start] : []),
		...januaries,
		...(end - room > (januaries.at(-1) ?? start) ? [end] : [])
	];
}

const SHORT_MONTHS: Record<string, string> = {
	janvier: 'janv.',
	février: 'févr.',
	avril: 'avr.',
	juillet: 'juil.',
	septembre: 'sept.',
	octobre: 'oct.',
	novembre: 'nov.',
	décembre: 'déc.'
};

/** `janv. 2021` under the axis. */
export function formatMonthTick(value: number): string {
	const [month = '', year = ''] = formatMonth(numberedDay(value)).split(' ');
	return `${SHORT_MONTHS[month] ?? month} ${year}`;
}
