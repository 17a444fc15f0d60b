import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, formatDay } from '#lib/domain/day.ts';
import { cents, formatEuros, sumCents, type Cents } from '#lib/domain/money.ts';
import { readEntries, readPlaces } from './places.ts';
import { keyFigure, ledgerTotal, readCells, waitForHeading } from './reading.ts';
import { follow, open, openSite, settle, type Site } from './site.ts';

let site: Site;
beforeAll(async () => void (site = await openSite()), 180_000);
afterAll(() => site?.close());

/** `"15000000.00"` → 1500000000n. */
const fromApi = (amount: string): Cents => cents(amount.replace('.', ''));

describe('a figure', () => {
	it('leads from the dashboard to its entry in the ledger, and on to the sentence of the act', async () => {
		const { page, faults, context } = await site.enter('elected');
		await open(page, '/');
		const disbursed = keyFigure(page, /^versés/);
		const total = await disbursed.innerText();

		await follow(disbursed);
		await waitForHeading(page, `Versé : ${total}`);
		await follow(page.locator('table').getByRole('link').first());
		const entry = page.locator('.entries li').first();
		const amount = await entry.locator('.amount').innerText();
		await follow(entry.getByRole('link'));
		const row = page.locator('tbody tr:target');
		expect(await row.innerText()).toContain(amount);
		expect(await row.isVisible()).toBe(true);

		await follow(page.getByRole('navigation', { name: 'Fil d’Ariane' }).getByRole('link').nth(1));
		await waitForHeading(page, 'Action Logement 2020-2022');
		const mark = page.getByRole('link', { name: /^source : délibération du 17 décembre 2020/ });
		const quote = /«\s(.*)\s»/.exec((await mark.first().getAttribute('aria-label')) ?? '')?.[1];
		const programme = page.url();
		await follow(mark.first());
		expect(await readTarget(page)).toBe(quote);

		await page.goBack();
		expect(page.url()).toBe(programme);
		await waitForHeading(page, 'Action Logement 2020-2022');
		expect(faults).toEqual([]);
		await context.close();
	});

	it('that was promised leads to the words that promise it', async () => {
		const { page, context } = await site.enter('finance');
		const { envelopes } = await readPlaces(context.request);
		for (const { label, promised } of envelopes) {
			await open(page, '/');
			const line = page.getByRole('listitem').filter({ hasText: label }).first();
			await follow(line.getByRole('link', { name: /promis, d’où vient ce chiffre/ }));
			await waitForHeading(page, `Promis : ${formatEuros(fromApi(promised))}`);
			const act = page.getByRole('region', { name: 'Dans les actes' }).getByRole('link').first();
			await follow(act);
			expect(await readTarget(page), label).toMatch(/15 M€|494 000/);
		}
		await context.close();
	});

	it('is the same to the cent on the dashboard, where it is explained, in the ledger and in the API', async () => {
		const { page, context } = await site.enter('finance');
		const { envelopes } = await readPlaces(context.request, '?au=2021-12-31');
		await open(page, '/?au=2021-12-31');
		const line = (label: string) => page.getByRole('listitem').filter({ hasText: label }).first();
		for (const { label, disbursed, promised } of envelopes) {
			const text = await line(label).innerText();
			expect(text).toContain(formatEuros(fromApi(disbursed)));
			expect(text).toContain(formatEuros(fromApi(promised)));
		}
		const all = formatEuros(sumCents(envelopes.map(({ disbursed }) => fromApi(disbursed))));
		expect(await keyFigure(page, /^versés/).innerText()).toBe(all);

		for (const { id, disbursed, committed, promised } of envelopes) {
			await open(page, `/chiffres/verse?enveloppe=${id}&au=2021-12-31`);
			await waitForHeading(page, `Versé : ${formatEuros(fromApi(disbursed))}`);
			await open(page, `/enveloppes/${id}?au=2021-12-31`);
			expect({
				dotation: await ledgerTotal(page, 'dotation').innerText(),
				engagement: await ledgerTotal(page, 'engagement').innerText(),
				versement: await ledgerTotal(page, 'versement').innerText()
			}).toEqual({
				dotation: formatEuros(fromApi(promised)),
				engagement: formatEuros(fromApi(committed)),
				versement: formatEuros(fromApi(disbursed))
			});
		}
		await context.close();
	});

	it('of several envelopes shows each, and leads to it', async () => {
		const { page, context } = await site.enter('elected');
		await open(page, '/programmes');
		const programme = page.getByRole('listitem').filter({ hasText: 'Action Logement 2020-2022' });
		await follow(programme.getByRole('link', { name: /versés, d’où vient ce chiffre/ }));
		for (const figure of ['verse', 'taux-execution', 'tendance']) {
			await open(page, page.url().replace(/chiffres\/[a-z-]+/, `chiffres/${figure}`));
			const parts = await page.locator('.parts tbody tr').all();
			expect(parts.length, page.url()).toBe(2);
			for (const part of parts) expect((await readCells(part))[1]).toMatch(/^\d.*[€%]$/);
		}
		const value = await page.locator('.parts td').first().innerText();
		await follow(page.locator('.parts').getByRole('link').first());
		await waitForHeading(page, `Tendance : ${value}`);
		await context.close();
	});
});

