import type { Locator, Page } from 'playwright-core';

/** The figure that stands over a word: `23 596 081,07 €` over “versés, soit 76,1 %”. */
export const keyFigure = (page: Page, word: RegExp): Locator =>
	page
		.locator('dl > div')
		.filter({ has: page.locator('dt').filter({ hasText: word }) })
		.locator('dd .nowrap');

/** What a person reads in a line of a table, a cell an item; what is only for screen readers is left out. */
export async function readCells(row: Locator): Promise<string[]> {
	const cells = await row.locator('th, td').all();
	return Promise.all(
		cells.map(async (cell) => ((await cell.innerText()).split('\n')[0] ?? '').trim())
	);
}

/** The total of the ledger for a nature of entry, over all the rows that answer to the filter. */
export const ledgerTotal = (page: Page, kind: string): Locator =>
	page.locator('tfoot tr').filter({ hasText: kind }).locator('.nowrap');

/** The title of the page, which is its answer. */
export const mainHeading = (page: Page): Promise<string> => page.locator('h1').innerText();

/** Waits until the title of the page says something: the address changes before the page does. */
export const waitForHeading = (page: Page, words: string | RegExp): Promise<void> =>
	page.locator('h1').filter({ hasText: words }).waitFor();
