import { describe, expect, it } from 'vitest';
import type { CumulativeRow } from '#lib/domain/chart.ts';
import { day, daysBetween } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import {
	cumulativeConfiguration,
	cumulativeTable
} from '#lib/ui/charts/cumulative-configuration.ts';

const asOf = day('2021-06-30');

const row = (
	on: string,
	planned: number,
	disbursed: number | null,
	projection: [low: number, expected: number, high: number] | null = null
): CumulativeRow => ({
	on: day(on),
	plannedCents: cents(planned * 100),
	disbursedCents: disbursed === null ? null : cents(disbursed * 100),
	projection: projection && {
		lowCents: cents(projection[0] * 100),
		expectedCents: cents(projection[1] * 100),
		highCents: cents(projection[2] * 100)
	}
});

const rows = [
	row('2020-12-31', 0, 0),
	row('2021-06-30', 500_000, 400_000.5, [400_000.5, 400_000.5, 400_000.5]),
	row('2021-12-31', 1_000_000, null, [700_000, 820_000, 900_000])
];

const x = (on: string) => daysBetween(day('2000-01-01'), day(on));

describe('the chart of cumulative disbursements', () => {
	const { data, options } = cumulativeConfiguration(rows, asOf);
	const series = new Map(data.datasets.map(({ label, data }) => [label, data] as const));

	it('draws what was disbursed up to the as-of day, in euros, and nothing after', () => {
		expect(series.get('versé')).toEqual([
			{ x: x('2020-12-31'), y: 0 },
			{ x: x('2021-06-30'), y: 400_000.5 }
		]);
	});

	it('draws the plan over the whole period', () => {
		expect(series.get('prévu')?.map(({ y }) => y)).toEqual([0, 500_000, 1_000_000]);
	});

	it('draws the trend from the as-of day, between its low and its high', () => {
		expect(series.get('tendance')?.map(({ y }) => y)).toEqual([400_000.5, 820_000]);
		expect(series.get('tendance basse')?.at(-1)?.y).toBe(700_000);
		expect(series.get('tendance haute')?.at(-1)?.y).toBe(900_000);
	});

	it('begins at zero and marks the as-of day', () => {
		expect(options?.scales?.['y']).toMatchObject({ beginAtZero: true });
		expect(options?.plugins?.annotation?.annotations).toMatchObject({
			asOf: {
				xMin: x('2021-06-30'),
				xMax: x('2021-06-30'),
				label: { content: '30\u00A0juin 2021' }
			}
		});
	});

	it('draws no plan where none was agreed, rather than a line at zero', () => {
		const unplanned = cumulativeConfiguration(
			[row('2020-12-31', 0, 0), row('2021-06-30', 0, 10)],
			asOf
		);
		expect(unplanned.data.datasets[1]).toMatchObject({ label: 'prévu', data: [] });
	});

	it('stands empty where there is nothing', () => {
		expect(
			cumulativeConfiguration([], asOf).data.datasets.every(({ data }) => data.length === 0)
		).toBe(true);
	});

	it('gives the same rows as a table', () => {
		expect(cumulativeTable(rows, asOf).rows).toEqual([
			['31/12/2020', '0\u00A0€', '0\u00A0€', '–'],
			['30/06/2021', '500\u202F000\u00A0€', '400\u202F000,50\u00A0€', '–'],
			['31/12/2021', '1\u202F000\u202F000\u00A0€', '–', '820\u00A0k€ (700\u00A0k€ à 900\u00A0k€)']
		]);
	});
});
