import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { listViolations, listWhatSticksOut } from './findings.ts';
import { openSite, PHONE, settle, WIDE, type Site } from './site.ts';

let site: Site;
beforeAll(async () => void (site = await openSite()), 180_000);
afterAll(() => site?.close());

describe.each([
	['on a wide screen', WIDE],
	['on a phone', PHONE]
])('an administrator, %s', (_, viewport) => {
	it('reads what was written to whom, that nothing leaves, and a mail to its end', async ({
		expect
	}) => {
		const { page, context, faults } = await site.enter('admin', { viewport });
		await openOnceWritten(page);
		await page.getByText('Aucun courriel ne part').waitFor();
		expect(await listViolations(page)).toEqual([]);
		expect(await listWhatSticksOut(page)).toEqual([]);

		await page.getByLabel('État').selectOption('En échec');
		await page.getByRole('button', { name: 'Filtrer' }).click();
		await page.getByText('Aucun courriel n’est dans cet état.').waitFor();
		await page.getByRole('link', { name: 'Tout afficher' }).click();

		const mail = page.getByRole('link', { name: /\[démonstration\] Reçue/ }).first();
		const subject = (await mail.textContent()) ?? '';
		await mail.click();
		await page.getByRole('heading', { level: 1, name: subject }).waitFor();
		await settle(page);
		expect(await listViolations(page)).toEqual([]);
		expect(await listWhatSticksOut(page)).toEqual([]);
		const text = (await page.getByText(/^Bonjour,/).textContent()) ?? '';
		expect(text).toContain('Empreinte (SHA-256)');
		expect(text).toMatch(/Choisir ce que vous recevez\s: http\S+\/compte#courriels/u);
		expect(faults).toEqual([]);
		await context.close();
	}, 60_000);
});

describe.each([
	['with script, on a wide screen', { viewport: WIDE, javaScriptEnabled: true }],
	['without script, on a phone', { viewport: PHONE, javaScriptEnabled: false }]
])('a partner, %s', (_, options) => {
	it('chooses which mails to get', async ({ expect }) => {
		const { page, context } = await site.enter('partner', options);
		await page.goto('/compte');
		const choice = page.getByRole('checkbox', { name: 'La métropole nous écrit' });
		const wanted = await choice.isChecked();
		if (options.javaScriptEnabled) expect(await listViolations(page)).toEqual([]);
		await choice.setChecked(!wanted);
		await page.getByRole('button', { name: 'Enregistrer mes choix' }).click();
		await page.getByRole('status').getByText('Vos choix sont enregistrés.').waitFor();
		expect(await choice.isChecked()).toBe(!wanted);
		await page.goto('/compte');
		expect(await choice.isChecked()).toBe(!wanted);
		expect(await page.getByRole('checkbox').count()).toBe(5);
		await context.close();
	}, 30_000);
});

it('offers no choice to whoever is not written to', async ({ expect }) => {
	const { page, context } = await site.enter('elected');
	await page.goto('/compte');
	expect(await page.getByRole('checkbox').count()).toBe(0);
	await context.close();
});

/** Mails are written behind the pages, soon after the start. */
async function openOnceWritten(page: Page): Promise<void> {
	for (let tries = 0; tries < 50; tries += 1) {
		await page.goto('/courriels');
		if ((await page.getByRole('link', { name: /Reçue/ }).count()) > 0) return settle(page);
		await page.waitForTimeout(200);
	}
	throw new Error('No mail was written.');
}
