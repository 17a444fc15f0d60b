import { afterAll, beforeAll, expect, it } from 'vitest';
import { day, formatDay, formatDayShort } from '#lib/domain/day.ts';
import { listViolations } from './findings.ts';
import { readPlaces } from './places.ts';
import { keyFigure, ledgerTotal, mainHeading, readCells } from './reading.ts';
import { follow, openSite, PHONE, signIn, WIDE, type Site } from './site.ts';

let site: Site;
beforeAll(async () => void (site = await openSite()), 180_000);
afterAll(() => site?.close());

const SIGNED_OUT = /\/connexion$/;

it('signs in, reads another day and the ledger, and signs out, all by forms and links', async () => {
	const { page, context } = await site.enter(null, { javaScriptEnabled: false });
	await page.goto('/connexion');
	await signIn(page, 'finance');
	expect(await mainHeading(page)).toContain(formatDay(day('2022-06-30')));

	await page.getByText('Autre date…').click();
	await page.getByLabel('Situation au', { exact: true }).fill('2021-09-30');
	await page.getByRole('button', { name: 'Voir' }).click();
	await page.waitForURL(/au=2021-09-30/);
	expect(new URL(page.url()).search, 'a field left empty').toBe('?au=2021-09-30');
	expect(await mainHeading(page)).toContain(formatDay(day('2021-09-30')));

	await follow(page.getByRole('link', { name: /^Parcours résidentiel/ }).first());
	expect(page.url()).toContain('au=2021-09-30');
	await page.getByLabel('Nature').selectOption('versement');
	await page.getByLabel('Exercice').selectOption('2021');
	await follow(page.getByRole('button', { name: 'Filtrer' }));
	const filtered = await ledgerTotal(page, 'versement').innerText();
	expect(await page.getByRole('status').innerText()).toContain(filtered);
	expect(page.url(), 'fields left empty').not.toContain('texte=');

	await follow(page.getByRole('link', { name: 'Trier par Montant' }));
	expect(await page.locator('thead [aria-sort]').innerText()).toContain('Montant');
	expect(await ledgerTotal(page, 'versement').innerText()).toBe(filtered);

	await page.getByRole('button', { name: 'Se déconnecter' }).click();
	await page.waitForURL(SIGNED_OUT);
	await page.goto('/');
	expect(page.url()).toMatch(SIGNED_OUT);
	await context.close();
});

it('turns the pages of a ledger, each with the totals of all', async () => {
	const { page, context } = await site.enter('finance', { javaScriptEnabled: false });
	const { envelopes } = await readPlaces(context.request);
	await page.goto(`/enveloppes/${envelopes[0]?.id}`);
	const total = await ledgerTotal(page, 'versement').innerText();
	const seen = new Set<string>();
	const count = Number(/^\d+/.exec(await page.getByRole('status').innerText())?.[0]);
	for (;;) {
		for (const row of await page.locator('tbody tr').all()) {
			seen.add((await row.getAttribute('id')) ?? '');
		}
		expect(await ledgerTotal(page, 'versement').innerText()).toBe(total);
		const next = page.getByRole('link', { name: 'Page suivante' });
		if ((await next.count()) === 0) break;
		await follow(next);
	}
	expect(seen.size).toBe(count);
	await follow(page.getByRole('link', { name: 'Première page' }));
	await context.close();
});

it('reads the figures of a chart in its table, which stands in for the drawing', async () => {
	const { page, context } = await site.enter('elected', { javaScriptEnabled: false });
	await page.goto('/');
	const table = page.locator('figure table');
	expect(await table.isVisible()).toBe(true);
	expect(await page.locator('figure [role=img]').isVisible()).toBe(false);
	const asOf = table.getByRole('row').filter({ hasText: formatDayShort(day('2022-06-30')) });
	expect(await readCells(asOf)).toContain(await keyFigure(page, /^versés/).innerText());

	await page.goto('/programmes/action-logement-2020-2022');
	const figures = await page.locator('figure').all();
	expect(figures.length).toBe(4);
	for (const figure of figures) {
		expect(await figure.locator('table').isVisible()).toBe(true);
		expect(await figure.locator('[role=img]').isVisible()).toBe(false);
	}
	await context.close();
});

it('is told what is wrong with a form', async () => {
	const { page, context } = await site.enter(null, { javaScriptEnabled: false });
	await page.goto('/connexion');
	await page.getByLabel('Adresse électronique').fill('finances@demo.example');
	await page.getByLabel('Mot de passe').fill('un mauvais mot de passe');
	await page.getByRole('button', { name: 'Se connecter' }).click();
	expect(await page.getByRole('alert').isVisible()).toBe(true);
	expect(await page.title()).toMatch(/^Erreur/);
	expect(await page.getByLabel('Adresse électronique').inputValue()).toBe('finances@demo.example');
	expect(await page.getByLabel('Mot de passe').inputValue()).toBe('');
	await context.close();
});

it.each([WIDE, PHONE])(
	'finds no fault in pages whose scripts never ran, at $width',
	async (viewport) => {
		const { page, context } = await site.enter('finance', { viewport });
		// The rules are a script themselves: scripts are held back while the page loads, and let go for the rules.
		const devtools = await context.newCDPSession(page);
		const holdScripts = (value: boolean) =>
			devtools.send('Emulation.setScriptExecutionDisabled', { value });
		const { programmes, envelopes, deliberations } = await readPlaces(context.request);
		for (const address of [
			'/',
			`/programmes/${programmes[0]?.slug}`,
			`/enveloppes/${envelopes[0]?.id}?nature=dotation`,
			`/deliberations/${deliberations[0]?.id}`
		]) {
			await holdScripts(true);
			await page.goto(address);
			await holdScripts(false);
			await page.evaluate(() => {
				for (const details of document.querySelectorAll('details')) details.open = true;
			});
			expect(await listViolations(page), address).toEqual([]);
		}
		await context.close();
	}
);
