import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterActs } from '#lib/server/acts/enter-acts.ts';
import { enterParties } from '#lib/server/acts/enter-parties.ts';
import { asOwner } from '#lib/server/db/as-owner.ts';
import { organisations } from '#lib/server/db/schema/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/chromium.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { dumpBooks } from '../support/dump-books.ts';
import { addPerson, ask, PASSWORD } from '../support/people.ts';
import { openDeskHand, type DeskHand } from './desk-hand.ts';
import { listViolations, listWhatSticksOut } from './findings.ts';
import { mainHeading, waitForHeading } from './reading.ts';
import { PHONE, settle, WIDE } from './site.ts';

/** The districts of the first act, and their communes, which nobody has named before. */
const DISTRICTS = [
	['Le Mail', 'Mail à Chenôve', '21166', 'Chenôve'],
	['La Fontaine d’Ouche', 'Ouche à Dijon', '21231', 'Dijon']
] as const;

/**
 * The two real acts from nothing: an installation that knows its authority and nothing else, and a
 * finance officer with the texts. What the books then say is what the acts we ship say.
 */
let desk: TestDatabase;
let shipped: TestDatabase;
let app: TestApp;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
	[desk, shipped, browser] = await Promise.all([testDatabase(), testDatabase(), launchBrowser()]);
	await addPerson(desk, 'finances@demo.example');
	await asOwner(desk.owner, async (tx) => {
		const authority = { name: 'Dijon Métropole', kind: 'authority', siren: '242100410' } as const;
		await tx.insert(organisations).values(authority);
	});
	const by = await addPerson(shipped, 'finances@demo.example');
	await asOwner(shipped.owner, async (tx) =>
		enterActs(tx, { by, at: () => new Date(), parties: await enterParties(tx) })
	);
	app = await startApp({ database: desk });
	context = await browser.newContext({
		baseURL: app.origin,
		viewport: WIDE,
		locale: 'fr-FR',
		reducedMotion: 'reduce'
	});
	context.setDefaultTimeout(10_000);
	page = await context.newPage();
	page.on('pageerror', (error) => faults.push(error.message));
	await page.goto('/connexion');
	await page.getByLabel('Adresse électronique').fill('finances@demo.example');
	await page.getByLabel('Mot de passe').fill(PASSWORD);
	await page.getByRole('button', { name: 'Se connecter' }).click();
	await page.waitForURL((url) => url.pathname !== '/connexion');
}, 180_000);

afterAll(async () => {
	await browser?.close();
	await app?.stop();
	await desk?.drop();
	await shipped?.drop();
});

/** What no page may be, at both widths. */
async function look(): Promise<void> {
	for (const size of [PHONE, WIDE]) {
		await page.setViewportSize(size);
		await settle(page);
		expect(await listViolations(page), `${page.url()} ${size.width}`).toEqual([]);
		expect(await listWhatSticksOut(page), `${page.url()} ${size.width}`).toEqual([]);
	}
}

const textOf = (file: string): string =>
	readFileSync(new URL(`../../src/lib/server/acts/texts/${file}`, import.meta.url), 'utf8');

