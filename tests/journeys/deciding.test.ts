import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listViolations, listWhatSticksOut } from './findings.ts';
import { waitForHeading } from './reading.ts';
import { follow, NARROWEST, openSite, PHONE, settle, WIDE, type Site } from './site.ts';

/** Of the demonstration: what Action Logement sent for June, operation by operation. */
const WAITING = /^Action Logement Services/;
const VERGER = 'Le Verger (fictif)';

describe.each<[string, BrowserContextOptions]>([
	['on a wide screen', { viewport: WIDE }],
	['on a phone', { viewport: PHONE }],
	['without script', { viewport: PHONE, javaScriptEnabled: false }]
])('a declaration, %s', (_, options) => {
	let site: Site;
	let address = '';
	beforeAll(async () => void (site = await openSite()), 180_000);
	afterAll(() => site?.close());
	const scripted = options.javaScriptEnabled !== false;

	/** What no page may be, once it is alive. */
	const look = async (page: Page) => {
		if (!scripted) return;
		await settle(page);
		expect(await listViolations(page), page.url()).toEqual([]);
		expect(await listWhatSticksOut(page), page.url()).toEqual([]);
	};

	it('is found in the inbox, remarked on and sent back with a reason', async () => {
		const { page, faults, context } = await site.enter('finance', options);
		await page.goto('/');
		await follow(page.getByRole('link', { name: /^2 déclarations attendent votre décision, 3 / }));
		await waitForHeading(page, '2 déclarations attendent votre décision');
		await page.getByText(/ce qui est à examiner d’abord, du plus grave au moins grave/).waitFor();
		await look(page);
		await page.goto('/declarations/recues?tri=envoi');
		await page.getByText(/la plus ancienne d’abord/).waitFor();
		await look(page);
		await follow(page.getByRole('link', { name: 'À examiner d’abord' }));
		await page.waitForURL((url) => !url.searchParams.has('tri'));
		await follow(page.getByRole('link', { name: WAITING }).first());
		await waitForHeading(page, 'Action Logement Services, juin 2022');
		address = new URL(page.url()).pathname;
		await look(page);

		const row = page.getByRole('row').filter({ hasText: VERGER }).first();
		await row.getByText('Remarquer').click();
		await row.getByRole('button', { name: 'Enregistrer la remarque' }).click();
		await page.getByRole('alert').getByRole('link', { name: 'Écrivez votre remarque.' }).waitFor();
		await look(page);
		await page.getByLabel(`Votre remarque sur ${VERGER}`).fill('Le solde est de 120 000 €.');
		await row.getByRole('button', { name: 'Enregistrer la remarque' }).click();
		await page.getByRole('status').getByText('Votre remarque est enregistrée.').waitFor();

		await page.getByText('Renvoyer à corriger').click();
		await page.getByText(`Votre remarque partira avec : ${VERGER}.`).waitFor();
		await page.getByRole('button', { name: 'Renvoyer la déclaration' }).click();
		const error = page.getByRole('alert').getByRole('link');
		await error.getByText('Dites en quelques mots ce qui est à corriger.').waitFor();
		expect(await page.title()).toMatch(/^Erreur/);
		await look(page);
		await page.getByLabel('Ce qui est à corriger').fill('Corriger Le Verger, voir la remarque.');
		await page.getByRole('button', { name: 'Renvoyer la déclaration' }).click();
		await page.getByRole('status').getByText('est renvoyée à Action Logement Services').waitFor();
		await page
			.getByRole('link', { name: /^Déclaration suivante/ })
			.first()
			.waitFor();
		await look(page);
		expect(faults).toEqual([]);
		await context.close();
	}, 90_000);

	it('is read with its reason and remark, corrected and sent again', async () => {
		const { page, faults, context } = await site.enter('partner', options);
		await page.goto(address);
		await page.getByText('Corriger Le Verger, voir la remarque.').first().waitFor();
		const row = page.getByRole('row').filter({ hasText: VERGER }).first();
		expect(await row.textContent()).toContain('Le solde est de 120 000 €.');
		expect(await page.getByRole('heading', { name: 'À examiner' }).count()).toBe(0);
		await look(page);
		await page.getByLabel('Votre message').fill('Nous corrigeons.');
		await page.getByRole('button', { name: 'Envoyer le message' }).click();
		await page.getByRole('status').getByText('Votre message est écrit.').waitFor();

		await follow(page.getByRole('link', { name: 'Corriger la déclaration' }));
		const amount = page.getByLabel(new RegExp(`^Montant.*${VERGER.replace(/[()]/g, '\\$&')}`));
		if (scripted) {
			await settle(page);
			const kept = page.waitForResponse((answer) => answer.url().endsWith('/brouillon'));
			await amount.fill('120 000');
			await amount.blur();
			await kept;
		} else {
			await amount.fill('120 000');
			await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
		}
		await page.goto(`${address}/verifier`);
		await page.getByRole('button', { name: 'Transmettre à la direction des finances' }).click();
		await page.waitForURL((url) => !url.pathname.endsWith('/verifier'));
		await page.goto(address);
		await page.getByText('Elle attend la décision').waitFor();
		expect(faults).toEqual([]);
		await context.close();
	}, 90_000);

	it('is accepted, found in the ledger and reopened', async () => {
		const { page, faults, context } = await site.enter('finance', options);
		await page.goto(address);
		await page.getByText(/Le Verger \(fictif\)\s:\s129\s322,17\s€\s→\s120\s000\s€/).waitFor();
		await page.getByText('Nous corrigeons.').waitFor();
		await page.getByRole('button', { name: 'Valider la déclaration' }).click();
		const done = page.getByRole('status').filter({ hasText: 'est validée' });
		await done.waitFor();
		expect(await done.textContent()).toMatch(/5 écritures, 602.480,30.€, sont au grand livre/);
		expect(await page.getByRole('button', { name: 'Valider' }).count()).toBe(0);
		await look(page);
		// The first page was kept when two waited.
		await page.goto('/');
		await page.getByRole('link', { name: /^1 déclaration attend votre décision, 3 / }).waitFor();
		await page.goBack();

		await follow(page.getByRole('link', { name: 'Voir ces écritures au grand livre' }));
		const found = page.getByRole('status').filter({ hasText: 'déclaration nº' });
		expect(await found.textContent()).toMatch(/^5 écritures/);
		await look(page);
		await follow(page.getByRole('link', { name: /^Déclaration nº/ }).first());
		expect(new URL(page.url()).pathname).toBe(address);

		await page.getByText('Rouvrir la déclaration').click();
		await page.getByLabel('Pourquoi la rouvrir').fill('Une opération manque');
		await page.getByRole('button', { name: 'Rouvrir', exact: true }).click();
		await page.getByRole('status').getByText('ses écritures sont contre-passées').waitFor();
		const entries = page.getByRole('region', { name: 'Au grand livre' }).getByRole('listitem');
		expect(await entries.count()).toBe(10);
		await look(page);
		expect(faults).toEqual([]);
		await context.close();
	}, 90_000);

	it('is due at a rhythm that finance sets, with the periods in view', async () => {
		const { page, faults, context } = await site.enter('finance', options);
		await page.goto(address);
		await follow(page.getByRole('link', { name: /^Nouveaux programmes/ }));
		await follow(page.getByRole('link', { name: 'Rythme des déclarations' }));
		await waitForHeading(page, 'Rythme des déclarations');
		await look(page);
		await page.getByLabel('Fréquence').selectOption('quarter');
		if (!scripted) await page.getByRole('button', { name: 'Voir les périodes' }).click();
		await page.getByRole('rowheader', { name: '4e trimestre 2022' }).waitFor();
		await page.getByLabel('Délai, en jours').fill('0');
		await page.getByRole('button', { name: 'Régler le rythme' }).click();
		await page
			.getByRole('alert')
			.getByRole('link', { name: /^Le délai va de 1 à 366/ })
			.waitFor();
		expect(await page.getByLabel('Fréquence').inputValue()).toBe('quarter');
		await look(page);
		await page.getByLabel('Délai, en jours').fill('45');
		await page.getByRole('button', { name: 'Régler le rythme' }).click();
		// Months were declared already: no quarter asks for them again.
		await page
			.getByRole('alert')
			.getByRole('link', { name: /Faites-le commencer le 1er.juillet 2022 au plus tôt/ })
			.waitFor();
		await page.getByLabel('À partir du').fill('2022-07-01');
		await page.getByRole('button', { name: 'Régler le rythme' }).click();
		await page.getByRole('status').getByText('déclare chaque trimestre').waitFor();
		expect(faults).toEqual([]);
		await context.close();
	}, 90_000);
});

