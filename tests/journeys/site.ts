import type {
	Browser,
	BrowserContext,
	BrowserContextOptions,
	Locator,
	Page
} from 'playwright-core';
import { ROLES, type Role } from '#lib/domain/role.ts';
import { DEMONSTRATION_PASSWORD } from '#lib/server/demonstration/accounts.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/chromium.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

export const EMAILS: Readonly<Record<Role, string>> = {
	finance: 'finances@demo.example',
	partner: 'partenaire@demo.example',
	elected: 'elus@demo.example',
	admin: 'admin@demo.example'
};

export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
/** The narrowest screen on which tables keep their columns. */
export const TABLET = { width: 769, height: 1024 };
/** The narrowest screen that must not scroll sideways: a page of 1280 enlarged four times. */
export const NARROWEST = { width: 320, height: 640 };

/** The built application with the demonstration, and a browser to read it in. */
export type Site = {
	origin: string;
	app: TestApp;
	database: TestDatabase;
	browser: Browser;
	/** A browser of somebody's own, signed in unless it is nobody's. */
	enter: (role: Role | null, options?: BrowserContextOptions) => Promise<Visit>;
	close: () => Promise<void>;
};

export type Visit = {
	page: Page;
	context: BrowserContext;
	/** All that a page did and should not have: see `watch`. */
	faults: string[];
};

export async function openSite(env: Readonly<Record<string, string>> = {}): Promise<Site> {
	const [database, browser] = await Promise.all([
		testDatabase({ demonstration: true }),
		launchBrowser()
	]);
	const app = await startApp({ database, env });
	const cookies = await signInEverybody(app.origin, browser);
	return {
		origin: app.origin,
		app,
		database,
		browser,
		enter: async (role, options) => {
			const context = await browser.newContext({
				baseURL: app.origin,
				viewport: WIDE,
				locale: 'fr-FR',
				timezoneId: 'Europe/Paris',
				reducedMotion: 'reduce',
				...options
			});
			context.setDefaultTimeout(10_000);
			if (role) await context.addCookies(cookies[role]);
			const page = await context.newPage();
			return { page, context, faults: watch(page, app.origin) };
		},
		close: async () => {
			await browser.close();
			await app.stop();
			await database.drop();
		}
	};
}

/** Signs in through the form, as a person does. */
export async function signIn(page: Page, role: Role): Promise<void> {
	await page.getByLabel('Adresse électronique').fill(EMAILS[role]);
	await page.getByLabel('Mot de passe').fill(DEMONSTRATION_PASSWORD);
	await page.getByRole('button', { name: 'Se connecter' }).click();
	await page.waitForURL((url) => url.pathname !== '/connexion');
}

/** Goes somewhere and waits until the page answers to clicks and its charts are drawn. */
export async function open(page: Page, address: string): Promise<number> {
	const answer = await page.goto(address, { waitUntil: 'load' });
	await settle(page);
	return answer?.status() ?? 0;
}

/** Waits until the page is alive and every chart has something on its canvas. */
export async function settle(page: Page): Promise<void> {
	await page.waitForFunction(() => {
		// SvelteKit adds this element once its components run; what is typed before could be lost.
		const isAlive = document.getElementById('svelte-announcer') !== null;
		// Chart.js sets the display of a canvas when it takes it over.
		const charts = [...document.querySelectorAll('canvas')];
		return isAlive && charts.every(({ style, width }) => style.display === 'block' && width > 0);
	});
	await page.evaluate(async () => {
		await document.fonts.ready;
		await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
	});
}

/** Clicks on what leads elsewhere and waits until one is there, with or without a document being loaded. */
export async function follow(link: Locator): Promise<void> {
	const page = link.page();
	const before = page.url();
	await link.click();
	await page.waitForURL((url) => url.href !== before);
}

/**
 * Notes what no page may do: throw, write an error to the console (the browser writes one for whatever the
 * Content-Security-Policy holds back), or ask another host for anything.
 */
function watch(page: Page, origin: string): string[] {
	const faults: string[] = [];
	page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
	page.on('console', (message) => {
		if (!['error', 'warning'].includes(message.type())) return;
		// A page that says no, 403 or 404, is told so by the browser too.
		if (/status of 4\d\d/.test(message.text()) && message.location().url === page.url()) return;
		faults.push(`console: ${message.text()}`);
	});
	page.on('request', (request) => {
		const { origin: asked, protocol } = new URL(request.url());
		if (asked !== origin && protocol !== 'data:') faults.push(`request: ${request.url()}`);
	});
	return faults;
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** Once a role: a journey that is not about signing in need not wait for the password to be checked. */
async function signInEverybody(origin: string, browser: Browser): Promise<Record<Role, Cookies>> {
	const entries = ROLES.map(async (role) => {
		const context = await browser.newContext();
		const answer = await context.request.post(`${origin}/connexion`, {
			headers: { origin, accept: 'text/html' },
			form: { email: EMAILS[role], password: DEMONSTRATION_PASSWORD },
			maxRedirects: 0
		});
		if (answer.status() !== 303) throw new Error(`${role} was answered ${answer.status()}`);
		const cookies = await context.cookies();
		await context.close();
		return [role, cookies] as const;
	});
	return Object.fromEntries(await Promise.all(entries)) as Record<Role, Cookies>;
}
