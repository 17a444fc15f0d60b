import type { Chart, Plugin } from 'chart.js';
import { PALETTE } from './palette.ts';

/** Words beside a point or a bar, instead of a legend. */
export type DirectLabel = {
	dataset: number;
	index: number;
	text: string;
	colour: string;
	/** Where the words stand from the point, in pixels of the page. */
	dx?: number;
	dy?: number;
	align?: 'left' | 'center' | 'right';
};

const LABEL_FONT = '500 12px "Inter Variable", "Inter Fallback", sans-serif';

/** Writes words beside points and bars, on a halo of paper so that no line makes them illegible. */
export const directLabels = (labels: readonly DirectLabel[]): Plugin => ({
	id: 'directLabels',
	afterDatasetsDraw(chart) {
		const taken: Box[] = [];
		chart.ctx.save();
		for (const label of labels) writeLabel(chart, label, taken);
		chart.ctx.restore();
	}
});

type Box = { left: number; right: number; y: number };

const LINE = 14;

function writeLabel(chart: Chart, label: DirectLabel, taken: Box[]): void {
	const { dataset, index, text, colour, dx = 0, dy = 0, align = 'left' } = label;
	const point = chart.getDatasetMeta(dataset).data[index];
	if (!point) return;
	const { ctx } = chart;
	ctx.font = LABEL_FONT;
	const length = ctx.measureText(text).width;
	const wanted = point.x + dx - length * { left: 0, center: 0.5, right: 1 }[align];
	const left = Math.max(0, Math.min(wanted, chart.width - length));
	const box = { left, right: left + length, y: point.y + dy };
	// Words above neighbouring bars step up rather than write over each other.
	while (align === 'center' && taken.some((other) => areTouching(box, other))) box.y -= LINE;
	taken.push(box);
	ctx.textAlign = 'left';
	ctx.textBaseline = 'middle';
	ctx.lineJoin = 'round';
	ctx.lineWidth = 4;
	ctx.strokeStyle = PALETTE.paper;
	ctx.fillStyle = colour;
	ctx.strokeText(text, left, box.y);
	ctx.fillText(text, left, box.y);
}

const areTouching = (one: Box, other: Box): boolean =>
	one.left < other.right + 2 && other.left < one.right + 2 && Math.abs(one.y - other.y) < LINE;
