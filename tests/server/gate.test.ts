import { readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GATE } from '#lib/domain/gate.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { ask } from '../support/people.ts';

/** Read it as a page of rules: what each address answers to whom. An address that is missing here fails. */
const VISITORS = ['nobody', 'finance', 'partner', 'elected', 'admin'] as const;

/** 303 leads to the sign-in page, or away from it; 401 and 404 of the API are problems. */
const EXPECTED: Record<string, readonly [number, number, number, number, number]> = {
	'/(public)/connexion': [200, 303, 303, 303, 303],
	'/(public)/deconnexion': [303, 200, 200, 200, 200],
	'/(public)/accessibilite': [200, 200, 200, 200, 200],
	'/(public)/mentions-legales': [200, 200, 200, 200, 200],
	'/health': [200, 200, 200, 200, 200],
	'/ready': [200, 200, 200, 200, 200],
	'/api/v1/openapi.json': [200, 200, 200, 200, 200],

	'/(app)': [303, 200, 200, 200, 200],
	'/(app)/programmes': [303, 200, 200, 200, 200],
	'/(app)/programmes/[slug]': [303, 200, 200, 200, 200],
	'/(app)/enveloppes/[id]': [303, 200, 200, 200, 200],
	'/(app)/enveloppes/[id]/rythme': [303, 200, 403, 403, 403],
	'/(app)/enveloppes/[id]/ecritures/nouvelle': [303, 200, 403, 403, 403],
	'/(app)/enveloppes/[id]/ecritures/[entry]/contrepasser': [303, 200, 403, 403, 403],
	'/(app)/deliberations': [303, 200, 200, 200, 200],
	'/(app)/deliberations/[id]': [303, 200, 200, 200, 200],
	// Nobody reads an act in the demonstration.
	'/(app)/deliberations/lectures/[id]': [303, 404, 403, 403, 403],
	'/(app)/deliberations/lectures/[id]/devenir': [303, 404, 403, 403, 403],
	'/(app)/deliberations/lectures/[id]/devenir/enveloppes': [303, 404, 403, 403, 403],
	'/(app)/deliberations/lectures/[id]/devenir/enveloppes/[key]': [303, 404, 403, 403, 403],
	'/(app)/deliberations/lectures/[id]/devenir/indicateurs': [303, 404, 403, 403, 403],
	'/(app)/deliberations/lectures/[id]/devenir/engagements': [303, 404, 403, 403, 403],
	'/(app)/deliberations/lectures/[id]/verifier': [303, 404, 403, 403, 403],
	'/(app)/deliberations/nouvelle': [303, 200, 403, 403, 403],
	'/(app)/deliberations/export': [303, 200, 403, 403, 403],
	'/(app)/deliberations/export/fichier': [303, 200, 403, 403, 403],
	'/(app)/deliberations/[id]/publication': [303, 200, 403, 403, 403],
	'/(app)/deliberations/[id]/citer': [303, 200, 403, 403, 403],
	// The demonstration was not read at the desk.
	'/(app)/deliberations/lectures/[id]/original': [303, 404, 403, 403, 403],
	'/(app)/engagements': [303, 200, 200, 200, 200],
	'/(app)/engagements/[id]': [303, 200, 200, 200, 200],
	'/(app)/engagements/[id]/fichiers/[file]': [303, 404, 404, 404, 404],
	'/(app)/chiffres/[figure]': [303, 200, 200, 200, 200],
	'/(app)/declarations': [303, 403, 200, 403, 403],
	'/(app)/declarations/recues': [303, 200, 403, 403, 403],
	'/(app)/declarations/[id]': [303, 404, 200, 403, 404],
	'/(app)/declarations/[id]/saisir': [303, 403, 200, 403, 403],
	'/(app)/declarations/[id]/brouillon': [303, 403, 405, 403, 403],
	'/(app)/declarations/[id]/verifier': [303, 403, 200, 403, 403],
	'/(app)/declarations/[id]/tableur': [303, 403, 200, 403, 403],
	'/(app)/declarations/[id]/tableur/[import]': [303, 403, 404, 403, 403],
	'/(app)/declarations/[id]/modele/[format]': [303, 403, 200, 403, 403],
	'/(app)/declarations/[id]/justificatifs': [303, 403, 200, 403, 403],
	'/(app)/declarations/[id]/fichiers/[file]': [303, 404, 404, 403, 404],
	// Not sent yet: there is no receipt.
	'/(app)/declarations/[id]/recu': [303, 404, 404, 403, 404],
	'/(app)/declarations/[id]/recu/pdf': [303, 404, 404, 403, 404],
	'/(app)/compte': [303, 200, 200, 200, 200],
	'/(app)/aide/declarer': [303, 200, 200, 200, 200],
	'/(app)/refus': [303, 403, 403, 403, 403],
	'/(app)/utilisateurs': [303, 403, 403, 403, 200],
	'/(app)/courriels': [303, 403, 403, 403, 200],
	'/(app)/courriels/[id]': [303, 403, 403, 403, 404],
	'/(app)/journal': [303, 403, 403, 403, 200],

	'/api/v1/programmes': [401, 200, 200, 200, 200],
	'/api/v1/programmes/[slug]': [401, 200, 200, 200, 200],
	'/api/v1/envelopes/[id]/entries': [401, 200, 200, 200, 200],
	'/api/v1/deliberations': [401, 200, 200, 200, 200],
	'/api/v1/deliberations/[id]': [401, 200, 200, 200, 200]
};

