import type { ChartConfiguration } from 'chart.js';
import type { BaselineRow } from '#lib/domain/chart.ts';
import { formatCount } from '#lib/domain/numeral.ts';
import { formatChange } from '#lib/domain/rate.ts';
import { directLabels, type DirectLabel } from './direct-labels.ts';
import { PALETTE } from './palette.ts';
import type { FigureTable } from './figure-table.ts';
import { CALM, formatCountTick, NAME_AXIS, TICKS, VALUE_AXIS } from './scales.ts';
import { wrapWords } from './wrap-words.ts';

type Bars = ChartConfiguration<'bar', (number | null)[], string[]>;

/** The two periods in words: `2017–2019` and `2020–2022`. They need not be equally long: say so. */
export type Periods = { baseline: string; actual: string };

/** How many aids each measure gave, beside the reference period. A reference is not a target. */
export function baselineConfiguration(rows: readonly BaselineRow[], periods: Periods): Bars {
	return {
		type: 'bar',
		data: {
			labels: rows.map(({ label }) => wrapWords(label, 20)),
			datasets: [
				{
					label: periods.baseline,
					data: rows.map(({ baseline }) => baseline),
					backgroundColor: PALETTE['mustard-wash'],
					borderColor: PALETTE.mustard,
					borderWidth: 1.5,
					maxBarThickness: 22
				},
				{
					label: periods.actual,
					data: rows.map(({ actual }) => actual),
					backgroundColor: PALETTE.disbursed,
					maxBarThickness: 22
				}
			]
		},
		plugins: [directLabels(buildLabels(rows, periods))],
		options: {
			...CALM,
			indexAxis: 'y',
			scales: {
				x: {
					...VALUE_AXIS,
					grace: '25%',
					ticks: { ...TICKS, maxTicksLimit: 5, callback: formatCountTick }
				},
				y: { ...NAME_AXIS, ticks: { ...TICKS, color: PALETTE.ink } }
			},
			plugins: {
				tooltip: {
					callbacks: {
						label: ({ datasetIndex, dataIndex }) => {
							const row = rows[dataIndex];
							return datasetIndex === 0
								? `${periods.baseline} : ${count(row?.baseline ?? null)}`
								: `${periods.actual} : ${count(row?.actual ?? null)}`;
						}
					}
				}
			}
		}
	};
}

export function baselineTable(rows: readonly BaselineRow[], periods: Periods): FigureTable {
	return {
		caption: `Nombre d’aides par mesure, ${periods.actual} et période de référence ${periods.baseline}`,
		columns: ['Mesure', `Référence ${periods.baseline}`, periods.actual, 'Écart'],
		rows: rows.map((row) => [
			row.label,
			count(row.baseline),
			count(row.actual),
			formatChange(row.change)
		])
	};
}

/** The count at the end of each bar, and the period on the first bar of each kind. */
function buildLabels(rows: readonly BaselineRow[], periods: Periods): DirectLabel[] {
	const series = [
		{
			dataset: 0,
			period: `en ${periods.baseline}`,
			colour: PALETTE['mustard-ink'],
			counts: rows.map(({ baseline }) => baseline)
		},
		{
			dataset: 1,
			period: `en ${periods.actual}`,
			colour: PALETTE.disbursed,
			counts: rows.map(({ actual }) => actual)
		}
	];
	return series.flatMap(({ dataset, period, colour, counts }) => {
		const named = counts.findIndex((value) => value !== null);
		return counts.flatMap((value, index) => {
			if (value === null) return [];
			const text = index === named ? `${formatCount(value)} ${period}` : formatCount(value);
			return [{ dataset, index, text, colour, dx: 8 }];
		});
	});
}

const count = (value: number | null): string =>
	value === null ? 'non renseigné' : formatCount(value);
