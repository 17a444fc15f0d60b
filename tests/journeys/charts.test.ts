import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NARROWEST, open, openSite, PHONE, WIDE, type Site } from './site.ts';

const PROGRAMME = '/programmes/action-logement-2020-2022';

let site: Site;
beforeAll(async () => void (site = await openSite()), 180_000);
afterAll(() => site?.close());

describe.each([
	['/', 1],
	[PROGRAMME, 4]
])('the charts of %s', (address, count) => {
	it.each([WIDE, PHONE])(
		'are drawn, each under its finding, and nothing moves, at $width',
		async (viewport) => {
			const { page, faults, context } = await site.enter('elected', { viewport });
			await open(page, address);
			const figures = await page.locator('figure').all();
			expect(figures.length).toBe(count);
			for (const figure of figures) {
				const finding = await figure.getByRole('heading', { level: 3 }).innerText();
				expect(finding.split(' ').length, finding).toBeGreaterThan(4);
				expect(await figure.getByRole('img').getAttribute('aria-label')).toContain(finding);
				expect(await figure.locator('canvas').evaluate(countColours), finding).toBeGreaterThan(5);
			}
			expect(await page.evaluate(sumShifts)).toBeLessThanOrEqual(0.01);
			expect(faults).toEqual([]);
			await context.close();
		}
	);

	it('have the same figures in a table, on demand', async () => {
		const { page, context } = await site.enter('finance', { viewport: NARROWEST });
		await open(page, address);
		for (const figure of await page.locator('figure').all()) {
			expect(await figure.locator('table').isVisible()).toBe(false);
			await figure.getByText('Voir les chiffres').click();
			expect(await figure.locator('table').isVisible()).toBe(true);
			expect(await figure.locator('tbody tr').count()).toBeGreaterThan(1);
		}
		await context.close();
	});
});

describe('on paper', () => {
	it.each([
		['/', 1],
		[PROGRAMME, 5]
	])(
		'%s has no navigation but its tables and charts, its day, and fits A4',
		async (address, most) => {
			const { page, context } = await site.enter('elected');
			await open(page, address);
			await page.emulateMedia({ media: 'print' });
			for (const navigation of await page.getByRole('navigation').all()) {
				expect(await navigation.isVisible()).toBe(false);
			}
			expect(await page.getByRole('button').count()).toBe(0);
			expect(await page.locator('main').innerText()).toContain('30/06/2022');
			for (const shown of await page.locator('main table, main canvas').all()) {
				const folded = await shown.evaluate(
					(element) => element.closest('details:not([open])') !== null
				);
				if (!folded) expect(await shown.isVisible()).toBe(true);
			}
			const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
			const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
			expect(sheets).toBeGreaterThan(0);
			expect(sheets).toBeLessThanOrEqual(most);
			await context.close();
		}
	);
});

/** How far things moved on their own since the page began to load, as a share of the screen. */
function sumShifts(): Promise<number> {
	return new Promise((done) => {
		let sum = 0;
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) if ('value' in entry) sum += Number(entry.value);
		}).observe({ type: 'layout-shift', buffered: true });
		requestAnimationFrame(() => setTimeout(() => done(sum)));
	});
}

/** How many colours are on a canvas; one alone is a blank sheet. */
function countColours(canvas: SVGElement | HTMLElement): number {
	if (!(canvas instanceof HTMLCanvasElement)) return 0;
	const { width, height } = canvas;
	const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
	return new Set(new Uint32Array(Uint8ClampedArray.from(pixels).buffer)).size;
}
