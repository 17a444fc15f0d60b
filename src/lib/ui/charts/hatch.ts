import type { Chart } from 'chart.js';
import { PALETTE } from './palette.ts';

/** The hatching of what is committed or approved and not yet there: the same as in the bars. */
export function hatch({ chart }: { chart: Chart }): CanvasPattern | string {
	const tile = document.createElement('canvas');
	tile.width = 8;
	tile.height = 8;
	const pen = tile.getContext('2d');
	if (!pen) return PALETTE.committed;
	pen.fillStyle = PALETTE.committed;
	pen.fillRect(0, 0, 8, 8);
	pen.strokeStyle = PALETTE.disbursed;
	pen.lineWidth = 1.5;
	for (const start of [-8, 0, 8]) {
		pen.moveTo(start - 2, 10);
		pen.lineTo(start + 10, -2);
	}
	pen.stroke();
	return chart.ctx.createPattern(tile, 'repeat') ?? PALETTE.committed;
}
