import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMONSTRATION_PASSWORD } from '#lib/server/demonstration/accounts.ts';
import { day, formatDay } from '#lib/domain/day.ts';
import { waitForHeading } from './reading.ts';
import { EMAILS, open, openSite, PHONE, WIDE, type Site } from './site.ts';

let site: Site;
beforeAll(async () => void (site = await openSite()), 180_000);
afterAll(() => site?.close());

it('signs in, goes somewhere by the menu and comes back, with the keyboard alone', async () => {
	const { page, faults, context } = await site.enter(null);
	await open(page, '/connexion');
	await press(page, 'Aller au contenu');
	await press(page, 'tenu, accueil');
	await press(page, 'Adresse électronique');
	await page.keyboard.type(EMAILS.finance);
	await press(page, 'Mot de passe');
	await page.keyboard.type(DEMONSTRATION_PASSWORD);
	await page.keyboard.press('Enter');
	await page.waitForURL('/');

	await tabTo(page, 'Délibérations');
	await page.keyboard.press('Enter');
	await page.waitForURL('/deliberations');
	expect(await page.locator('nav [aria-current]').innerText()).toBe('Délibérations');
	await tabTo(page, 'Tableau de bord');
	await page.keyboard.press('Enter');
	await page.waitForURL('/');
	expect(faults).toEqual([]);
	await context.close();
});

it('skips what every page repeats', async () => {
	const { page, context } = await site.enter('finance');
	await open(page, '/programmes');
	await page.keyboard.press('Tab');
	await page.waitForFunction(
		() => (document.activeElement?.getBoundingClientRect().top ?? -1) >= 0
	);
	expect(await nameOfFocused(page)).toBe('Aller au contenu');
	await page.keyboard.press('Enter');
	expect(await page.evaluate(() => document.activeElement?.id)).toBe('contenu');
	await page.keyboard.press('Tab');
	expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
	await context.close();
});

it('chooses another day, and opens the figures of a chart', async () => {
	const { page, context } = await site.enter('elected');
	await open(page, '/');
	await tabTo(page, 'Autre date…');
	await page.keyboard.press('Enter');
	await tabTo(page, 'Situation au');
	await page.keyboard.press('ArrowUp'); // A day, a month or a year later, as the browser writes dates.
	await tabTo(page, 'Voir');
	await page.keyboard.press('Enter');
	await page.waitForURL(/au=/);
	const asOf = day(new URL(page.url()).searchParams.get('au') ?? '');
	expect(asOf).not.toBe('2022-06-30');
	await waitForHeading(page, formatDay(asOf));

	await tabTo(page, 'Voir les chiffres');
	await page.keyboard.press('Enter');
	expect(await page.locator('figure table').isVisible()).toBe(true);
	await context.close();
});

it.each([WIDE, PHONE])(
	'sees where the focus is, at every stop and in the order of the page, at $width',
	async (viewport) => {
		const { page, context } = await site.enter('finance', { viewport });
		for (const address of ['/', '/programmes/logement-d-abord-2021-2022', '/compte']) {
			await open(page, address);
			const stops = await walk(page);
			const unseen = stops.filter(({ ring, inSight }) => !ring || !inSight);
			expect(unseen, address).toEqual([]);
			expect(
				stops.map(({ place }) => place),
				address
			).toEqual(stops.map(({ place }) => place).toSorted((a, b) => a - b));
			expect(stops.length).toBeGreaterThan(8);
		}
		await context.close();
	}
);

/** Where Tab stops, and whether one sees it. */
type Stop = { name: string; place: number; ring: boolean; inSight: boolean };

const LONGEST_WALK = 300;

/** Presses Tab from the top until it leaves the page. */
async function walk(page: Page): Promise<Stop[]> {
	const stops: Stop[] = [];
	for (let count = 0; count < LONGEST_WALK; count++) {
		await page.keyboard.press('Tab');
		const stop = await page.evaluate(async (): Promise<Stop | null> => {
			// What comes into sight when it has the focus is there a frame later.
			await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
			const element = document.activeElement;
			if (!element || element === document.body) return null;
			const { outlineStyle, outlineWidth } = getComputedStyle(element);
			const { top, bottom, left, right } = element.getBoundingClientRect();
			return {
				name: (element.textContent || element.id).trim().slice(0, 40),
				place: [...document.querySelectorAll('*')].indexOf(element),
				ring: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
				inSight:
					bottom > 0 &&
					top < window.innerHeight &&
					right > 0 &&
					left < window.innerWidth &&
					right > left
			};
		});
		if (!stop) return stops;
		stops.push(stop);
	}
	throw new Error(`Tab never leaves the page: ${stops.map(({ name }) => name).join(', ')}`);
}

/** One Tab, which must stop at what has that name. */
async function press(page: Page, name: string): Promise<void> {
	await page.keyboard.press('Tab');
	expect(await nameOfFocused(page)).toBe(name);
}

/** Tab until what begins with that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
	const passed: string[] = [];
	for (let count = 0; count < LONGEST_WALK; count++) {
		await page.keyboard.press('Tab');
		const focused = await nameOfFocused(page);
		if (focused.startsWith(name)) return;
		passed.push(focused);
	}
	throw new Error(`Tab never came to “${name}” but to ${passed.join(', ')}`);
}

/** What a screen reader calls it: its label, or its words. */
function nameOfFocused(page: Page): Promise<string> {
	return page.evaluate(() => {
		const element = document.activeElement;
		const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
		return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim();
	});
}
