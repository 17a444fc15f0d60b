import type { APIRequestContext } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { ROLES } from '#lib/domain/role.ts';
import { listViolations, listWhatSticksOut, readHead } from './findings.ts';
import { plantReading } from '../support/readings.ts';
import { readDeclarations, readPlaces } from './places.ts';
import { NARROWEST, open, openSite, PHONE, TABLET, WIDE, type Site } from './site.ts';

let site: Site;
/** An act that finance reads. */
let reading: string;
beforeAll(async () => {
	site = await openSite();
	const text = 'Séance du 17 décembre 2020. L’État verse 494 000 €.';
	const planted = await plantReading(site.database, text, [
		{ key: 'sitting', role: 'sitting', quote: '17 décembre 2020', section: 'header' },
		{ key: 'amount', role: 'amount', quote: '494 000 €', choice: null }
	]);
	reading = planted.id;
}, 180_000);
afterAll(() => site?.close());

const VISITORS = [...ROLES, 'nobody'] as const;

/** Whether a page shows somebody what it shows nobody else: what finance or partners see too is looked at once more by them. */
function isOwnPage(visitor: (typeof VISITORS)[number], address: string): boolean {
	if (visitor === 'elected') return false;
	return visitor !== 'admin' || ['/utilisateurs', '/courriels', '/journal'].includes(address);
}

describe.concurrent.each(VISITORS)('every page that %s can open', (visitor) => {
	it('is accessible, fits a phone, says what it is and stays silent', async ({ expect }) => {
		const { page, faults, context } = await site.enter(visitor === 'nobody' ? null : visitor);
		const addresses = await listAddresses(visitor, context.request);
		const titles: string[] = [];
		for (const [address, status] of addresses) {
			await page.setViewportSize(WIDE);
			expect.soft(await open(page, address), address).toBe(status);
			const { title, ...head } = await readHead(page);
			expect.soft(head, address).toEqual({ language: 'fr', mainHeadings: 1 });
			titles.push(title);
			expect.soft(await listViolations(page), `${address} at ${WIDE.width}`).toEqual([]);
			await page.setViewportSize(TABLET);
			expect.soft(await listWhatSticksOut(page), `${address} at ${TABLET.width}`).toEqual([]);
			await page.setViewportSize(PHONE);
			expect.soft(await listWhatSticksOut(page), `${address} at ${PHONE.width}`).toEqual([]);
			if (isOwnPage(visitor, address)) {
				expect.soft(await listViolations(page), `${address} at ${PHONE.width}`).toEqual([]);
			}
			await page.setViewportSize(NARROWEST);
			expect.soft(await listWhatSticksOut(page), `${address} at ${NARROWEST.width}`).toEqual([]);
			expect.soft(faults.splice(0), address).toEqual([]);
		}
		expect.soft(titles).toEqual([...new Set(titles)]);
		await context.close();
	}, 180_000);
});

it.concurrent('finds what is wrong with a page, where something is', async ({ expect }) => {
	const { page, faults, context } = await site.enter(null, { viewport: PHONE });
	await open(page, '/connexion');
	await page.evaluate(() => {
		const image = document.createElement('img');
		image.width = 2000;
		image.style.maxWidth = 'none';
		image.src = 'https://ailleurs.exemple/image.png';
		document.body.append(image);
	});
	expect((await listViolations(page)).join()).toContain('image-alt');
	expect((await listWhatSticksOut(page)).join()).toContain('IMG');
	expect(faults.join()).toContain('Content Security Policy');
	await context.close();
});

it.concurrent.for(VISITORS)(
	'tells the browser of %s, on every page, to run and keep nothing that is not ours',
	async (visitor, { expect }) => {
		const { context } = await site.enter(visitor === 'nobody' ? null : visitor);
		const addresses = await listAddresses(visitor, context.request);
		for (const [address, status] of addresses) {
			const answer = await context.request.get(address, { headers: { accept: 'text/html' } });
			const { 'content-security-policy': policy = '', ...headers } = answer.headers();
			expect.soft(policy, address).toMatch(/script-src 'self' 'sha256-[^']+'(;| 'sha256)/);
			expect.soft(policy, address).not.toMatch(/'unsafe-(inline|eval)'|https?:|\*/);
			expect.soft(policy, address).toContain("frame-ancestors 'none'");
			expect.soft(headers, address).toMatchObject({
				'x-content-type-options': 'nosniff',
				'referrer-policy': 'same-origin'
			});
			// Where there is no page there is nothing of anybody's.
			const isOfSomebody = visitor !== 'nobody' && status !== 404;
			if (isOfSomebody) expect.soft(headers['cache-control'], address).toBe('private, no-store');
		}
		await context.close();
	}
);

/** What there is to open for somebody, with the status that it answers. */
async function listAddresses(
	visitor: (typeof VISITORS)[number],
	request: APIRequestContext
): Promise<[string, number][]> {
	if (visitor === 'nobody') {
		const addresses = ['/connexion', '/accessibilite', '/mentions-legales'];
		return [...addresses.map(opens), ['/nulle-part', 404]];
	}
	const { programmes, envelopes, deliberations } = await readPlaces(request);
	const { draft, accepted } = await readDeclarations(site.database);
	const ledger = `/enveloppes/${envelopes[0]?.id}`;
	const undertaking = programmes.flatMap(({ undertakings }) => undertakings)[1]?.id;
	const addresses = [
		'/',
		'/programmes',
		`/programmes/${programmes[0]?.slug}`,
		ledger,
		'/deliberations',
		`/deliberations/${deliberations.at(-1)?.id}`,
		'/engagements',
		`/engagements/${undertaking}`,
		'/chiffres/verse',
		`/chiffres/promis?enveloppe=${envelopes[0]?.id}`,
		'/compte',
		'/aide/declarer',
		...(visitor === 'partner'
			? [
					'/declarations',
					`/declarations/${draft}/saisir`,
					`/declarations/${draft}/justificatifs`,
					`/declarations/${draft}/verifier`
				]
			: []),
		...(visitor === 'elected'
			? []
			: [`/declarations/${accepted}`, `/declarations/${accepted}/recu`]),
		'/deconnexion',
		...(visitor === 'admin' ? ['/utilisateurs', '/courriels', '/journal'] : []),
		...(visitor === 'finance'
			? [
					'/declarations/recues',
					`${ledger}/rythme`,
					`${ledger}/ecritures/nouvelle`,
					'/deliberations/nouvelle',
					`/deliberations/lectures/${reading}`,
					`/deliberations/lectures/${reading}/verifier`,
					'/deliberations/export',
					`/deliberations/${deliberations[0]?.id}/publication`,
					`/deliberations/${deliberations[0]?.id}/citer`
				]
			: [])
	];
	const refused = visitor === 'admin' ? `${ledger}/ecritures/nouvelle` : '/utilisateurs';
	return [...addresses.map(opens), [refused, 403], ['/nulle-part', 404]];
}

const opens = (address: string): [string, number] => [address, 200];
