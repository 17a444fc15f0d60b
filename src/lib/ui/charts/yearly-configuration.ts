import type { ChartConfiguration } from 'chart.js';
import type { YearRow } from '#lib/domain/chart.ts';
import { formatEuros, formatEurosShort, type Cents } from '#lib/domain/money.ts';
import { directLabels, type DirectLabel } from './direct-labels.ts';
import { PALETTE } from './palette.ts';
import type { FigureTable } from './figure-table.ts';
import { CALM, euros, formatEurosTick, NAME_AXIS, TICKS, VALUE_AXIS } from './scales.ts';

type Bars = ChartConfiguration<'bar', (number | null)[], string>;

/** Beyond this many years the amounts above the bars would touch; the table still has them. */
const MOST_LABELLED_YEARS = 5;

/** What was planned for each year beside what was disbursed in it. */
export function yearlyConfiguration(rows: readonly YearRow[]): Bars {
	return {
		type: 'bar',
		data: {
			labels: rows.map(({ year }) => String(year)),
			datasets: [
				{
					label: 'prévu',
					data: rows.map(({ plannedCents }) => euros(plannedCents)),
					backgroundColor: PALETTE['mustard-wash'],
					borderColor: PALETTE.mustard,
					borderWidth: 1.5,
					maxBarThickness: 72
				},
				{
					label: 'versé',
					data: rows.map(({ disbursedCents }) =>
						disbursedCents === null ? null : euros(disbursedCents)
					),
					backgroundColor: PALETTE.disbursed,
					maxBarThickness: 72
				}
			]
		},
		plugins: [directLabels(buildLabels(rows))],
		options: {
			...CALM,
			layout: { padding: { top: 36 } },
			scales: {
				x: { ...NAME_AXIS, ticks: TICKS },
				y: { ...VALUE_AXIS, ticks: { ...TICKS, maxTicksLimit: 6, callback: formatEurosTick } }
			},
			plugins: {
				tooltip: {
					callbacks: {
						label: ({ datasetIndex, dataIndex }) =>
							datasetIndex === 0
								? `prévu ${amount(rows[dataIndex]?.plannedCents)}`
								: `versé ${amount(rows[dataIndex]?.disbursedCents)}`
					}
				}
			}
		}
	};
}

export function yearlyTable(rows: readonly YearRow[]): FigureTable {
	return {
		caption: 'Sommes prévues et versées par année',
		columns: ['Année', 'Prévu', 'Versé'],
		rows: rows.map((row) => [
			String(row.year),
			amount(row.plannedCents),
			amount(row.disbursedCents)
		])
	};
}

/** Amounts above the bars, and above those of the first year the word for each bar. */
function buildLabels(rows: readonly YearRow[]): DirectLabel[] {
	const series = [
		{
			dataset: 0,
			word: 'prévu',
			colour: PALETTE['mustard-ink'],
			read: (row: YearRow) => row.plannedCents
		},
		{
			dataset: 1,
			word: 'versé',
			colour: PALETTE.disbursed,
			read: (row: YearRow) => row.disbursedCents
		}
	];
	return series.flatMap(({ dataset, word, colour, read }) => {
		const place = { dataset, colour, align: 'center' as const };
		const drawn = rows.flatMap((row, index) => {
			const value = read(row);
			return value ? [{ index, value }] : [];
		});
		const amounts = rows.length > MOST_LABELLED_YEARS ? [] : drawn;
		return [
			...amounts.map(({ index, value }) => ({
				...place,
				index,
				text: formatEurosShort(value),
				dy: -10
			})),
			...drawn.slice(0, 1).map(({ index }) => ({ ...place, index, text: word, dy: -26 }))
		];
	});
}

const amount = (value: Cents | null | undefined): string =>
	value == null ? '–' : formatEuros(value);
