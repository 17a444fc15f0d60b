import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	addDays,
	addMonths,
	day,
	dayInParis,
	daysBetween,
	endOfDayInParis,
	firstDayOfMonth,
	formatDay,
	formatDayShort,
	formatMonth,
	isLastDayOfMonth,
	lastDayOfMonth,
	parseDay,
	yearOf
} from '#lib/domain/day.ts';

/** Days counted on the fingers: no library, no clock. */
type PlainDay = { year: number; month: number; dayOfMonth: number };

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lengthOf = (year: number, month: number) =>
	month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
const iso = ({ year, month, dayOfMonth }: PlainDay) =>
	day(`${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`);

function next({ year, month, dayOfMonth }: PlainDay): PlainDay {
	if (dayOfMonth < lengthOf(year, month)) return { year, month, dayOfMonth: dayOfMonth + 1 };
	return month < 12
		? { year, month: month + 1, dayOfMonth: 1 }
		: { year: year + 1, month: 1, dayOfMonth: 1 };
}

const anyDay = fc
	.record({
		year: fc.integer({ min: 1950, max: 2900 }),
		month: fc.integer({ min: 1, max: 12 }),
		dayOfMonth: fc.integer({ min: 1, max: 31 })
	})
	.filter(({ year, month, dayOfMonth }) => dayOfMonth <= lengthOf(year, month));

describe('a day', () => {
	it('is read from ISO text only, and only when it is in the calendar', () => {
		expect(parseDay('2022-06-30')).toBe('2022-06-30');
		expect(parseDay('2020-02-29')).toBe('2020-02-29');
		const wrong = [
			'',
			'2022-6-30',
			'30/06/2022',
			'2021-02-29',
			'2022-06-31',
			'2022-13-01',
			'2022-00-10',
			'2022-06-30T00:00',
			' 2022-06-30',
			'2022-06-30\n',
			'+2022-06-30',
			'1949-12-31',
			'3000-01-01',
			'9999-12-31',
			'0000-00-00'
		];
		expect(wrong.filter((text) => parseDay(text) !== null)).toEqual([]);
	});

	it('is followed by the days of the calendar', () => {
		let plain: PlainDay = { year: 1999, month: 12, dayOfMonth: 31 };
		let counted = iso(plain);
		for (let index = 0; index < 1_500; index += 1) {
			plain = next(plain);
			counted = addDays(counted, 1);
			expect(counted).toBe(iso(plain));
			expect(isLastDayOfMonth(counted)).toBe(next(plain).dayOfMonth === 1);
		}
	});

	it('is as far from another as the days in between', () => {
		fc.assert(
			fc.property(anyDay, fc.integer({ min: -20_000, max: 20_000 }), (plain, days) => {
				expect(daysBetween(iso(plain), addDays(iso(plain), days))).toBe(days);
			})
		);
	});

	it('some months later keeps its number, or is the last of a shorter month', () => {
		fc.assert(
			fc.property(anyDay, fc.integer({ min: -300, max: 300 }), (plain, months) => {
				const index = plain.year * 12 + plain.month - 1 + months;
				const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
				if (year < 1950 || year > 2999) return;
				const dayOfMonth = Math.min(plain.dayOfMonth, lengthOf(year, month));
				expect(addMonths(iso(plain), months)).toBe(iso({ year, month, dayOfMonth }));
			})
		);
		expect(addMonths(day('2022-01-31'), 1)).toBe('2022-02-28');
		expect(addMonths(day('2020-02-29'), 12)).toBe('2021-02-28');
	});

	it('lies between the first and the last of its month', () => {
		fc.assert(
			fc.property(anyDay, (plain) => {
				const { year, month } = plain;
				expect(firstDayOfMonth(iso(plain))).toBe(iso({ year, month, dayOfMonth: 1 }));
				expect(lastDayOfMonth(iso(plain))).toBe(
					iso({ year, month, dayOfMonth: lengthOf(year, month) })
				);
				expect(yearOf(iso(plain))).toBe(year);
			})
		);
	});

	it('is written in French', () => {
		expect(formatDay(day('2022-06-30'))).toBe('30\u00A0juin 2022');
		expect(formatDay(day('2021-02-01'))).toBe('1er\u00A0février 2021');
		expect(formatDayShort(day('2022-06-30'))).toBe('30/06/2022');
		expect(formatMonth(day('2020-12-17'))).toBe('décembre 2020');
	});
});

describe('the day in Paris', () => {
	it.each([
		['2022-06-29T21:59:59.999Z', '2022-06-29'],
		['2022-06-29T22:00:00.000Z', '2022-06-30'],
		['2021-12-31T22:59:59.999Z', '2021-12-31'],
		['2021-12-31T23:00:00.000Z', '2022-01-01'],
		// The night the clocks go forward, then back.
		['2022-03-26T23:00:00.000Z', '2022-03-27'],
		['2022-03-27T21:59:59.999Z', '2022-03-27'],
		['2022-03-27T22:00:00.000Z', '2022-03-28'],
		['2022-10-29T22:00:00.000Z', '2022-10-30'],
		['2022-10-30T22:59:59.999Z', '2022-10-30'],
		['2022-10-30T23:00:00.000Z', '2022-10-31']
	])('at %s is %s', (instant, expected) => {
		expect(dayInParis(new Date(instant))).toBe(expected);
	});

	it('ends at the instant from which the next day is written, whatever the season', () => {
		const from1980 = anyDay.filter(({ year }) => year >= 1980 && year < 2500);
		fc.assert(
			fc.property(from1980, (plain) => {
				const end = endOfDayInParis(iso(plain)).getTime();
				expect(dayInParis(new Date(end))).toBe(addDays(iso(plain), 1));
				expect(dayInParis(new Date(end - 1))).toBe(iso(plain));
			}),
			{ numRuns: 2_000 }
		);
	});

	it('has 23 hours in spring and 25 in autumn, once a year', () => {
		const hours = (text: string) =>
			(endOfDayInParis(day(text)).getTime() - endOfDayInParis(addDays(day(text), -1)).getTime()) /
			3_600_000;
		expect(hours('2022-03-27')).toBe(23);
		expect(hours('2022-10-30')).toBe(25);
		expect(hours('2022-06-30')).toBe(24);
	});
});