describe('the keyboard, on the page of a declaration', () => {
	let site: Site;
	beforeAll(async () => void (site = await openSite()), 180_000);
	afterAll(() => site?.close());

	it('leads to the next, to accepting and to returning, and decides nothing by itself', async () => {
		const { page, context } = await site.enter('finance');
		await page.goto('/declarations/recues');
		await follow(page.getByRole('link', { name: WAITING }).first());
		await settle(page);
		const here = page.url();
		const focused = () =>
			page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);

		await page.keyboard.press('a');
		expect(await focused()).toBe('valider');
		expect(page.url()).toBe(here);
		await page.keyboard.press('r');
		expect(await focused()).toBe('renvoyer-reason');
		await page.keyboard.type('rien a noter');
		expect(await page.getByLabel('Ce qui est à corriger').inputValue()).toBe('rien a noter');
		expect(page.url(), 'n was typed').toBe(here);

		await page.getByText('Raccourcis du clavier').click();
		expect(await listViolations(page)).toEqual([]);
		await page.getByLabel('Raccourcis actifs').uncheck();
		await page.getByRole('heading', { level: 1 }).click();
		await page.keyboard.press('n');
		await page.keyboard.press('a');
		expect(page.url()).toBe(here);
		expect(await focused()).not.toBe('valider');
		await page.getByLabel('Raccourcis actifs').check();
		await page.getByRole('heading', { level: 1 }).click();
		await page.keyboard.press('n');
		await waitForHeading(page, /^État \(DIHAL\)/);
		await page.goto(here);
		await page.getByText('Elle attend la décision').waitFor();
		await context.close();
	}, 60_000);

	it('and the narrowest screen and paper, show the whole without what only a screen needs', async () => {
		const { page, context } = await site.enter('finance', { viewport: NARROWEST });
		await page.goto('/declarations/recues');
		await settle(page);
		expect(await listWhatSticksOut(page)).toEqual([]);
		await follow(page.getByRole('link', { name: WAITING }).first());
		await settle(page);
		expect(await listWhatSticksOut(page)).toEqual([]);
		await page.emulateMedia({ media: 'print' });
		expect(await page.getByRole('button', { name: 'Valider la déclaration' }).isVisible()).toBe(
			false
		);
		expect(await page.getByLabel('Votre message').isVisible()).toBe(false);
		expect(await page.getByText('Raccourcis du clavier').isVisible()).toBe(false);
		expect(await page.getByRole('heading', { name: 'Historique' }).isVisible()).toBe(true);
		await context.close();
	}, 60_000);
});
