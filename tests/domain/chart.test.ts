import { describe, expect, it } from 'vitest';
import { buildCumulativeRows, buildYearRows, compareToBaseline } from '#lib/domain/chart.ts';
import { day } from '#lib/domain/day.ts';
import { formatEuros } from '#lib/domain/money.ts';
import type { Plan } from '#lib/domain/plan.ts';
import type { Trend } from '#lib/domain/trend.ts';
import { euros } from './books.ts';

const paid = (month: string, amount: number) => ({ month: day(month), amountCents: euros(amount) });
const quarter: Plan = {
	startsOn: day('2022-01-01'),
	endsOn: day('2022-03-31'),
	promisedCents: euros(900),
	instalments: []
};
const stepped: Plan = {
	startsOn: day('2022-02-01'),
	endsOn: day('2022-04-30'),
	promisedCents: euros(100),
	instalments: [{ dueOn: day('2022-02-15'), amountCents: euros(100) }]
};

/** One line a row: day, planned, disbursed, and what the trend expects with its range. */
function book(...given: Parameters<typeof buildCumulativeRows>): string[] {
	return buildCumulativeRows(...given).map(({ on, plannedCents, disbursedCents, projection }) => {
		const disbursed = disbursedCents === null ? '–' : formatEuros(disbursedCents);
		const range = projection && [
			projection.lowCents,
			projection.expectedCents,
			projection.highCents
		];
		const line = [on, formatEuros(plannedCents), disbursed, range?.map(formatEuros).join(' < ')];
		return line.filter(Boolean).join(' | ').replaceAll('\u00A0', ' ');
	});
}

describe('the chart of cumulative disbursements', () => {
	it('begins with nothing at the end of the month before, and stops at the as-of day', () => {
		const monthly = [paid('2022-01-01', 250), paid('2022-02-01', 40)];
		expect(book([quarter], monthly, day('2022-02-10'), null)).toEqual([
			'2021-12-31 | 0 € | 0 €',
			'2022-01-31 | 310 € | 250 €',
			'2022-02-10 | 410 € | 290 €',
			'2022-02-28 | 590 € | –',
			'2022-03-31 | 900 € | –'
		]);
	});

	it('adds several plans, with instalments in steps, from the first to the last', () => {
		expect(book([quarter, stepped], [paid('2022-02-01', 40)], day('2022-03-31'), null)).toEqual(
			[
				'2021-12-31 | 0 € | 0 €',
				'2022-01-31 | 310 € | 0 €',
				'2022-02-28 | 690 € | 40 €',
				'2022-03-31 | 1 000 € | 40 €',
				'2022-04-30 | 1 000 € | –'
			].map((line) => line.replace('1 000', '1\u202F000'))
		);
	});

	it('carries the trend in a straight line from the as-of day to the end', () => {
		const trend: Trend = {
			expectedCents: euros(590),
			lowCents: euros(300),
			highCents: euros(880),
			monthlyRateCents: euros(150),
			months: 12,
			monthsLeft: 2
		};
		expect(book([quarter], [paid('2022-01-01', 10)], day('2022-01-31'), trend)).toEqual([
			'2021-12-31 | 0 € | 0 €',
			'2022-01-31 | 310 € | 10 € | 10 € < 10 € < 10 €',
			'2022-02-28 | 590 € | – | 147,63 € < 285,25 € < 422,88 €',
			'2022-03-31 | 900 € | – | 300 € < 590 € < 880 €'
		]);
	});

	it('carries no trend beyond a plan that has ended', () => {
		const ended: Trend = {
			expectedCents: euros(10),
			lowCents: euros(10),
			highCents: euros(10),
			monthlyRateCents: euros(1),
			months: 12,
			monthsLeft: 0
		};
		for (const asOf of ['2022-03-31', '2023-01-01']) {
			const rows = buildCumulativeRows([quarter], [paid('2022-01-01', 10)], day(asOf), ended);
			expect(rows.map(({ projection }) => projection)).toEqual([null, null, null, null]);
		}
	});

	it('goes on to payments that came after the plan, and not to a later day', () => {
		const late = [paid('2022-03-01', 800), paid('2022-05-01', 100)];
		expect(book([quarter], late, day('2026-11-21'), null).slice(-2)).toEqual([
			'2022-04-30 | 900 € | 800 €',
			'2022-05-31 | 900 € | 900 €'
		]);
	});

	it('shows nothing disbursed before the plan begins', () => {
		expect(book([quarter], [], day('2021-06-30'), null)[0]).toBe('2021-12-31 | 0 € | –');
	});

	it('of no plan at all is empty', () => {
		expect(buildCumulativeRows([], [], day('2022-06-30'), null)).toEqual([]);
	});
});

describe('the chart by year', () => {
	it('sets disbursed beside planned, and keeps a year with neither', () => {
		const two: Plan = {
			...quarter,
			instalments: [{ dueOn: day('2024-03-31'), amountCents: euros(900) }]
		};
		const payments = [paid('2022-02-01', 100), paid('2022-12-01', 50)];
		expect(buildYearRows([two], payments, day('2024-01-01'))).toEqual([
			{ year: 2022, plannedCents: euros(0), disbursedCents: euros(150) },
			{ year: 2023, plannedCents: euros(0), disbursedCents: euros(0) },
			{ year: 2024, plannedCents: euros(900), disbursedCents: euros(0) }
		]);
		expect(buildYearRows([], [], day('2024-01-01'))).toEqual([]);
	});

	it('leaves open what will be disbursed in a year that has not begun', () => {
		const years = buildYearRows([quarter], [paid('2021-12-01', 50)], day('2021-12-31'));
		expect(years.map(({ year, disbursedCents }) => [year, disbursedCents])).toEqual([
			[2021, euros(50)],
			[2022, null]
		]);
	});
});

describe('a measure beside its reference', () => {
	it.each([
		[268, 241, (241 - 268) / 268],
		[391, 391, 0],
		[100, 0, -1],
		[null, 241, null],
		[268, null, null],
		[0, 12, null]
	])('of %s, with %s now, has changed by %s', (baseline, actual, change) => {
		expect(compareToBaseline('mesure', baseline, actual)).toEqual({
			label: 'mesure',
			baseline,
			actual,
			change
		});
	});
});
