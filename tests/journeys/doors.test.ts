import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '#lib/domain/role.ts';
import { readPlaces } from './places.ts';
import { waitForHeading } from './reading.ts';
import { follow, open, openSite, signIn, type Site } from './site.ts';

const PROGRAMME = '/programmes/action-logement-2020-2022';

let site: Site;
// As it is started without HOST: both names of this machine lead to it.
beforeAll(async () => void (site = await openSite({ HOST: 'localhost' })), 180_000);
afterAll(() => site?.close());

describe('nobody', () => {
	it('is asked to sign in, and comes to the page that was asked for, with its date', async () => {
		const { page, faults, context } = await site.enter(null);
		await open(page, `${PROGRAMME}?au=2021-12-31`);
		expect(new URL(page.url()).pathname).toBe('/connexion');
		await signIn(page, 'elected');
		expect(page.url()).toBe(`${site.origin}${PROGRAMME}?au=2021-12-31`);
		await waitForHeading(page, 'Action Logement 2020-2022');
		expect(faults).toEqual([]);
		await context.close();
	});

	it.each(['localhost', '127.0.0.1'])('signs in at http://%s', async (host) => {
		const { page, context } = await site.enter(null);
		const { port } = new URL(site.origin);
		await open(page, `http://${host}:${port}/`);
		await signIn(page, 'finance');
		expect(page.url()).toBe(`http://${host}:${port}/`);
		await waitForHeading(page, /versés sur/);
		const [cookie] = await context.cookies();
		expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', expires: -1 });
		await context.close();
	});

	it('is told of a wrong password without losing the address typed', async () => {
		const { page, faults, context } = await site.enter(null);
		await open(page, '/connexion');
		await page.getByLabel('Adresse électronique').fill('personne@demo.example');
		await page.getByLabel('Mot de passe').fill('un mauvais mot de passe');
		await page.getByRole('button', { name: 'Se connecter' }).click();
		const summary = page.getByRole('alert');
		await summary.waitFor();
		expect(await summary.evaluate((node) => node === document.activeElement)).toBe(true);
		expect(await page.title()).toMatch(/^Erreur/);
		expect(await page.getByLabel('Adresse électronique').inputValue()).toBe(
			'personne@demo.example'
		);
		expect(faults.filter((fault) => !fault.includes('status of 4'))).toEqual([]);
		await context.close();
	});
});

it('who has signed out finds nothing by going back', async () => {
	const { page, context } = await site.enter(null);
	await open(page, '/connexion');
	await signIn(page, 'finance');
	await page.getByRole('button', { name: 'Se déconnecter' }).click();
	await page.waitForURL('/connexion');
	await page.goBack();
	await page.waitForURL('/connexion');
	expect(await page.locator('body').innerText()).not.toContain('€');
	await context.close();
});

it('a partner sees its own envelopes, and another’s is not there', async () => {
	const finance = await site.enter('finance');
	const { envelopes } = await readPlaces(finance.context.request);
	await finance.context.close();
	const foreign = envelopes.find(({ funder }) => funder !== 'Action Logement Services');

	const { page, context } = await site.enter('partner');
	await open(page, '/');
	expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toBe('Mes enveloppes');
	const text = await page.locator('main').innerText();
	for (const { label, funder } of envelopes) {
		expect(text.includes(label), label).toBe(funder === 'Action Logement Services');
	}
	for (const address of [
		`/enveloppes/${foreign?.id}`,
		`/chiffres/verse?enveloppe=${foreign?.id}`,
		'/programmes/logement-d-abord-2021-2022'
	]) {
		expect(await open(page, address), address).toBe(404);
		const page404 = await page.locator('body').innerText();
		expect(page404).not.toContain('Logement d’abord');
		expect(page404).not.toContain('€');
	}
	await follow(page.getByRole('link', { name: 'Revenir au tableau de bord' }));
	expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toBe('Mes enveloppes');
	await context.close();
});

it('elected officials see validated figures alone, finance also what is to be confirmed', async () => {
	const read = async (role: 'elected' | 'finance') => {
		const { page, context } = await site.enter(role);
		await open(page, PROGRAMME);
		const text = await page.locator('main').innerText();
		const dwellings = page.locator('figure').filter({ hasText: 'par produit et par étape' });
		await dwellings.getByText('Voir les chiffres').click();
		const cells = await dwellings.locator('td').allInnerTexts();
		await context.close();
		const sum = cells.reduce((total, cell) => total + (Number(cell.replaceAll(/\D/g, '')) || 0), 0);
		return { unconfirmed: text.includes('à confirmer'), dwellings: sum };
	};
	const [elected, finance] = await Promise.all([read('elected'), read('finance')]);
	expect(elected.unconfirmed).toBe(false);
	expect(finance.unconfirmed).toBe(true);
	expect(finance.dwellings).toBeGreaterThan(elected.dwellings);
});

it.each(ROLES)('%s finds in the menu what may be opened, and nothing else', async (role) => {
	const { page, context } = await site.enter(role);
	await open(page, '/');
	const menu = page.getByRole('navigation', { name: 'Navigation principale' });
	const hrefs = await menu
		.getByRole('link')
		.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
	expect(hrefs.includes('/utilisateurs')).toBe(role === 'admin');
	for (const href of hrefs) expect((await context.request.get(href)).status(), href).toBe(200);
	await context.close();
});
