import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { DEMONSTRATION_PASSWORD } from '#lib/server/demonstration/accounts.ts';
import { ask } from '../support/people.ts';
import { listViolations, listWhatSticksOut } from './findings.ts';
import { follow, NARROWEST, openSite, PHONE, settle, WIDE, type Site, type Visit } from './site.ts';

let site: Site;
beforeAll(async () => void (site = await openSite()), 180_000);
afterAll(() => site?.close());

const AIDS = '2e trimestre 2022';
const OWNERSHIP = 'Montant versé (€), Accession et travaux';
const MOBILITY = 'Montant versé (€), Mobilité';
const WITHOUT_SCRIPT = { javaScriptEnabled: false };

/** The draft of a period, which the demonstration has begun. */
async function openDraft(page: Page, period: string): Promise<void> {
	await page.goto('/declarations');
	const link = page.getByRole('link', { name: new RegExp(`^(Continuer|Corriger).*${period}`) });
	await follow(link.first());
	await page.getByRole('heading', { level: 1, name: /^Déclarer les versements/ }).waitFor();
}

/** Types a value in place of what stands there, and leaves the field. */
async function typeInto(page: Page, label: string, value: string): Promise<void> {
	await page.getByLabel(label).fill(value);
	await page.getByLabel(label).blur();
}

/** Waits until the server has what was typed. */
const untilKept = (page: Page) =>
	page.waitForResponse((answer) => answer.url().endsWith('/brouillon') && answer.status() === 200);

/** The other person of the organisation, who signs in as people do. */
async function enterColleague(options?: BrowserContextOptions): Promise<Visit> {
	const visit = await site.enter(null, options);
	await visit.page.goto('/connexion');
	await visit.page.getByLabel('Adresse électronique').fill('collegue@demo.example');
	await visit.page.getByLabel('Mot de passe').fill(DEMONSTRATION_PASSWORD);
	await visit.page.getByRole('button', { name: 'Se connecter' }).click();
	await visit.page.waitForURL((url) => url.pathname !== '/connexion');
	return visit;
}

describe.each([
	['on a wide screen', WIDE, '412 301,50', '28', '1 001'],
	['on a phone', PHONE, '412 302,50', '29', '1 002']
])('a partner, %s', (_, viewport, amount, count, mobility) => {
	it('types figures that are kept by themselves, and sees what would be left', async ({
		expect
	}) => {
		const { page, context, faults } = await site.enter('partner', { viewport });
		await openDraft(page, AIDS);
		await settle(page);
		expect(await listViolations(page)).toEqual([]);

		const first = untilKept(page);
		await typeInto(page, MOBILITY, mobility);
		await first;
		const second = untilKept(page);
		await page.getByLabel(OWNERSHIP).fill(amount);
		await second; // Without leaving the field.
		const third = untilKept(page);
		await page.getByLabel('Aides, Accession et travaux').fill(count);
		await third;
		await page.getByText(/^Brouillon enregistré à \d\d:\d\d$/).waitFor();
		const aside = page.getByRole('complementary', { name: /^Parcours résidentiel/ });
		expect(await aside.textContent()).toMatch(/validés, .* dans cette déclaration, .* resteraient/);

		// A closed tab loses nothing.
		await page.close();
		const again = await context.newPage();
		await openDraft(again, AIDS);
		expect(await again.getByLabel(OWNERSHIP).inputValue()).toBe(amount);
		expect(await again.getByLabel('Aides, Accession et travaux').inputValue()).toBe(count);

		// What cannot be read is said at its field, as soon as it is left.
		await typeInto(again, MOBILITY, '1.234,50');
		await again.getByText(/Écrivez par exemple 1.234,50/).waitFor();
		expect(await listViolations(again)).toEqual([]);
		await again.getByRole('button', { name: 'Continuer' }).click();
		await again.getByRole('alert').getByText('Une erreur est à corriger').waitFor();

		// Too much asks for a reason.
		await typeInto(again, MOBILITY, '90 000 000');
		await again.getByText(/Cette ligne dépasse le reste de l’enveloppe/).waitFor();
		await again.getByLabel('Motif du dépassement').waitFor();
		expect(await listViolations(again)).toEqual([]);
		const mended = untilKept(again);
		await typeInto(again, MOBILITY, mobility);
		await mended;

		await again.setViewportSize(NARROWEST);
		expect(await listWhatSticksOut(again)).toEqual([]);
		expect(faults).toEqual([]);
		await context.close();
	}, 90_000);
});

