import type { ChartConfiguration, ChartDataset } from 'chart.js';
import {
	isSocial,
	PRODUCT_LABELS,
	PRODUCTS,
	STAGE_LABELS,
	STAGES,
	type DwellingCount,
	type Product,
	type Stage
} from '#lib/domain/dwelling.ts';
import { formatCount } from '#lib/domain/numeral.ts';
import { directLabels, type DirectLabel } from './direct-labels.ts';
import { hatch } from './hatch.ts';
import { PALETTE } from './palette.ts';
import type { FigureTable } from './figure-table.ts';
import { CALM, formatCountTick, NAME_AXIS, TICKS, VALUE_AXIS } from './scales.ts';

type Bars = ChartConfiguration<'bar', (number | null)[], string | string[]>;

/** One product and its count at each stage; null where nobody has said. */
type Line = { product: Product; counts: (number | null)[] };

const LOOKS: Record<Stage, Partial<ChartDataset<'bar', (number | null)[]>>> = {
	programmed: { backgroundColor: PALETTE.sheet, borderColor: PALETTE.disbursed, borderWidth: 1 },
	approved: { backgroundColor: hatch },
	started: { backgroundColor: PALETTE.committed, borderColor: PALETTE.disbursed, borderWidth: 1 },
	delivered: { backgroundColor: PALETTE.disbursed }
};

/**
 * Dwellings by product and by the stage they have reached, bars beside each other: a dwelling that is
 * delivered was programmed too, so stages are never stacked. LI stands below, after a gap.
 */
export function dwellingsConfiguration(rows: readonly DwellingCount[]): Bars {
	const lines = withGap(rows);
	return {
		type: 'bar',
		data: {
			labels: lines.map(nameOf),
			datasets: STAGES.map((stage, index) => ({
				label: STAGE_LABELS[stage],
				data: lines.map((line) => line?.counts[index] ?? null),
				maxBarThickness: 16,
				...LOOKS[stage]
			}))
		},
		plugins: [directLabels(buildLabels(lines))],
		options: {
			...CALM,
			indexAxis: 'y',
			scales: {
				x: {
					...VALUE_AXIS,
					grace: '22%',
					ticks: { ...TICKS, precision: 0, maxTicksLimit: 5, callback: formatCountTick }
				},
				y: { ...NAME_AXIS, ticks: { ...TICKS, color: PALETTE.ink } }
			}
		}
	};
}

export function dwellingsTable(rows: readonly DwellingCount[]): FigureTable {
	const lines = withGap(rows).filter((line) => line !== null);
	return {
		caption:
			'Logements par produit et par étape ; un logement livré compte aussi aux étapes d’avant',
		columns: ['Produit', ...STAGES.map((stage) => STAGE_LABELS[stage])],
		rows: lines.map(({ product, counts }) => [
			isSocial(product)
				? PRODUCT_LABELS[product]
				: `${PRODUCT_LABELS[product]} (hors logement social)`,
			...counts.map((value) => (value === null ? 'non renseigné' : formatCount(value)))
		])
	};
}

/** Social housing first, then a gap, then LI. */
function withGap(rows: readonly DwellingCount[]): (Line | null)[] {
	const lineOf = (product: Product): Line[] => {
		const ofProduct = rows.filter((row) => row.product === product);
		if (ofProduct.length === 0) return [];
		const count = (stage: Stage) => ofProduct.find((row) => row.stage === stage)?.dwellings ?? null;
		return [{ product, counts: STAGES.map(count) }];
	};
	const social = PRODUCTS.filter(isSocial).flatMap(lineOf);
	const intermediate = PRODUCTS.filter((product) => !isSocial(product)).flatMap(lineOf);
	return intermediate.length === 0 ? social : [...social, null, ...intermediate];
}

function nameOf(line: Line | null): string | string[] {
	if (!line) return '';
	return isSocial(line.product) ? line.product : [line.product, '(hors logement', 'social)'];
}

/** The count at the end of each bar; on the first product that has one, also the stage. */
function buildLabels(lines: readonly (Line | null)[]): DirectLabel[] {
	return STAGES.flatMap((stage, dataset) => {
		const counts = lines.map((line) => line?.counts[dataset] ?? null);
		const named = counts.findIndex((value) => value !== null);
		return counts.flatMap((value, index) => {
			if (value === null) return [];
			const word = index === named ? ` ${STAGE_LABELS[stage]}` : '';
			return [{ dataset, index, text: formatCount(value) + word, colour: PALETTE.ink, dx: 8 }];
		});
	});
}
