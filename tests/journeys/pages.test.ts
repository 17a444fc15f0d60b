import type { APIRequestContext } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { ROLES } from '#lib/domain/role.ts';
import { listViolations, listWhatSticksOut, readHead } from './findings.ts';
import { readPlaces } from './places.ts';
import { NARROWEST, open, openSite, PHONE, WIDE, type Site } from './site.ts';

let site: Site;
beforeAll(async () => void (site = await openSite()), 180_000);
afterAll(() => site?.close());

const PUBLIC: [string, number][] = [
	['/connexion', 200],
	['/accessibilite', 200],
	['/mentions-legales', 200],
	['/nulle-part', 404]
];

describe.concurrent.each([...ROLES, null])('every page that %s can open', (role) => {
	it('is accessible, fits a phone, says what it is and stays silent', async ({ expect }) => {
		const { page, faults, context } = await site.enter(role);
		const addresses = role ? await listAddresses(context.request, role === 'admin') : PUBLIC;
		const titles: string[] = [];
		for (const [address, status] of addresses) {
			await page.setViewportSize(WIDE);
			expect.soft(await open(page, address), address).toBe(status);
			const { title, ...head } = await readHead(page);
			expect.soft(head, address).toEqual({ language: 'fr', mainHeadings: 1 });
			titles.push(title);
			expect.soft(await listViolations(page), `${address} at ${WIDE.width}`).toEqual([]);
			await page.setViewportSize(PHONE);
			expect.soft(await listWhatSticksOut(page), `${address} at ${PHONE.width}`).toEqual([]);
			expect.soft(await listViolations(page), `${address} at ${PHONE.width}`).toEqual([]);
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
		document.querySelector('main')?.append(image);
	});
	expect((await listViolations(page)).join()).toContain('image-alt');
	expect((await listWhatSticksOut(page)).join()).toContain('IMG');
	expect(faults.join()).toContain('Content Security Policy');
	await context.close();
});

/** What there is to open for somebody signed in, with the status that it answers. */
async function listAddresses(
	request: APIRequestContext,
	administers: boolean
): Promise<[string, number][]> {
	const { programmes, envelopes, deliberations } = await readPlaces(request);
	const open = [
		'/',
		'/programmes',
		`/programmes/${programmes[0]?.slug}`,
		`/enveloppes/${envelopes[0]?.id}`,
		'/deliberations',
		`/deliberations/${deliberations.at(-1)?.id}`,
		'/chiffres/verse',
		`/chiffres/promis?enveloppe=${envelopes[0]?.id}`,
		'/compte',
		...(administers ? ['/utilisateurs', '/journal'] : [])
	];
	return [
		...open.map((address): [string, number] => [address, 200]),
		...(administers ? [] : ([['/utilisateurs', 403]] satisfies [string, number][])),
		['/nulle-part', 404]
	];
}