describe('two people of one organisation', () => {
	it('learn of each other: what one left alone is filled in, what both typed is theirs to choose', async ({
		expect
	}) => {
		const [one, other] = await Promise.all([site.enter('partner'), enterColleague()]);
		await Promise.all([openDraft(one.page, AIDS), openDraft(other.page, AIDS)]);
		await Promise.all([settle(one.page), settle(other.page)]);

		const first = untilKept(one.page);
		await typeInto(one.page, OWNERSHIP, '500 000');
		await first;
		// She types in another field, and learns of his.
		const second = untilKept(other.page);
		await typeInto(other.page, MOBILITY, '2 000');
		await second;
		await other.page.getByText(/^Saisi par .+ à \d\d:\d\d/).waitFor();
		expect(await other.page.getByLabel(OWNERSHIP).inputValue()).toBe('500 000');

		// He does not know of hers yet, and types there too.
		await typeInto(one.page, MOBILITY, '3 000');
		const choice = one.page.getByText(/ a saisi « 2 000 » à \d\d:\d\d/);
		await choice.waitFor();
		expect(await one.page.getByLabel(MOBILITY).inputValue()).toBe('3 000');
		expect(await listViolations(one.page)).toEqual([]);
		const chosen = untilKept(one.page);
		await one.page.getByRole('button', { name: /^Garder le mien/ }).click();
		await chosen;
		await choice.waitFor({ state: 'detached' });

		await typeInto(other.page, MOBILITY, '4 000');
		await other.page.getByRole('button', { name: /^Prendre le sien/ }).click();
		expect(await other.page.getByLabel(MOBILITY).inputValue()).toBe('3 000');
		await Promise.all([one.context.close(), other.context.close()]);
	}, 60_000);
});

describe('what is typed', () => {
	it('before the page is alive is kept too', async ({ expect }) => {
		const { page, context } = await site.enter('partner');
		await openDraft(page, AIDS);
		const address = page.url();
		await page.goto('about:blank');
		let wake = () => {};
		const awake = new Promise<void>((done) => (wake = done));
		await page.route(/\.js$/, async (route) => {
			await awake;
			await route.continue();
		});
		await page.goto(address, { waitUntil: 'commit' });
		await page.getByLabel(OWNERSHIP).fill('550 000');
		await page.getByLabel('Commentaire sur l’ensemble').fill('Tapé tôt');
		const kept = untilKept(page);
		wake();
		await kept;
		await page.unrouteAll();
		await page.reload();
		expect(await page.getByLabel(OWNERSHIP).inputValue()).toBe('550 000');
		expect(await page.getByLabel('Commentaire sur l’ensemble').inputValue()).toBe('Tapé tôt');
		await context.close();
	}, 60_000);

	it('keeps the focus where one types, whatever is wrong elsewhere', async ({ expect }) => {
		const { page, context } = await site.enter('partner');
		await openDraft(page, AIDS);
		await settle(page);
		await page.getByLabel('Aides, Mobilité').fill('douze');
		await page.getByRole('button', { name: 'Continuer' }).click();
		await page
			.getByRole('alert')
			.getByText(/Mobilité.: un nombre s’écrit/)
			.waitFor();
		await page.getByLabel('Aides, Mobilité').fill('');
		await page.getByLabel('Aides, Mobilité').pressSequentially('143', { delay: 30 });
		expect(await page.getByLabel('Aides, Mobilité').inputValue()).toBe('143');
		const kept = untilKept(page);
		await page.getByLabel('Aides, Mobilité').blur();
		await kept;
		await context.close();
	}, 60_000);

	it('waits on the device while there is no connection, and is kept once there is', async ({
		expect
	}) => {
		const { page, context } = await site.enter('partner');
		await openDraft(page, AIDS);
		await settle(page);
		await context.setOffline(true);
		await typeInto(page, OWNERSHIP, '610 000');
		await page.getByText(/^Hors connexion/).waitFor();
		const kept = untilKept(page);
		await context.setOffline(false);
		await kept;
		await page.getByText(/^Brouillon enregistré à/).waitFor();
		expect(await page.getByLabel(OWNERSHIP).inputValue()).toBe('610 000');
		await context.close();
	}, 60_000);

	it('survives the end of the session: the next page offers it back', async ({ expect }) => {
		const { page, context } = await site.enter('partner');
		await openDraft(page, AIDS);
		await settle(page);
		const cookies = await context.cookies();
		await context.clearCookies();
		await typeInto(page, OWNERSHIP, '720 000');
		await page.getByText(/^Votre session est terminée/).waitFor();
		expect(await page.getByRole('link', { name: 'Reconnectez-vous' }).getAttribute('href')).toMatch(
			/^\/connexion\?vers=%2Fdeclarations%2F/
		);
		const address = page.url();
		await page.goto('about:blank');
		await context.addCookies(cookies);
		await page.goto(address);
		expect(await page.getByLabel(OWNERSHIP).inputValue()).not.toBe('720 000');
		const kept = untilKept(page);
		await page.getByRole('button', { name: 'Reprendre ce que j’avais tapé' }).click();
		await kept;
		expect(await page.getByLabel(OWNERSHIP).inputValue()).toBe('720 000');
		await page.reload();
		expect(await page.getByLabel(OWNERSHIP).inputValue()).toBe('720 000');
		expect(await page.getByText(/^Non enregistré/).count()).toBe(0);
		await context.close();
	}, 60_000);
});

