import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../support/people.ts';
import { listViolations } from './findings.ts';
import { open, openSite, PHONE, WIDE, type Site } from './site.ts';

/** The third undertaking of the demonstration, of which nobody has said anything. */
let address: string;
let site: Site;

beforeAll(async () => {
	site = await openSite();
	const [row] = await ask<{ id: string }>(
		site.database,
		'select id from undertakings where position = 3'
	);
	address = `/engagements/${row?.id}`;
}, 180_000);
afterAll(() => site?.close());

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n');

describe('an undertaking', () => {
	it('is reported by a partner with evidence, confirmed by finance and counted for everybody', async () => {
		const partner = await site.enter('partner', { viewport: PHONE });
		await open(partner.page, address);
		await partner.page.getByLabel('Date du fait').fill('2022-06-20');
		await partner.page.getByLabel('Ce qui a été fait').fill('Forum de l’emploi tenu à Dijon.');
		await partner.page.getByLabel('Où en est l’engagement, selon vous').selectOption('kept');
		await partner.page
			.getByLabel('Pièces')
			.setInputFiles({ name: 'forum.pdf', mimeType: 'application/pdf', buffer: PDF });
		await partner.page.getByRole('button', { name: 'Transmettre' }).click();
		await partner.page.getByText('C’est enregistré.').waitFor();
		expect(await partner.page.locator('h1').innerText()).toContain('suivi non renseigné');
		expect(await listViolations(partner.page)).toEqual([]);

		const elected = await site.enter('elected');
		await open(elected.page, address);
		expect(await elected.page.locator('main').innerText()).not.toContain('Forum');
		await open(elected.page, '/');
		const before = await elected.page.locator('dl').first().innerText();

		const finance = await site.enter('finance');
		await open(finance.page, '/engagements');
		await finance.page.getByText('1 proposition attend une réponse').last().waitFor();
		await open(finance.page, address);
		const [download] = await Promise.all([
			finance.page.waitForEvent('download'),
			finance.page.getByRole('link', { name: 'forum.pdf' }).first().click()
		]);
		expect(await readFile(await download.path())).toEqual(PDF);
		await finance.page.getByRole('button', { name: 'Confirmer' }).click();
		await finance.page.getByText('La proposition est confirmée').waitFor();
		expect(await finance.page.locator('h1').innerText()).toContain('tenu');
		expect(await listViolations(finance.page)).toEqual([]);

		await open(elected.page, '/');
		expect(before).toContain('2 sur 6');
		expect(await elected.page.locator('dl').first().innerText()).toContain('3 sur 6');
		await open(elected.page, '/?au=2022-06-19');
		expect(await elected.page.locator('dl').first().innerText()).toContain('2 sur 6');
		await open(elected.page, address);
		expect(await elected.page.locator('main').innerText()).toContain('Forum');
		for (const { faults } of [partner, finance, elected]) expect(faults).toEqual([]);
		await Promise.all([partner, finance, elected].map(({ context }) => context.close()));
	});

	it('keeps what was typed where something is missing, without script too', async () => {
		for (const javaScriptEnabled of [true, false]) {
			const { page, context } = await site.enter('finance', { viewport: WIDE, javaScriptEnabled });
			await (javaScriptEnabled ? open(page, address) : page.goto(address));
			await page.getByLabel('Ce qui a été fait').fill('Rencontre annuelle');
			await page.getByRole('button', { name: 'Enregistrer le fait' }).click();
			await page.getByRole('alert').waitFor();
			expect(await page.getByLabel('Ce qui a été fait').inputValue()).toBe('Rencontre annuelle');
			expect(await page.getByRole('alert').innerText()).toContain('Indiquez le jour du fait');
			await context.close();
		}
	});

	it('is looked after by finance: who keeps it, and when it is looked at again', async () => {
		const { page, context } = await site.enter('finance', { viewport: PHONE });
		await open(page, address);
		await page.getByText('Changer qui le porte').click();
		await page.getByLabel('Qui le porte').selectOption({ label: 'Action Logement Services' });
		await page.getByRole('button', { name: 'Désigner' }).click();
		await page.getByText('C’est dit.').waitFor();
		await page.getByLabel('Prochain point').fill('2022-12-15');
		await page.getByRole('button', { name: 'Fixer le point' }).click();
		await page.getByText('Le prochain point est noté.').waitFor();
		expect(await page.locator('main').innerText()).toMatch(/prochain point le 15.décembre 2022/);
		expect(await listViolations(page)).toEqual([]);
		await context.close();
	});
});
