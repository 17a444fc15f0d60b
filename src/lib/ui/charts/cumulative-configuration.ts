import type { ChartConfiguration, ChartDataset, Point } from 'chart.js';
import type {} from 'chartjs-plugin-annotation';
import type { CumulativeRow, Projection } from '#lib/domain/chart.ts';
import { daysBetween, formatDay, formatDayShort, type Day } from '#lib/domain/day.ts';
import { formatEuros, formatEurosShort, type Cents } from '#lib/domain/money.ts';
import { directLabels, type DirectLabel } from './direct-labels.ts';
import { faint, PALETTE } from './palette.ts';
import type { FigureTable } from './figure-table.ts';
import { CALM, euros, formatEurosTick, NAME_AXIS, TICKS, VALUE_AXIS } from './scales.ts';
import { dayNumber, formatMonthTick, numberedDay, yearTicks } from './time-axis.ts';

const NOT_SAID = '–';
const NO_POINTS = { pointRadius: 0, pointHitRadius: 12, borderWidth: 2 };

/** What was disbursed month after month against what was planned, and where the trend leads. */
export function cumulativeConfiguration(
	rows: readonly CumulativeRow[],
	asOf: Day
): ChartConfiguration<'line', Point[]> {
	const [first, last] = [rows[0]?.on ?? asOf, rows.at(-1)?.on ?? asOf];
	const datasets = buildDatasets(rows);
	return {
		type: 'line',
		data: { datasets },
		plugins: [directLabels(buildLabels(datasets, rows))],
		options: {
			...CALM,
			interaction: { mode: 'nearest', axis: 'x', intersect: false },
			layout: { padding: { top: 8, right: 12 } },
			scales: {
				x: {
					type: 'linear',
					...NAME_AXIS,
					min: dayNumber(first),
					max: dayNumber(last),
					afterBuildTicks: (axis) => {
						axis.ticks = yearTicks(first, last).map((value) => ({ value }));
					},
					ticks: { ...TICKS, maxRotation: 0, callback: (value) => formatMonthTick(Number(value)) }
				},
				y: { ...VALUE_AXIS, ticks: { ...TICKS, maxTicksLimit: 8, callback: formatEurosTick } }
			},
			plugins: {
				tooltip: {
					filter: ({ datasetIndex }) => datasetIndex < 2,
					callbacks: {
						title: ([item]) => (item ? formatDay(numberedDay(item.parsed.x ?? 0)) : ''),
						// Rows without a sum come last, so a point has the index of its row.
						label: ({ datasetIndex, dataIndex }) => {
							const row = rows[dataIndex];
							return datasetIndex === 0
								? `versé ${amount(row?.disbursedCents)}`
								: `prévu ${amount(row?.plannedCents)}`;
						}
					}
				},
				annotation: { clip: false, annotations: { asOf: asOfLine(asOf, first, last) } }
			}
		}
	};
}

/** The same rows as the drawing. */
export function cumulativeTable(rows: readonly CumulativeRow[], asOf: Day): FigureTable {
	return {
		caption: `Sommes cumulées, situation au ${formatDay(asOf)}`,
		columns: ['À la fin du', 'Prévu', 'Versé', 'Tendance (fourchette)'],
		rows: rows.map(({ on, plannedCents, disbursedCents, projection }) => [
			formatDayShort(on),
			amount(plannedCents),
			amount(disbursedCents),
			projection && on > asOf ? range(projection) : NOT_SAID
		])
	};
}

function buildDatasets(rows: readonly CumulativeRow[]): ChartDataset<'line', Point[]>[] {
	const points = (read: (row: CumulativeRow) => Cents | null | undefined): Point[] =>
		rows.flatMap((row) => {
			const value = read(row) ?? null;
			return value === null ? [] : [{ x: dayNumber(row.on), y: euros(value) }];
		});
	const isPlanned = rows.some(({ plannedCents }) => plannedCents !== 0n);
	const band = { ...NO_POINTS, borderWidth: 0, pointHitRadius: 0 };
	return [
		{
			...NO_POINTS,
			label: 'versé',
			data: points(({ disbursedCents }) => disbursedCents),
			borderColor: PALETTE.disbursed,
			borderWidth: 3,
			backgroundColor: faint('disbursed', 0.1),
			fill: 'origin'
		},
		{
			...NO_POINTS,
			label: 'prévu',
			data: isPlanned ? points(({ plannedCents }) => plannedCents) : [],
			borderColor: PALETTE.mustard,
			borderDash: [2, 4]
		},
		{
			...NO_POINTS,
			label: 'tendance',
			data: points(({ projection }) => projection?.expectedCents),
			borderColor: PALETTE.disbursed,
			borderDash: [7, 5]
		},
		{ ...band, label: 'tendance basse', data: points(({ projection }) => projection?.lowCents) },
		{
			...band,
			label: 'tendance haute',
			data: points(({ projection }) => projection?.highCents),
			backgroundColor: faint('disbursed', 0.18),
			fill: '-1'
		}
	];
}

/** `versé` under its line, `prévu` above its own, the trend at its end. */
function buildLabels(
	datasets: readonly ChartDataset<'line', Point[]>[],
	rows: readonly CumulativeRow[]
): DirectLabel[] {
	const length = (dataset: number) => datasets[dataset]?.data.length ?? 0;
	const expected = rows.at(-1)?.projection?.expectedCents;
	const words: DirectLabel[] = [
		{
			dataset: 0,
			index: Math.floor(length(0) * 0.7),
			text: 'versé',
			colour: PALETTE.disbursed,
			dx: 10,
			dy: 16
		},
		{
			dataset: 1,
			index: Math.floor(length(1) * 0.35),
			text: 'prévu',
			colour: PALETTE['mustard-ink'],
			dx: -10,
			dy: -14,
			align: 'right'
		}
	];
	if (expected === undefined) return words;
	const end = {
		dataset: 3,
		index: length(3) - 1,
		colour: PALETTE.disbursed,
		align: 'right' as const
	};
	return [
		...words,
		{ ...end, text: 'tendance', dy: 24 },
		{ ...end, text: formatEurosShort(expected), dy: 39 }
	];
}

/** An expectation is never more precise than this: `28,1 M€ (26,1 M€ à 29,4 M€)`. */
const range = ({ expectedCents, lowCents, highCents }: Projection): string =>
	`${formatEurosShort(expectedCents)} (${formatEurosShort(lowCents)} à ${formatEurosShort(highCents)})`;

function asOfLine(asOf: Day, first: Day, last: Day) {
	const content = formatDay(asOf);
	const late = daysBetween(first, asOf) * 2 > daysBetween(first, last);
	return {
		type: 'line' as const,
		xMin: dayNumber(asOf),
		xMax: dayNumber(asOf),
		borderColor: PALETTE.ink,
		borderWidth: 1.5,
		label: {
			display: true,
			content,
			position: 'end' as const,
			xAdjust: (late ? -1 : 1) * (content.length * 3.4 + 8),
			backgroundColor: PALETTE.paper,
			color: PALETTE.ink,
			font: { ...TICKS.font, weight: 500 },
			padding: 2
		}
	};
}

const amount = (value: Cents | null | undefined): string =>
	value === null || value === undefined ? NOT_SAID : formatEuros(value);