describe('on a shared computer', () => {
	it('nothing that was typed stays behind who signs out, nor anything of others is lost', async ({
		expect
	}) => {
		// A session of its own, since it ends.
		const { page, context } = await enterColleague();
		await openDraft(page, AIDS);
		await settle(page);
		// Nothing reaches the server, which is how it comes to be kept on the device.
		await page.route(/\/brouillon$/, (route) => route.abort());
		await typeInto(page, OWNERSHIP, '777 000');
		const typed = () =>
			page.evaluate(() =>
				Object.keys(localStorage)
					.filter((name) => name.startsWith('tenu.brouillon.'))
					.map((name) => localStorage.getItem(name))
			);
		await expect.poll(typed).toEqual([expect.stringContaining('777 000')]);
		await page.evaluate(() => localStorage.setItem('tenu.brouillon.a.autre-personne', '[]'));
		await page.getByRole('button', { name: 'Se déconnecter' }).click();
		await page.waitForURL(/\/connexion/);
		await expect.poll(typed).toEqual(['[]']);
		await context.close();
	}, 60_000);
});

describe('without script', () => {
	it('two people learn of each other after the post, and lose nothing', async ({ expect }) => {
		const [one, other] = await Promise.all([
			site.enter('partner', WITHOUT_SCRIPT),
			enterColleague(WITHOUT_SCRIPT)
		]);
		await Promise.all([openDraft(one.page, AIDS), openDraft(other.page, AIDS)]);
		await one.page.getByLabel(OWNERSHIP).fill('810 000');
		await one.page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
		await one.page.getByText(/^Brouillon enregistré à/).waitFor();

		await other.page.getByLabel(OWNERSHIP).fill('820 000');
		await other.page.getByLabel(MOBILITY).fill('5 000');
		await other.page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
		await other.page.getByText(/ a saisi « 810 000 »/).waitFor();
		expect(await other.page.getByLabel(OWNERSHIP).inputValue()).toBe('820 000');
		await other.page.getByRole('button', { name: /^Garder le mien/ }).click();
		await other.page.getByText(/^Brouillon enregistré à/).waitFor();

		await one.page.reload();
		expect(await one.page.getByLabel(OWNERSHIP).inputValue()).toBe('820 000');
		expect(await one.page.getByLabel(MOBILITY).inputValue()).toBe('5 000');
		await Promise.all([one.context.close(), other.context.close()]);
	}, 60_000);

	it('a declaration that was sent back is corrected, read over and sent', async ({ expect }) => {
		const { page, context } = await site.enter('partner', { ...WITHOUT_SCRIPT, viewport: PHONE });
		await openDraft(page, 'mai 2022');
		await page.getByText(/^À corriger/).waitFor();
		await page.getByLabel('Montant versé (€), Le Jardin des Simples').fill('douze');
		await page.getByRole('button', { name: 'Continuer' }).click();
		await page.getByRole('alert').getByText('Une erreur est à corriger').waitFor();
		await page.getByLabel('Montant versé (€), Le Jardin des Simples').fill('100 000');
		await page.getByRole('button', { name: 'Continuer' }).click();
		await page.waitForURL(/justificatifs$/);
		await page.goto(page.url().replace('justificatifs', 'verifier'));
		expect(await page.getByRole('row', { name: /Le Jardin des Simples/ }).textContent()).toMatch(
			/100.000.€/
		);
		await page.getByRole('button', { name: /^Transmettre/ }).click();
		await page.waitForURL(/\/recu$/);
		await page.goto('/declarations');
		expect(await page.getByRole('row', { name: /^mai 2022/ }).textContent()).toContain('transmise');
		await context.close();
	}, 60_000);
});

