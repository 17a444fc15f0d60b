import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { listViolations, listWhatSticksOut } from './findings.ts';
import { openSite, PHONE, settle, WIDE, type Site } from './site.ts';

let site: Site;
beforeAll(async () => void (site = await openSite()), 180_000);
afterAll(() => site?.close());

const csv = (...lines: string[]) => Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`);

/** Gives a file, and waits until it was read: the page says so by itself, with script or without. */
async function give(page: Page, draft: string, name: string, buffer: Buffer): Promise<void> {
	await page.goto(`${draft}/tableur`);
	await page.getByLabel('Fichier').setInputFiles({ name, mimeType: 'text/csv', buffer });
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await page
		.getByRole('heading', { name: /Dites ce que sont|Vérifier ce qui|n’a pas été pris/ })
		.waitFor({ timeout: 30_000 });
}

describe.each([
	['with script, on a wide screen', { viewport: WIDE, javaScriptEnabled: true }],
	['without script, on a phone', { viewport: PHONE, javaScriptEnabled: false }]
])('a partner, %s', (name, options) => {
	it('gives a spreadsheet with errors, says what its columns are, and takes it into the draft', async ({
		expect
	}) => {
		const { page, context, faults } = await site.enter('partner', options);
		const isFine = async () => {
			if (!options.javaScriptEnabled) return;
			await settle(page);
			expect(await listViolations(page)).toEqual([]);
			expect(await listWhatSticksOut(page)).toEqual([]);
		};
		await page.goto('/declarations');
		const link = page.locator('a[href$="/saisir"]').first();
		const draft = (await link.getAttribute('href'))?.replace(/\/saisir$/, '') ?? '';
		await page.goto(`${draft}/tableur`);
		await isFine();

		// Headings that say nothing: the person says it, and the next file is understood by it.
		const poste = options.javaScriptEnabled ? 'Poste' : 'Rubrique';
		const unknown = csv(`${poste};K1;K2`, 'Accession et travaux;A-7;2,50');
		await give(page, draft, 'inconnu.csv', unknown);
		await isFine();
		await page.getByRole('button', { name: 'Relire avec ces colonnes' }).click();
		await page.getByRole('alert').getByText('Dites quelle colonne porte le nom').waitFor();
		await page.getByLabel(poste).selectOption({ label: 'Mesure' });
		await page.getByLabel('K2').selectOption({ label: 'Montant versé (€)' });
		await page.getByRole('button', { name: 'Relire avec ces colonnes' }).click();
		await page.getByText('1 ligne comprise').waitFor({ timeout: 30_000 });
		await page.getByText('comprises comme vous l’avez dit').waitFor();
		await page.getByText('B « K1 »').waitFor();
		await page.getByRole('button', { name: 'Mettre ce tableur de côté' }).click();
		await page.getByRole('heading', { name: 'Déposer un tableur' }).waitFor();

		// Errors by line and column; the rest cannot be taken until they are left out on purpose.
		const wrong = csv(
			`Versements, ${name};;`,
			'Mesure;Montant versé;Nombre d’aides',
			'Accession et travaux;"1 000,50";4',
			'Accession et travaux;"0,25";1',
			'Mobilité;environ 30;2',
			'Prêts divers;10;1',
			'Total;1 040,75;8'
		);
		await give(page, draft, 'versements.csv', wrong);
		await page.getByText('2 lignes avec un problème').waitFor();
		const problems = await page.getByRole('row').allTextContents();
		expect(problems.join('\n')).toMatch(
			/Ligne 5.*ligne\s5, colonne\sB «\sMontant versé\s».*Ce montant ne peut pas être lu/su
		);
		expect(problems.join('\n')).toMatch(/Ligne 6.*«\sPrêts divers\s» n’est pas une ligne/su);
		expect(await page.getByRole('button', { name: 'Reprendre dans' }).count()).toBe(0);
		await isFine();

		await page.getByRole('button', { name: /Laisser de côté les 2 lignes/ }).click();
		await page.getByText('2 laissées de côté par vous').waitFor();
		await page.getByText('1 ligne de total ou de notes').waitFor();
		await isFine();
		await page.getByRole('button', { name: 'Reprendre dans la déclaration' }).click();
		await page.waitForURL(/\/saisir/);
		const amount = page.getByLabel(/Montant versé/).first();
		expect((await amount.inputValue()).replace(/\s/gu, ' ')).toBe('1 000,75');

		// The same file again is known, and what became of it is said.
		await give(page, draft, 'encore.csv', wrong);
		await page.getByText('Ce même fichier a déjà été déposé').waitFor();
		await page.getByText('repris dans la déclaration').first().waitFor();
		await isFine();
		if (options.javaScriptEnabled) expect(faults).toEqual([]);
		await context.close();
	}, 120_000);
});
