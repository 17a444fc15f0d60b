import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { addCents, cents } from '#lib/domain/money.ts';
import { lastWholeMonths, monthsUntil, trend } from '#lib/domain/trend.ts';
import { euros } from './books.ts';

const months = (...amounts: number[]) => amounts.map(euros);

describe('the trend', () => {
	it('of an even rhythm is certain: the range is the amount', () => {
		expect(trend(euros(1_000), months(100, 100, 100, 100), 2.5)).toEqual({
			expectedCents: euros(1_250),
			lowCents: euros(1_250),
			highCents: euros(1_250),
			monthlyRateCents: euros(100),
			months: 4,
			monthsLeft: 2.5
		});
	});

	it('of a quarterly rhythm carries the mean on, and leaves a range', () => {
		const quarterly = months(0, 0, 1_200_000, 0, 0, 900_000, 0, 0, 1_000_000, 0, 0, 1_300_000);
		expect(trend(euros(10_000_000), quarterly, 6)).toEqual({
			expectedCents: euros(12_200_000),
			lowCents: euros(10_900_000),
			highCents: euros(14_000_000),
			monthlyRateCents: expect.anything(),
			months: 12,
			monthsLeft: 6
		});
	});

	it('is the same for everybody and every time', () => {
		const amounts = months(10, 500, 20, 700, 0, 40);
		expect(trend(euros(5), amounts, 7.3)).toEqual(trend(euros(5), amounts, 7.3));
	});

	it('sees the last twelve months only', () => {
		const year = months(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
		expect(trend(euros(0), [...months(9_999, 9_999), ...year], 3)).toEqual(
			trend(euros(0), year, 3)
		);
	});

	it('is unknown under three months of data', () => {
		expect(trend(euros(100), months(10, 20), 5)).toBeNull();
		expect(trend(euros(100), [], 5)).toBeNull();
		expect(trend(euros(100), months(10, 20, 30), 5)).not.toBeNull();
	});

	it('is what is disbursed when nothing is left of the period', () => {
		const ended = { expectedCents: euros(90), lowCents: euros(90), highCents: euros(90) };
		expect(trend(euros(90), months(10, 20, 60), 0)).toMatchObject(ended);
		expect(trend(euros(90), months(10, 20, 60), -4)).toMatchObject(ended);
	});

	it('lies within its range, between the poorest and the richest month', () => {
		const amounts = fc.array(fc.integer({ min: -1_000, max: 5_000_000 }), {
			minLength: 3,
			maxLength: 15
		});
		fc.assert(
			fc.property(amounts, fc.double({ min: 0, max: 40, noNaN: true }), (list, left) => {
				const found = trend(euros(1_000_000), list.map(euros), left);
				if (!found) throw new Error('no trend');
				const { lowCents, expectedCents, highCents } = found;
				const carried = (month: number) =>
					addCents(euros(1_000_000), cents(Math.round(month * 100 * left)));
				const last = list.slice(-12);
				expect(lowCents <= expectedCents && expectedCents <= highCents).toBe(true);
				expect(lowCents).toBeGreaterThanOrEqual(carried(Math.min(...last)) - 100n);
				expect(highCents).toBeLessThanOrEqual(carried(Math.max(...last)) + 100n);
			})
		);
	});
});

describe('the months of a trend', () => {
	const paid = (month: string, amount: number) => ({
		month: day(month),
		amountCents: euros(amount)
	});
	const monthly = [paid('2021-06-01', 60), paid('2021-08-01', 80), paid('2022-06-01', 6)];

	it('are the last twelve whole ones, zeros included', () => {
		expect(lastWholeMonths(monthly, day('2020-01-01'), day('2022-06-30'))).toEqual(
			months(0, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6)
		);
	});

	it('leave out the one under way', () => {
		expect(lastWholeMonths(monthly, day('2020-01-01'), day('2022-06-29'))).toEqual(
			months(60, 0, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0)
		);
	});

	it('are fewer for a younger envelope', () => {
		expect(lastWholeMonths(monthly, day('2022-04-01'), day('2022-06-30'))).toEqual(months(0, 0, 6));
		expect(lastWholeMonths(monthly, day('2022-07-01'), day('2022-06-30'))).toEqual([]);
	});

	it('that are left are counted in parts, and never below none', () => {
		expect(monthsUntil(day('2021-12-31'), day('2022-12-31'))).toBeCloseTo(12, 1);
		expect(monthsUntil(day('2022-06-30'), day('2022-07-15'))).toBeCloseTo(0.49, 2);
		expect(monthsUntil(day('2023-01-01'), day('2022-12-31'))).toBe(0);
	});
});
