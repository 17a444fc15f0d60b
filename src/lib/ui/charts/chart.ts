import type { Chart, ChartConfiguration, ChartType, DefaultDataPoint } from 'chart.js';
import type { Attachment } from 'svelte/attachments';

/** The width of a sheet of A4 between its margins, in pixels; the height is the style’s, see Figure.svelte. */
const SHEET_WIDTH = 680;

/**
 * Draws on a canvas: `{@attach chart(() => cumulativeConfiguration(rows))}`. Chart.js is loaded
 * here, so neither the server nor a page without a chart pays for it. When it cannot be loaded, the table stands in.
 */
export const chart =
	<Kind extends ChartType, Data = DefaultDataPoint<Kind>, Label = unknown>(
		build: () => ChartConfiguration<Kind, Data, Label>
	): Attachment<HTMLCanvasElement> =>
	(canvas) => {
		const configuration = build();
		const end = new AbortController();
		let drawing: Chart<Kind, Data, Label> | undefined;

		const draw = async () => {
			const [{ Chart }] = await Promise.all([
				import('./registered-chart.ts'),
				// So that the letters are measured in the font they are shown in; any other is no reason to stop.
				document.fonts.load('500 12px "Inter Variable"').catch(() => [])
			]);
			if (!end.signal.aborted) drawing = new Chart(canvas, configuration);
		};
		draw().catch((error: unknown) => {
			reportError(error);
			canvas.closest('figure')?.querySelector('details')?.setAttribute('open', '');
		});

		const forPaper = () => {
			const height = getComputedStyle(canvas).getPropertyValue('--paper-height');
			drawing?.resize(SHEET_WIDTH, Number(height));
		};
		window.addEventListener('beforeprint', forPaper, end);
		window.addEventListener('afterprint', () => drawing?.resize(), end);
		return () => {
			end.abort();
			drawing?.destroy();
		};
	};