/** What belongs to another organisation, or does not exist: for a partner there is no difference. */
const FOREIGN: Record<string, readonly [number, number, number, number, number]> = {
	'/programmes/{foreign}': [303, 200, 404, 200, 200],
	'/enveloppes/{foreign}': [303, 200, 404, 200, 200],
	'/chiffres/verse?enveloppe={foreign}': [303, 200, 404, 200, 200],
	'/declarations/{foreign}': [303, 404, 404, 403, 404],
	'/declarations/{foreign}/saisir': [303, 403, 404, 403, 403],
	'/declarations/{foreign}/verifier': [303, 403, 404, 403, 403],
	'/declarations/{foreign}/tableur': [303, 403, 404, 403, 403],
	'/declarations/{foreign}/tableur/{file}': [303, 403, 404, 403, 403],
	'/declarations/{foreign}/modele/xlsx': [303, 403, 404, 403, 403],
	'/declarations/{foreign}/justificatifs': [303, 403, 404, 403, 403],
	'/declarations/{foreign}/fichiers/{file}': [303, 404, 404, 403, 404],
	'/declarations/{foreign}/recu': [303, 404, 404, 403, 404],
	'/declarations/{foreign}/recu/pdf': [303, 404, 404, 403, 404],
	'/api/v1/programmes/{foreign}': [401, 200, 404, 200, 200],
	'/api/v1/envelopes/{foreign}/entries': [401, 200, 404, 200, 200]
};

const EMAILS = {
	finance: 'finances@demo.example',
	partner: 'partenaire@demo.example',
	elected: 'elus@demo.example',
	admin: 'admin@demo.example'
};

const ROUTES = resolve(import.meta.dirname, '../../src/routes');

let test: TestDatabase;
let app: TestApp;
let own: Names;
let foreign: Names;
const cookies: Record<string, string> = {};

type Names = {
	programme: string;
	envelope: string;
	deliberation: string;
	entry: string;
	/** Null where its act has none. */
	undertaking: string | null;
	/** A draft, of a period that nobody declares. */
	draft: string;
};

beforeAll(async () => {
	test = await testDatabase({ demonstration: true });
	app = await startApp({ database: test });
	own = await namesOf('Action Logement Services');
	foreign = await namesOf('État (DIHAL)');
	for (const [visitor, email] of Object.entries(EMAILS)) cookies[visitor] = await signIn(email);
}, 180_000);

afterAll(async () => {
	await app?.stop();
	await test?.drop();
});

describe('every address answers each visitor as the table says', () => {
	it.each(Object.entries(EXPECTED))('%s', async (routeId, expected) => {
		const answers = await Promise.all(
			VISITORS.map(async (visitor) => (await open(addressOf(routeId), visitor)).status)
		);
		expect(answers).toEqual(expected);
	});
});

describe('what belongs to another organisation is not found', () => {
	it.each(Object.entries(FOREIGN))('%s', async (pattern, expected) => {
		const name = pattern.includes('programmes')
			? foreign.programme
			: pattern.includes('declarations')
				? foreign.draft
				: foreign.envelope;
		const address = pattern.replace('{foreign}', name).replace('{file}', foreign.envelope);
		const answers = await Promise.all(
			VISITORS.map(async (visitor) => (await open(address, visitor)).status)
		);
		expect(answers).toEqual(expected);
	});
});

it('has a row for every route there is, and opens no route that is not there', () => {
	const routes = [...new Set(listRoutes(ROUTES))].sort();
	expect(Object.keys(EXPECTED).sort()).toEqual(routes);
	expect(Object.keys(GATE).sort()).toEqual(routes);
});

it('gives nobody the data of a page that asks to sign in, without its frame either', async () => {
	for (const routeId of pagesFor('nobody', 303)) {
		const { pathname } = new URL(addressOf(routeId), app.origin);
		const answer = await open(`${pathname === '/' ? '' : pathname}/__data.json`, 'nobody');
		expect(await answer.json(), routeId).toMatchObject({ type: 'redirect' });
	}
});

