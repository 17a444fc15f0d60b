import { afterAll, beforeAll, describe, it } from 'vitest';
import { listViolations } from './findings.ts';
import { readPlaces } from './places.ts';
import { openSite, PHONE, WIDE, type Site } from './site.ts';

let site: Site;
beforeAll(async () => void (site = await openSite()), 180_000);
afterAll(() => site?.close());

describe.each([
	['with script, on a wide screen', { viewport: WIDE, javaScriptEnabled: true }],
	['without script, on a phone', { viewport: PHONE, javaScriptEnabled: false }]
])('finance, %s', (_, options) => {
	it('records a disbursement, is told what is left, and takes it back', async ({ expect }) => {
		const { page, context } = await site.enter('finance', options);
		const { envelopes } = await readPlaces(context.request);
		await page.goto(`/enveloppes/${envelopes[0]?.id}`);
		await page.getByRole('link', { name: 'Enregistrer une écriture' }).click();
		await page.getByRole('heading', { name: 'Enregistrer une écriture' }).waitFor();
		if (options.javaScriptEnabled) expect(await listViolations(page)).toEqual([]);

		// What is wrong is said at the head and at each field, and nothing typed is lost.
		await page.getByLabel('Montant').fill('1.234,50');
		await page.getByRole('button', { name: 'Enregistrer l’écriture' }).click();
		const summary = page.getByRole('alert');
		await summary.getByText('3 erreurs sont à corriger').waitFor();
		expect(await page.getByLabel('Montant').inputValue()).toBe('1.234,50');
		if (options.javaScriptEnabled) expect(await listViolations(page)).toEqual([]);

		await page.getByLabel('Montant').fill('900 000 000');
		await page.getByLabel('Date d’effet').fill('2022-06-30');
		await page.getByLabel('Objet').fill('Aides du trimestre');
		await page.getByRole('button', { name: 'Enregistrer l’écriture' }).click();
		await summary.getByText(/^Il reste .* à verser sur cette enveloppe/).waitFor();
		expect(await page.getByLabel('Motif du dépassement').isVisible()).toBe(true);

		await page.getByLabel('Montant').fill('1 234,50');
		await page.getByRole('button', { name: 'Enregistrer l’écriture' }).click();
		await page.getByRole('status').getByText('C’est fait.').waitFor();
		const recorded = page.getByRole('row').nth(1);
		expect(await recorded.textContent()).toMatch(/versement\s+Aides du trimestre.*1.234,50.€/s);

		await recorded.locator('summary').click();
		await recorded.getByRole('link', { name: 'Contre-passer' }).click();
		await page.getByLabel('Pourquoi ?').fill('Saisi pour essayer');
		await page.getByRole('button', { name: 'Contre-passer' }).click();
		await page.getByRole('status').getByText('C’est fait.').waitFor();
		const rows = await page.getByRole('row').allTextContents();
		expect(rows[1]).toMatch(/contre-passe\s+nº\s\d+\s*Saisi pour essayer.*−\s1\s234,50\s€/su);
		expect(rows[2]).toMatch(/annulé par\s+nº\s\d+\s*Aides du trimestre/s);
		await context.close();
	}, 60_000);
});
