/**
 * Makes the pictures of the help page anew, and that of the README: `npm run help:pictures`. They show the
 * built application with the demonstration, in a real browser.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PICTURES, type PictureName } from '../../src/routes/(app)/aide/declarer/pictures.ts';
import { open, openSite, settle, type Site } from '../journeys/site.ts';
import { ask } from '../support/people.ts';
import { startTestServer } from '../support/server.ts';
import { shrinkPng } from './small-png.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const FOLDER = join(PROJECT, 'static/aide');
/** The help is read on a phone too. */
const LARGEST_BYTES = 60_000;

/** What each picture shows: the page of a declaration, of which envelope, and from where on. */
const SHOWN: Record<PictureName, { path: string; of?: string; from?: string }> = {
	demande: { path: '/declarations' },
	saisir: { path: '/declarations/{id}/saisir', of: 'Parcours 2022-04-01', from: 'h1' },
	depassement: { path: '/declarations/{id}/saisir', of: 'Parcours 2022-04-01' },
	tableur: { path: '/declarations/{id}/tableur', of: 'Parcours 2022-04-01', from: 'main form' },
	justificatifs: {
		path: '/declarations/{id}/justificatifs',
		of: 'Nouveaux 2022-05-01',
		from: 'main form'
	},
	recu: { path: '/declarations/{id}/recu', of: 'Nouveaux 2022-06-01', from: 'h1' },
	retour: { path: '/declarations/{id}', of: 'Nouveaux 2022-05-01' }
};

const server = await startTestServer();
const site = await openSite();
try {
	mkdirSync(FOLDER, { recursive: true });
	for (const name of Object.keys(SHOWN) as PictureName[]) await take(site, name);
	await takeDashboard(site);
} finally {
	await site.close();
	await server.stop();
}

async function take({ database, enter }: Site, name: PictureName): Promise<void> {
	const { path, of = '', from = 'main' } = SHOWN[name];
	const { width, height } = PICTURES[name];
	const [declaration] = await ask<{ id: string }>(
		database,
		`select d.id from declarations d join envelopes e on e.id = d.envelope_id
		where split_part(e.label, ' ', 1) || ' ' || d.period_starts_on = '${of}'`
	);
	const { page, context } = await enter('partner', { viewport: { width, height } });
	const status = await open(page, path.replace('{id}', declaration?.id ?? ''));
	if (status !== 200) throw new Error(`${path} answered ${status}`);
	// Scrolled rather than cut out of the whole page, so that what sticks to an edge of the screen is there.
	await page
		.locator(from)
		.first()
		.evaluate(
			(element, above) => {
				scrollTo({
					top: element.getBoundingClientRect().top + scrollY - above,
					behavior: 'instant'
				});
			},
			from === 'main' ? 0 : 12
		);
	await settle(page);
	const picture = shrinkPng(await page.screenshot());
	await context.close();
	console.log(`${name}.png: ${picture.length} octets`);
	if (picture.length > LARGEST_BYTES) throw new Error(`${name}.png is too large`);
	writeFileSync(join(FOLDER, `${name}.png`), picture);
}

async function takeDashboard({ enter }: Site): Promise<void> {
	const { page, context } = await enter('elected');
	await open(page, '/');
	const picture = shrinkPng(await page.screenshot({ fullPage: true }));
	await context.close();
	writeFileSync(join(PROJECT, 'docs/images/tableau-de-bord.png'), picture);
}
