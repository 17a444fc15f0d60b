import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '#lib/server/api/problem.ts';
import type { Programme, ProgrammeCollection } from '#lib/server/api/programme.ts';
import { openApi, signInAs, type Credentials, type TestApi } from '../support/api-client.ts';
import { plantWorld } from '../support/world.ts';

const NOBODY: Credentials = {};
const READ = [
	'/programmes',
	'/programmes/action-logement-2020-2022',
	'/deliberations',
	'/deliberations/2020-12-17-action-logement'
];

let api: TestApi;
let finance: Credentials;
let partner: Credentials;
let elected: Credentials;
/** Envelopes of Action Logement, of the State, and of a programme that nobody validated. */
let own: string;
let foreign: string;
let unvalidated: string;

beforeAll(async () => {
	api = await openApi();
	({ finance, partner } = api.tokens);
	elected = await signInAs(api.app, 'elected');
	const programmes = await api.readAll<Programme>('/programmes');
	const envelopes = programmes.flatMap((programme) => programme.envelopes);
	own = envelopes.find(({ circuit }) => circuit === 'off_budget')?.id ?? '';
	foreign = envelopes.find(({ circuit }) => circuit === 'earmarked_revenue')?.id ?? '';
	const owner = new pg.Client(api.database.owner);
	await owner.connect();
	unvalidated = (await plantWorld(owner, { name: 'x', validated: false })).envelopeId;
	await owner.end();
}, 180_000);
afterAll(() => api?.close());

const status = async (path: string, credentials: Credentials): Promise<number> =>
	(await api.ask(path, credentials)).status;

/** Expects a problem in the form of RFC 9457 and answers with it. */
async function problemOf(answer: Response) {
	const body: unknown = await answer.json();
	expect(answer.headers.get('content-type'), JSON.stringify(body)).toBe('application/problem+json');
	const problem = problemSchema.strict().parse(body);
	expect(problem.status).toBe(answer.status);
	expect(problem.detail).toMatch(/\.$/);
	return problem;
}

describe('a parameter that cannot be read is refused by its name', () => {
	const long = 'x'.repeat(6000);
	const days = [
		'',
		...['2022-13-01', '2022-02-30', '2022-6-3', '30/06/2022', 'hier', '2022-06-30T10:00:00Z'],
		...['0022-01-01', '9999-12-31', '2022-06-30%00', '%00', '%FF', "2022-06-30'--", long]
	];
	const limits = [
		'',
		'0',
		'-1',
		'201',
		'abc',
		'1e2',
		'1.5',
		' 5',
		'0x10',
		'99999999999999999999',
		'%00',
		long
	];
	const cursors = ['', 'abc', '%00', 'AAAAAAAAAAAAAAAA', '..%2F..%2F', 'e30', "'%20or%201=1", long];
	const shown = (value: string) => (value.length > 40 ? `${value.length} letters` : `« ${value} »`);
	const of = (parameter: string, values: readonly string[]) =>
		values.map((value) => ({ parameter, value, shown: shown(value) }));

	it.each([
		...['au', 'connu'].flatMap((parameter) => of(parameter, days)),
		...of('limit', limits),
		...of('cursor', cursors)
	])('$parameter: $shown', async ({ parameter, value }) => {
		const paged = parameter === 'limit' || parameter === 'cursor';
		const paths = paged
			? ['/programmes', '/deliberations', `/envelopes/${own}/entries`]
			: [...READ, `/envelopes/${own}/entries`];
		for (const path of paths) {
			const answer = await api.ask(`${path}?${parameter}=${value}`, finance);
			expect(answer.status, path).toBe(400);
			const problem = await problemOf(answer);
			expect(problem.parameter).toBe(parameter);
			expect(problem.detail).toContain(`«\u00a0${parameter}\u00a0»`);
		}
	});

	it.each(['au', 'connu', 'limit', 'cursor'])('%s given twice', async (parameter) => {
		const query = `${parameter}=2022-06-30&${parameter}=2022-06-30`;
		const answer = await api.ask(`/programmes?${query}`, finance);
		expect(answer.status).toBe(400);
		expect((await problemOf(answer)).parameter).toBe(parameter);
	});

	it('but one that nobody knows is ignored', async () => {
		for (const path of [...READ, `/envelopes/${own}/entries`]) {
			expect(await status(`${path}?nom=%00&x=1&x=2&__proto__=3`, finance), path).toBe(200);
		}
	});

	it('and the limits of a page are taken', async () => {
		expect(await status('/programmes?limit=1', finance)).toBe(200);
		expect(await status('/programmes?limit=200', finance)).toBe(200);
	});
});