async function give(text: string): Promise<DeskHand> {
	await page.goto('/deliberations/nouvelle');
	await page.getByLabel('Coller le texte').fill(text);
	await page.getByRole('button', { name: 'Lire cet acte' }).click();
	await page.waitForURL(/lectures?[/=][0-9a-f-]{36}/);
	const id = /lectures?[/=]([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
	return openDeskHand(desk, page, id);
}

/** Opens a page of what becomes of the act, and waits until it answers. */
async function openStep(hand: DeskHand, step: string, heading: string | RegExp): Promise<void> {
	await page.goto(`/deliberations/lectures/${hand.readingId}/${step}`);
	await waitForHeading(page, heading);
	await settle(page);
}

async function save(button: string, heading: string | RegExp): Promise<void> {
	await page.getByRole('button', { name: button, exact: true }).click();
	await waitForHeading(page, heading);
}

const figure = (legend: string) => page.getByRole('group', { name: legend, exact: true });

describe('the two real acts, taken through the desk from nothing', () => {
	it('the amendment with Action Logement becomes its programme', async () => {
		const hand = await give(textOf('2020-12-17-action-logement.txt'));
		for (const step of [
			'identity',
			'attendance',
			'vote',
			'decisions',
			'figures',
			'words'
		] as const) {
			await hand.acceptSure(step);
		}
		await hand.refuse('undertaking', 'Dijon métropole s');
		await hand.moveTo(
			'item',
			'268 aides',
			"aides à l'accession à la propriété et à la réalisation de travaux"
		);
		await hand.moveTo('item', '5 823 aides', 'aides à la sécurisation locative');
		await hand.moveTo('item', '1 575 aides', 'aides à la mobilité');
		await hand.moveTo('item', '391 aides', 'aides aux salariés en difficulté');
		await hand.mark('item', 'garanties VISALE');
		await hand.mark('words', 'Mail à Chenôve');
		await hand.mark('words', "Fontaine d'Ouche à Dijon");

		await openStep(hand, 'devenir', 'Que devient cet acte');
		await look();
		expect(await page.getByLabel('Nom', { exact: true }).inputValue()).toBe(
			'Action Logement 2020-2022'
		);
		expect(await page.getByLabel('Titre', { exact: true }).inputValue()).toBe('Avenant 2020-2022');
		await page
			.getByLabel('Résumé')
			.fill(
				'Concours financiers qu’Action Logement Services prévoit de maintenir sur le territoire de la métropole, versés directement aux ménages et aux bailleurs.'
			);
		await save('Enregistrer et continuer', '2 enveloppes');
		await page.getByText('il n’est pas compté une deuxième fois').waitFor();
		await look();

		await page
			.getByRole('link', {
				name: 'Parcours résidentiel et professionnel des salariés',
				exact: true
			})
			.click();
		await waitForHeading(page, 'Parcours résidentiel');
		await look();
		await page.locator('[id="measures.0.label"]').fill('Accession et travaux');
		await save('Enregistrer l’enveloppe', '2 enveloppes');
		await page.getByRole('link', { name: /^Nouveaux programmes de logements/ }).click();
		await waitForHeading(page, 'Nouveaux programmes');
		await settle(page);
		await page
			.getByLabel('Nom', { exact: true })
			.fill('Nouveaux programmes à loyer modéré et intermédiaire');
		await save('Enregistrer l’enveloppe', '2 enveloppes');
		await save('Continuer', 'Repères et cibles');

		await look();
		const called = async (legend: string, label: string) =>
			figure(legend).getByLabel('Nom de ce qui est compté').fill(label);
		await called(
			'9 363 aides financières et services aux ménages de la métropole dijonnaise',
			'Aides et services aux ménages'
		);
		await called('15 200 000 €', 'Montant des aides et services');
		await called('1 306 ménages accompagnés', 'Ménages logés dans le parc conventionné');
		await called('15 400 000 €', 'Concours aux bailleurs sociaux');
		await called('2 027 logements', 'Logements des nouveaux programmes');
		await save('Enregistrer et continuer', 'Engagements et quartiers');

		await look();
		for (const [index, [name, passage, code, commune]] of DISTRICTS.entries()) {
			await page.getByRole('button', { name: 'Ajouter un quartier' }).click();
			const field = (called: string) => page.locator(`[id="districts.${index}.${called}"]`);
			await field('name').fill(name);
			await field('passage').selectOption(
				await field('passage').getByText(passage).getAttribute('value')
			);
			await field('communeCode').fill(code);
			await field('communeName').fill(commune);
		}
		await look();
		await save('Enregistrer et vérifier', 'Vérifier et enregistrer');
		await look();
		await enter();
		expect(await mainHeading(page)).toContain('Action Logement 2020-2022');
		expect(faults).toEqual([]);
	}, 120_000);

	it('the agreement with the State becomes its own', async () => {
		const hand = await give(textOf('2021-09-30-logement-d-abord.txt'));
		for (const step of [
			'identity',
			'attendance',
			'vote',
			'decisions',
			'figures',
			'words'
		] as const) {
			await hand.acceptSure(step);
		}
		await hand.accept('agreement', 'la convention Logement');
		await hand.mark('words', 'cinq ans');

		await openStep(hand, 'devenir', 'Que devient cet acte');
		expect(await page.getByLabel('Nom', { exact: true }).inputValue()).toBe(
			'Logement d’abord 2021-2022'
		);
		expect(await page.getByLabel('Horizon espéré').inputValue()).toBe('2025-12-31');
		await page
			.getByLabel('Résumé')
			.fill(
				'Subvention annuelle de l’État à la métropole, fléchée vers l’accès au logement et le maintien dans le logement des personnes les plus fragiles.'
			);
		await save('Enregistrer et continuer', 'Une enveloppe');
		await page.getByText('l’acte ne l’écrit pas').waitFor();
		await page.getByRole('link', { name: 'Logement d’abord', exact: true }).click();
		await waitForHeading(page, 'Logement d’abord');
		await settle(page);
		await page.getByLabel('Nom de l’organisme').fill('État (DIHAL)');
		const measures = [
			null,
			null,
			'Plateforme logement pour le parc privé',
			'Mesures d’accompagnement renforcées',
			null,
			'Aller vers, pour éviter l’expulsion',
			'Sécurisation des fragilités identifiées',
			'Place des publics, pratiques, évaluation'
		];
		for (const [index, label] of measures.entries()) {
			if (label) await page.locator(`[id="measures.${index}.label"]`).fill(label);
		}
		await save('Enregistrer l’enveloppe', 'Une enveloppe');
		await save('Continuer', 'Repères et cibles');
		await save('Enregistrer et continuer', 'Engagements et quartiers');
		await save('Enregistrer et vérifier', 'Vérifier et enregistrer');
		await enter();
		expect(await mainHeading(page)).toContain('Logement d’abord 2021-2022');
		expect(faults).toEqual([]);
	}, 120_000);

	it('the books then say exactly what the acts we ship say', async () => {
		// At the desk, what the head says in words is cited too; an act has the address of its title.
		const only = (books: Record<string, string[]>) =>
			Object.fromEntries(
				Object.entries(books).filter(([table]) => !['citations', 'deliberations'].includes(table))
			);
		const leftOut = ['entered_by', 'recorded_by'];
		const [as, is] = [
			await dumpBooks(shipped.owner, leftOut),
			await dumpBooks(desk.owner, leftOut)
		];
		expect(only(is)).toEqual(only(as));
	}, 30_000);
});

describe('an amendment to what is in the books', () => {
	it('is shown before, after and by how much, and posts the difference', async () => {
		const hand = await give(AMENDMENT);
		for (const step of ['identity', 'decisions', 'figures', 'words'] as const) {
			await hand.acceptRead(step);
		}
		await openStep(hand, 'devenir', 'Que devient cet acte');
		expect(await page.getByLabel('La suite d’un programme qui existe').isChecked()).toBe(true);
		expect(await page.getByLabel('Un avenant à une convention suivie ici').isChecked()).toBe(true);
		await save('Enregistrer et continuer', 'Une enveloppe');
		const change = page.getByRole('status', { name: 'Ce que l’acte change à cette enveloppe' });
		const said = async () => (await change.innerText()).replace(/\s+/g, ' ').trim();
		const added = 'Avant 988 000 € Après 1 238 000 € Écart + 250 000 €';
		expect(await said()).toBe(added);

		await page.getByRole('link', { name: 'Logement d’abord', exact: true }).click();
		await waitForHeading(page, /^Enveloppe de 250/);
		await settle(page);
		await page.getByLabel('La somme entière, désormais').check();
		expect(await said()).toMatch(/Après 250 000 € Écart − 738 000 €$/);
		await page.getByLabel('Ce qui s’ajoute').check();
		expect(await said()).toBe(added);
		await look();
		// A colleague saves meanwhile: it is said once, and what was typed stays.
		await ask(desk, 'update readings set revision = revision + 1 where id = $1', [hand.readingId]);
		await page.locator('[id="allocations.0.label"]').fill('Complément de 2022');
		await page.getByRole('button', { name: 'Enregistrer l’enveloppe' }).click();
		await page.getByRole('alert').getByText('pendant que vous écriviez').waitFor();
		expect(await page.locator('[id="allocations.0.label"]').inputValue()).toBe(
			'Complément de 2022'
		);
		await save('Enregistrer l’enveloppe', 'Une enveloppe');
		await save('Continuer', 'Repères et cibles');
		await save('Enregistrer et continuer', 'Engagements et quartiers');
		await save('Enregistrer et vérifier', 'Vérifier et enregistrer');
		await enter();
		expect(
			await ask(
				desk,
				`select amount_cents::text as cents, fiscal_year as year, label from entries
				where effective_on = '2022-12-15'`
			)
		).toEqual([{ cents: '25000000', year: 2022, label: 'Complément de 2022' }]);
		expect(faults).toEqual([]);
	}, 60_000);
});

const AMENDMENT = [
	'du Conseil Métropolitain de Dijon Métropole',
	'Séance du jeudi 15 décembre 2022',
	'',
	'OBJET : SOLIDARITÉS',
	"Logement d'abord : avenant n° 1 à la convention avec l'État",
	'',
	"L'État renforce son soutien.",
	'',
	'LE CONSEIL,',
	'APRÈS EN AVOIR DÉLIBÉRÉ,',
	'DÉCIDE :',
	'',
	"- d'approuver l'avenant n° 1 à la convention Logement d'abord annexé à la présente délibération ;",
	"- d'approuver le versement par l'État d'une subvention supplémentaire de 250 000 € en 2022 pour la mise en œuvre opérationnelle de la convention Logement d'abord."
].join('\n');

describe('the smallest act, without any script', () => {
	it('is given, read, kept alone and entered', async () => {
		const still = await browser.newContext({
			baseURL: app.origin,
			viewport: PHONE,
			locale: 'fr-FR',
			javaScriptEnabled: false,
			storageState: await context.storageState()
		});
		still.setDefaultTimeout(10_000);
		page = await still.newPage();
		const hand = await give(
			[
				'DIJON MÉTROPOLE',
				'Séance du jeudi 24 mars 2022',
				'OBJET : Subvention à l’association Un Toit',
				'LE CONSEIL, après en avoir délibéré, DÉCIDE :',
				'- d’attribuer une subvention de 15 000 € à l’association Un Toit.'
			].join('\n')
		);
		await hand.acceptSure('identity');
		const here = `/deliberations/lectures/${hand.readingId}`;

		await page.goto(`${here}/devenir`);
		await page.getByLabel('Un nouveau programme').check();
		await page.getByLabel('Nom', { exact: true }).fill('Un Toit');
		await page.getByLabel('Du', { exact: true }).fill('2022-12-31');
		await page.getByLabel('Au', { exact: true }).fill('2022-01-01');
		await page.getByRole('button', { name: 'Enregistrer et continuer' }).click();
		const wrong = page.getByRole('alert');
		await wrong.getByRole('link', { name: /^Le dernier jour vient avant le premier/ }).waitFor();
		await wrong.getByRole('link', { name: /^Donnez un titre à ce qui est signé/ }).waitFor();
		expect(await page.getByLabel('Nom', { exact: true }).inputValue()).toBe('Un Toit');
		expect(await page.title()).toMatch(/^Erreur/);

		await page.getByLabel('Aucun programme').check();
		expect(await page.getByLabel('Nom', { exact: true }).isVisible()).toBe(false);
		await page.getByRole('button', { name: 'Enregistrer et continuer' }).click();
		await waitForHeading(page, 'Vérifier et enregistrer');
		await enter();
		expect(new URL(page.url()).pathname).toMatch(/^\/deliberations\/2022-03-24-/);
		await still.close();
	}, 60_000);
});

async function enter(): Promise<void> {
	for (const box of await page.getByRole('checkbox').all()) await box.check();
	await page.getByRole('button', { name: 'Entrer l’acte' }).click();
	await page.waitForURL(/fait=acte/);
}