describe('the date of the figures', () => {
	it('is chosen by a click, is in the address, and Back undoes it', async () => {
		const { page, faults, context } = await site.enter('finance');
		await open(page, '/');
		const dates = page.getByRole('navigation', { name: 'Date de la situation' });
		await follow(dates.getByRole('link', { name: '31/12/2021' }));
		expect(new URL(page.url()).search).toBe('?au=2021-12-31');
		await waitForHeading(page, `Au ${formatDay(day('2021-12-31'))}`);
		expect(await dates.locator('[aria-current]').innerText()).toBe('31/12/2021');

		await follow(page.getByRole('link', { name: 'Logement d’abord', exact: true }));
		expect(new URL(page.url()).searchParams.get('au')).toBe('2021-12-31');
		await page.goBack();
		await page.goBack();
		await waitForHeading(page, `Au ${formatDay(day('2022-06-30'))}`);
		expect(faults).toEqual([]);
		await context.close();
	});

	it('is any day that one types', async () => {
		const { page, context } = await site.enter('finance');
		await open(page, '/');
		await page.getByText('Autre date…').click();
		await page.getByLabel('Situation au', { exact: true }).fill('2021-05-05');
		await follow(page.getByRole('button', { name: 'Voir' }));
		await waitForHeading(page, `Au ${formatDay(day('2021-05-05'))}`);
		expect(new URL(page.url()).search).toBe('?au=2021-05-05');
		const { envelopes } = await readPlaces(context.request, '?au=2021-05-05');
		const all = formatEuros(sumCents(envelopes.map(({ disbursed }) => fromApi(disbursed))));
		expect(await keyFigure(page, /^versés/).innerText()).toBe(all);
		await context.close();
	});

	it('keeps what was known on a day apart from what was found later', async () => {
		const { page, context } = await site.enter('finance');
		const { envelopes } = await readPlaces(context.request, '?au=2022-06-30');
		const entries = await Promise.all(
			envelopes.map(({ id }) => readEntries(context.request, id, 'au=2022-06-30'))
		);
		const foundLater = entries
			.flat()
			.filter(
				({ kind, recorded_at }) => kind === 'disbursement' && recorded_at > '2022-07-15T22:00'
			);
		expect(foundLater.length).toBeGreaterThan(0);

		await open(page, '/?au=2022-06-30');
		const now = await keyFigure(page, /^versés/).innerText();
		await open(page, '/?au=2022-06-30&connu=2022-07-15');
		const then = await keyFigure(page, /^versés/).innerText();
		expect(then).not.toBe(now);
		const sums = envelopes.map(({ disbursed }) => fromApi(disbursed));
		const later = sumCents(foundLater.map(({ amount }) => fromApi(amount)));
		expect(now).toBe(formatEuros(sumCents(sums)));
		expect(then).toBe(formatEuros(cents(sumCents(sums) - later)));

		expect(await page.locator('main').innerText()).toContain('Telle que connue le 15/07/2022');
		await follow(page.getByRole('link', { name: 'Voir avec ce que l’on sait aujourd’hui' }));
		expect(await keyFigure(page, /^versés/).innerText()).toBe(now);
		await context.close();
	});

	it.each([
		['/?au=2022-02-30', 'La date demandée n’existe pas'],
		['/?connu=hier', 'La date de connaissance demandée n’existe pas'],
		['/programmes/action-logement-2020-2022?au=2022-13-01', 'La date demandée n’existe pas']
	])('falls back when there is no such day, and says so: %s', async (address, note) => {
		const { page, context } = await site.enter('elected');
		expect(await open(page, address)).toBe(200);
		expect(await page.locator('main').innerText()).toContain(note);
		expect(await page.locator('[aria-current="date"]').innerText()).toBe('30/06/2022');
		await context.close();
	});
});

it('of the ledger, its filter, its order and its page are in the address, and Back undoes each', async () => {
	const { page, faults, context } = await site.enter('finance');
	const { envelopes } = await readPlaces(context.request);
	await open(page, `/enveloppes/${envelopes[0]?.id}`);
	await page.getByLabel('Nature').selectOption('versement');
	await follow(page.getByRole('button', { name: 'Filtrer' }));
	const filtered = page.url();
	expect(new URL(filtered).searchParams.get('nature')).toBe('versement');
	const result = page.getByRole('status');
	expect(await result.innerText()).toContain('nature\u00a0: versement');

	await follow(page.getByRole('link', { name: 'Trier par Montant' }));
	const firstPage = await readColumn(page, 5);
	await follow(page.getByRole('link', { name: 'Page suivante' }));
	await page.waitForFunction(
		(first) => document.querySelector('tbody tr td.numeric .nowrap')?.textContent !== first,
		firstPage[0]
	);
	const secondPage = await readColumn(page, 5);
	const amounts = [...firstPage, ...secondPage].map(toNumber);
	expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));

	await page.goBack();
	await page.goBack();
	await page.waitForURL(filtered);
	expect(faults).toEqual([]);
	await context.close();
});

async function readColumn(page: Page, place: number): Promise<string[]> {
	await settle(page);
	const rows = await page.locator('tbody tr').all();
	return Promise.all(rows.map(async (row) => (await readCells(row))[place] ?? ''));
}

const toNumber = (text: string): number =>
	Number(
		text
			.replaceAll(/[^\d,−]/g, '')
			.replace(',', '.')
			.replace('−', '-')
	);

/** The words highlighted in an act, which must be in sight. */
async function readTarget(page: Page): Promise<string> {
	const target = page.locator('mark:target').first();
	await target.waitFor();
	await page.waitForFunction(() => {
		const box = document.querySelector('mark:target')?.getBoundingClientRect();
		return box && box.top >= 0 && box.bottom <= window.innerHeight;
	});
	return target.innerText();
}