describe('what a person may not see does not exist', () => {
	it('for a partner: the envelope and the programme of another organisation', async () => {
		expect(await status(`/envelopes/${own}/entries`, partner)).toBe(200);
		expect(await status(`/envelopes/${foreign}/entries`, partner)).toBe(404);
		expect(await status('/programmes/logement-d-abord-2021-2022', partner)).toBe(404);
		const list = await (await api.ask('/programmes', partner)).json();
		expect(JSON.stringify(list)).not.toContain('Logement d’abord');
		expect((list as ProgrammeCollection).items).toHaveLength(1);
	});

	it('for elected officials: what finance has not validated', async () => {
		expect(await status('/programmes/programme-x', finance)).toBe(200);
		expect(await status(`/envelopes/${unvalidated}/entries`, finance)).toBe(200);
		expect(await status('/programmes/programme-x', elected)).toBe(404);
		expect(await status(`/envelopes/${unvalidated}/entries`, elected)).toBe(404);
		const list = await (await api.ask('/programmes', elected)).text();
		expect(list).not.toContain('programme-x');
	});

	it('and is answered like what never was', async () => {
		const hidden = await api.ask(`/envelopes/${foreign}/entries`, partner);
		const absent = await api.ask(`/envelopes/${randomUUID()}/entries`, partner);
		expect(await problemOf(hidden)).toEqual(await problemOf(absent));
	});

	it.each([
		...[
			'/programmes/rien',
			'/programmes/%00',
			"/programmes/'%20or%20true",
			`/programmes/${'x'.repeat(210)}`
		],
		...['/deliberations/rien', '/deliberations/%00', `/deliberations/${randomUUID()}`],
		...['/envelopes/1/entries', '/envelopes/%00/entries', `/envelopes/${randomUUID()}/entries`],
		...['/envelopes', '/rien', '/programmes/a/b', '/programmes/__data.json']
	])('and neither does %s', async (path) => {
		const answer = await api.ask(path, finance);
		expect(answer.status).toBe(404);
		await problemOf(answer);
	});
});

describe('nobody', () => {
	it.each([...READ, `/envelopes/${randomUUID()}/entries`])(
		'is not answered at %s',
		async (path) => {
			const answer = await api.ask(path, NOBODY);
			expect(answer.status).toBe(401);
			expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="tenu"');
			await problemOf(answer);
		}
	);

	it.each(['Bearer', 'Bearer x', 'Bearer tenu_x', 'Basic dGVudTp0ZW51', 'tenu_x'])(
		'is whoever presents %s, session or not',
		async (authorization) => {
			for (const session of [NOBODY, elected]) {
				const answer = await api.ask('/programmes', { ...session, authorization });
				expect(answer.status).toBe(401);
			}
		}
	);

	it('may read the description', async () => {
		const answer = await api.ask('/openapi.json', NOBODY);
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({ openapi: '3.1.1' });
	});
});

describe('the methods', () => {
	it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is not one of them', async (method) => {
		for (const path of [...READ, `/envelopes/${own}/entries`, '/openapi.json']) {
			const answer = await api.ask(path, finance, method);
			expect(answer.status, path).toBe(405);
			expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'OPTIONS']);
			await problemOf(answer);
		}
	});

	it('HEAD answers like GET, without the body', async () => {
		const [get, head] = await Promise.all(
			['GET', 'HEAD'].map((method) => api.ask('/programmes', finance, method))
		);
		expect(head?.status).toBe(200);
		expect(await head?.text()).toBe('');
		expect(head?.headers.get('etag')).toBe(get?.headers.get('etag'));
	});

	it('OPTIONS says which they are', async () => {
		const answer = await api.ask('/programmes', finance, 'OPTIONS');
		expect(answer.status).toBe(204);
		expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
	});
});

describe('an answer', () => {
	it('is not sent again while it has not changed', async () => {
		const first = await api.ask('/programmes', finance);
		const etag = first.headers.get('etag') ?? '';
		const again = (tag: string) => api.ask('/programmes', { ...finance, 'if-none-match': tag });
		expect(await again(etag)).toMatchObject({ status: 304 });
		expect(await again(`W/${etag}`)).toMatchObject({ status: 304 });
		expect(await again('"autre"')).toMatchObject({ status: 200 });
		expect(await api.ask('/programmes', { ...partner, 'if-none-match': etag })).toMatchObject({
			status: 200
		});
	});

	it('is kept by no cache that others share', async () => {
		const { headers } = await api.ask('/programmes', finance);
		expect(headers.get('cache-control')).toBe('private, no-cache');
		expect(headers.get('vary')).toBe('Cookie, Authorization');
		expect(headers.get('x-content-type-options')).toBe('nosniff');
	});

	it('is never a failure of ours in all of this', () => {
		expect(api.app.output()).not.toContain('"failed"');
	});
});