it('is begun from what is due, says that there is nothing, and is sent, without script', async () => {
	// Finance asks for a period before the others.
	await ask(
		site.database,
		"update declaration_duties set starts_on = '2021-04-01' where frequency = 'quarter' and starts_on = '2021-07-01'"
	);
	const { page, context } = await site.enter('partner', { ...WITHOUT_SCRIPT, viewport: PHONE });
	await page.goto('/');
	await page.getByText(/En retard.: le 2e trimestre 2021/).waitFor();
	await follow(page.getByRole('link', { name: 'Voir mes déclarations' }));
	await page.getByRole('heading', { level: 1, name: /En retard.: le 2e trimestre 2021/ }).waitFor();
	await follow(page.getByRole('button', { name: /^Commencer.*2e trimestre 2021/ }));
	await page.getByRole('button', { name: 'Continuer' }).click();
	await page
		.getByText(/^Indiquez au moins un montant/)
		.first()
		.waitFor();
	await page.getByLabel('Rien à déclarer pour cette période').check();
	await page.getByRole('button', { name: 'Continuer' }).click();
	await page.waitForURL(/justificatifs$/);
	await page.goto(page.url().replace('justificatifs', 'verifier'));
	await page.getByText('Rien à déclarer pour cette période.').waitFor();
	await page.getByRole('button', { name: /^Transmettre/ }).click();
	await page.waitForURL(/\/recu$/);
	await context.close();
}, 60_000);

it('is read over and sent, once, and says so', async ({ expect }) => {
	const { page, context, faults } = await site.enter('partner');
	await openDraft(page, AIDS);
	await settle(page);
	await typeInto(page, MOBILITY, '90 000 001');
	await page.getByRole('button', { name: 'Continuer' }).click();
	await page
		.getByRole('alert')
		.getByText(/indiquez le motif du dépassement/)
		.waitFor();
	await typeInto(page, MOBILITY, '5 001');
	await page.getByRole('button', { name: 'Continuer' }).click();
	await page.waitForURL(/justificatifs$/);
	await follow(page.getByRole('link', { name: '3. Vérifier et transmettre' }));
	await settle(page);
	expect(await listViolations(page)).toEqual([]);
	await page.setViewportSize(NARROWEST);
	expect(await listWhatSticksOut(page)).toEqual([]);

	// What a colleague changes meanwhile is not sent unread.
	const colleague = await enterColleague();
	await openDraft(colleague.page, AIDS);
	await settle(colleague.page);
	const kept = untilKept(colleague.page);
	await typeInto(colleague.page, MOBILITY, '6 000');
	await kept;
	await page.getByRole('button', { name: /^Transmettre/ }).click();
	await page.getByText(/Le brouillon a changé depuis que vous l’avez relu/).waitFor();
	expect(await page.getByRole('row', { name: /^Mobilité/ }).textContent()).toMatch(/6.000.€/);
	await page.getByRole('button', { name: /^Transmettre/ }).click();
	await page.waitForURL(/\/recu$/);

	// Who still types is told, and what they typed stays before their eyes.
	await typeInto(colleague.page, MOBILITY, '7 000');
	await colleague.page.getByText(/n’est plus modifiable/).waitFor();
	expect(await colleague.page.getByLabel(MOBILITY).inputValue()).toBe('7 000');
	expect(faults.filter((fault) => !fault.includes('status of 409'))).toEqual([]);
	await Promise.all([context.close(), colleague.context.close()]);
}, 60_000);

it('keeps nothing for a stranger, nor for a form of another site', async ({ expect }) => {
	const { page, context } = await site.enter('partner');
	await openDraft(page, 'avril 2022');
	const address = page.url().replace('/saisir', '/brouillon');
	const stranger = await site.enter(null);
	await stranger.page.goto('/connexion');
	await stranger.page.getByLabel('Adresse électronique').fill('etat@demo.example');
	await stranger.page.getByLabel('Mot de passe').fill(DEMONSTRATION_PASSWORD);
	await stranger.page.getByRole('button', { name: 'Se connecter' }).click();
	await stranger.page.waitForURL((url) => url.pathname !== '/connexion');
	const data = { since: null, changes: [{ key: 'commentaire', base: '', value: 'Bonjour' }] };
	const answers = await Promise.all([
		stranger.context.request.post(address, { data }),
		context.request.post(address, {
			data: JSON.stringify(data),
			headers: { 'content-type': 'text/plain', origin: 'https://ailleurs.exemple' }
		}),
		context.request.post(address, { data: { changes: 'tout' } }),
		context.request.post(address, { data })
	]);
	expect(answers.map((answer) => answer.status())).toEqual([404, 403, 400, 200]);
	await page.reload();
	expect(await page.getByLabel('Commentaire sur l’ensemble').inputValue()).toBe('Bonjour');
	await Promise.all([context.close(), stranger.context.close()]);
}, 60_000);