it('gives no data of a page to a role that it is not open to', async () => {
	for (const routeId of ['/(app)/utilisateurs', '/(app)/courriels', '/(app)/journal']) {
		for (const visitor of ['finance', 'partner', 'elected']) {
			const answer = await open(`${addressOf(routeId)}/__data.json`, visitor);
			expect(answer.status, `${routeId} ${visitor}`).toBe(403);
		}
	}
});

it('runs no action for whoever may not open its page', async () => {
	for (const [routeId, [nobody, finance]] of Object.entries(EXPECTED)) {
		if (nobody === 200 || ['/(public)/deconnexion', '/(app)/refus'].includes(routeId)) continue;
		const post = { method: 'POST', headers: { origin: app.origin }, body: new URLSearchParams() };
		const address = addressOf(routeId);
		expect([303, 401, 405], routeId).toContain((await open(address, 'nobody', post)).status);
		if (finance === 403) expect((await open(address, 'finance', post)).status, routeId).toBe(403);
	}
});

it('tells a role what is not open to it with the whole page, navigation included', async () => {
	const answer = await open('/utilisateurs', 'elected');
	const html = await answer.text();
	expect(html).toContain('Cette page ne vous est pas ouverte');
	expect(html).not.toContain('@demo.example');
});

/** Every folder that holds a page or an endpoint, by its route id. */
function listRoutes(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter(({ name }) => /^\+(page(\.server)?|server)\.(svelte|ts)$/.test(name))
		.map(({ parentPath, name }) => dirname(join('/', relative(folder, parentPath), name)))
		.map((id) => id.replaceAll('\\', '/'));
}

const pagesFor = (visitor: (typeof VISITORS)[number], status: number): string[] =>
	Object.keys(EXPECTED).filter(
		(id) => EXPECTED[id]?.[VISITORS.indexOf(visitor)] === status && !id.startsWith('/api')
	);

/** The address of a route, with what the partner of the demonstration may see. */
function addressOf(routeId: string): string {
	const path = routeId.replaceAll(/\/\(\w+\)/g, '') || '/';
	return path
		.replace('/programmes/[slug]', `/programmes/${own.programme}`)
		.replace('/lectures/[id]', '/lectures/00000000-0000-4000-8000-000000000000')
		.replace('/deliberations/[id]', `/deliberations/${own.deliberation}`)
		.replace('/enveloppes/[id]', `/enveloppes/${own.envelope}`)
		.replace('/ecritures/[entry]', `/ecritures/${own.entry}`)
		.replace('/declarations/[id]', `/declarations/${own.draft}`)
		.replace('/engagements/[id]', `/engagements/${own.undertaking}`)
		.replace('/fichiers/[file]', '/fichiers/00000000-0000-4000-8000-000000000000')
		.replace('/tableur/[import]', '/tableur/00000000-0000-4000-8000-000000000000')
		.replace('/modele/[format]', '/modele/csv')
		.replace('/envelopes/[id]', `/envelopes/${own.envelope}`)
		.replace('/chiffres/[figure]', `/chiffres/verse?enveloppe=${own.envelope}`);
}

async function namesOf(funder: string): Promise<Names> {
	const [names] = await ask<Omit<Names, 'draft'>>(
		test,
		`select p.slug as programme, e.id as envelope, d.slug as deliberation,
			(select min(x.id)::text from entries x where x.envelope_id = e.id) as entry,
			(select u.id from undertakings u where u.programme_id = p.id and u.position = 2) as undertaking
		from envelopes e join programmes p on p.id = e.programme_id
		join organisations f on f.id = e.funder_id
		join citations c on c.id = e.citation_id join deliberations d on d.id = c.deliberation_id
		where f.name = $1 order by e.id limit 1`,
		[funder]
	);
	if (!names) throw new Error(`The demonstration holds no envelope of ${funder}.`);
	const [draft] = await ask<{ id: string }>(
		test,
		`insert into declarations
			(envelope_id, organisation_id, period_starts_on, period_ends_on, created_by)
		select e.id, e.partner_id, e.starts_on + 1, e.starts_on + 2, u.id
		from envelopes e, users u where e.id = $1 and u.role = 'partner' limit 1
		returning id`,
		[names.envelope]
	);
	return { ...names, draft: draft?.id ?? '' };
}

async function signIn(email: string): Promise<string> {
	const answer = await open('/connexion', 'nobody', {
		method: 'POST',
		headers: { origin: app.origin },
		body: new URLSearchParams({ email, password: 'tenu-demonstration' })
	});
	return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

function open(address: string, visitor: string, init: RequestInit = {}): Promise<Response> {
	const headers = { accept: 'text/html', cookie: cookies[visitor] ?? '', ...init.headers };
	return fetch(`${app.origin}${address}`, { ...init, headers, redirect: 'manual' });
}
