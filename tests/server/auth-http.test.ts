import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { createToken } from '#lib/server/auth/create-token.ts';
import { asOwner } from '#lib/server/db/as-owner.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { addPerson, ask, PASSWORD } from '../support/people.ts';
import { visit } from '../support/visitor.ts';

const FINANCE = 'finances@metropole.test';
const INCORRECT = 'Adresse électronique ou mot de passe incorrect.';

/** An application may have to be built before it starts. */
const STARTING_MS = 180_000;

let test: TestDatabase;
let app: TestApp;

beforeAll(async () => {
	test = await testDatabase();
	await addPerson(test, FINANCE);
	await addPerson(test, 'admin@metropole.test', 'admin');
	await addPerson(test, 'elue@metropole.test', 'elected');
	app = await startApp({ database: test });
}, STARTING_MS);

afterAll(async () => {
	await app?.stop();
	await test?.drop();
});

describe('signing in', () => {
	it('sets a cookie that scripts cannot read and other sites cannot send', async () => {
		const answer = await visit(app.origin).signIn(FINANCE);
		expect(answer.status).toBe(303);
		expect(answer.headers.get('location')).toBe('/');
		expect(answer.headers.get('set-cookie')).toMatch(
			/^tenu_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/
		);
	});

	it('ends the former session of the browser', async () => {
		const browser = visit(app.origin);
		await browser.signIn(FINANCE);
		const former = browser.cookie();
		await browser.signIn(FINANCE);
		expect((await browser.open('/compte')).status).toBe(200);
		const answer = await browser.open('/compte', { headers: { cookie: former } });
		expect(answer.status).toBe(303);
	});

	it('keeps what was typed but the password, and says what is wrong in title and summary', async () => {
		const answer = await visit(app.origin).signIn(FINANCE, 'un mauvais mot de passe');
		const html = await answer.text();
		expect(answer.status).toBe(400);
		expect(html).toContain('<title>Erreur');
		expect(html).toContain(INCORRECT);
		expect(html).toContain(`value="${FINANCE}"`);
		expect(html).not.toContain('un mauvais mot de passe');
	});

	it('answers an unknown account word for word as a wrong password', async () => {
		const bodies = await Promise.all(
			['inconnue@metropole.test', 'elue@metropole.test'].map(async (email) => {
				const answer = await visit(app.origin).signIn(email, 'un mauvais mot de passe');
				const html = (await answer.text()).replaceAll(email, '…');
				return html.replaceAll(/__sveltekit_\w+|id:"\w+"/g, '…');
			})
		);
		expect(bodies[0]).toBe(bodies[1]);
	});

	it('asks for each field that is empty', async () => {
		const html = await (await visit(app.origin).signIn('', '')).text();
		expect(html).toContain('Saisissez votre adresse électronique');
		expect(html).toContain('href="#password"');
	});

	it('says what is wrong with an address that no database could hold', async () => {
		const answer = await visit(app.origin).submit('/connexion', {
			email: 'a\u0000b',
			password: 'x'
		});
		expect(answer.status).toBe(400);
		expect(await answer.text()).toContain('caractère invisible');
	});

	it('answers 429 and says when to try again once an account is closed', async () => {
		const browser = visit(app.origin);
		for (let time = 0; time < 5; time++) await browser.signIn('cible@metropole.test', 'faux');
		const answer = await browser.signIn('cible@metropole.test', 'faux');
		expect(answer.status).toBe(429);
		expect(await answer.text()).toContain('réessayez dans 15 minutes');
	});

	it('leads back to the page that was asked for', async () => {
		const browser = visit(app.origin);
		const sent = await browser.open('/compte?au=2021-12-31');
		expect(sent.status).toBe(303);
		const location = sent.headers.get('location') ?? '';
		const answer = await browser.signIn(FINANCE, PASSWORD, location);
		expect(answer.headers.get('location')).toBe('/compte?au=2021-12-31');
	});

	it.each([
		'//ailleurs.test',
		'/\\ailleurs.test',
		'https://ailleurs.test/',
		'/\t/ailleurs.test',
		'compte',
		'/deconnexion',
		'/%'
	])('does not follow %j after signing in', async (target) => {
		const address = `/connexion?vers=${encodeURIComponent(target)}`;
		const answer = await visit(app.origin).signIn(FINANCE, PASSWORD, address);
		expect(answer.status).toBe(303);
		expect(['/', '/%']).toContain(answer.headers.get('location'));
	});

	it('refuses a form that another site sends', async () => {
		const answer = await visit(app.origin, 'https://ailleurs.test').signIn(FINANCE);
		expect(answer.status).toBe(403);
		expect(answer.headers.get('set-cookie')).toBeNull();
	});

	it(
		'works at localhost and at 127.0.0.1 alike',
		async () => {
			const local = await startApp({ database: test, env: { HOST: 'localhost' } });
			try {
				const { port } = new URL(local.origin);
				for (const host of ['localhost', '127.0.0.1']) {
					const browser = visit(`http://${host}:${port}`);
					expect((await browser.signIn(FINANCE)).status).toBe(303);
					expect((await browser.open('/compte')).status).toBe(200);
				}
			} finally {
				await local.stop();
			}
		},
		STARTING_MS
	);

	it(
		'marks the cookie Secure and bound to its host where the origin is https',
		async () => {
			const origin = 'https://tenu.metropole.test';
			const port = await findFreePort();
			const env = { ORIGIN: origin, PORT: String(port) };
			const secure = await startApp({ database: test, env });
			try {
				const browser = visit(`http://127.0.0.1:${port}`, origin);
				const answer = await browser.signIn(FINANCE);
				expect(answer.headers.get('set-cookie')).toMatch(
					/^__Host-tenu_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/
				);
				const page = await browser.open('/compte');
				expect(page.status).toBe(200);
				expect(page.headers.get('strict-transport-security')).toBe('max-age=31536000');
			} finally {
				await secure.stop();
			}
		},
		STARTING_MS
	);
});

describe('signing out', () => {
	it('ends the session and takes the cookie away', async () => {
		const browser = visit(app.origin);
		await browser.signIn(FINANCE);
		const cookie = browser.cookie();
		const answer = await browser.submit('/deconnexion', {});
		expect(answer.status).toBe(303);
		expect(browser.cookie()).toBe('');
		expect((await browser.open('/compte', { headers: { cookie } })).status).toBe(303);
	});

	it('everywhere ends the session of another browser too', async () => {
		const [here, elsewhere] = [visit(app.origin), visit(app.origin)];
		await here.signIn('elue@metropole.test');
		await elsewhere.signIn('elue@metropole.test');
		expect((await here.submit('/compte?/deconnexion', {})).status).toBe(303);
		expect((await elsewhere.open('/compte')).status).toBe(303);
	});
});

describe('accounts', () => {
	it('are closed and opened again by an administrator, with a line each in the journal', async () => {
		const id = await addPerson(test, 'partant@metropole.test');
		const [admin, person] = [visit(app.origin), visit(app.origin)];
		await admin.signIn('admin@metropole.test');
		await person.signIn('partant@metropole.test');
		const submitted = await admin.submit('/utilisateurs', { personId: id, access: 'closed' });
		expect(submitted.status).toBe(303);
		expect((await person.open('/compte')).status).toBe(303);
		expect(await (await person.signIn('partant@metropole.test')).text()).toContain(INCORRECT);

		await admin.submit('/utilisateurs', { personId: id, access: 'open' });
		expect((await person.signIn('partant@metropole.test')).status).toBe(303);
		const journal = await (await admin.open('/journal')).text();
		expect(journal).toContain('Désactivation d’un compte');
		expect(journal).toContain('Réactivation d’un compte');
	});

	it('are never closed by their own holder', async () => {
		const admin = visit(app.origin);
		await admin.signIn('admin@metropole.test');
		const [self] = await ask<{ id: string }>(
			test,
			`select id from users where email = 'admin@metropole.test'`
		);
		const answer = await admin.submit('/utilisateurs', {
			personId: self?.id ?? '',
			access: 'closed'
		});
		expect(answer.status).toBe(403);
		expect(await answer.text()).toContain('jamais par la personne elle-même');
	});
});

describe('an API token', () => {
	const read = (token: string, address = '/api/v1/programmes') =>
		fetch(`${app.origin}${address}`, {
			redirect: 'manual',
			headers: { authorization: `Bearer ${token}` }
		});

	const make = (expiresAt: Date | null = null) =>
		asOwner(test.owner, (tx) => createToken(tx, { email: FINANCE, label: 'essai', expiresAt }));

	it('reads the API in the name of its person, and is known by its digest alone', async () => {
		const token = await make();
		expect((await read(token)).status).toBe(200);
		const rows = await ask(test, 'select * from api_tokens where last_used_on is not null');
		expect(rows).toHaveLength(1);
		expect(JSON.stringify(rows)).not.toContain(token);
	});

	it('opens no page', async () => {
		expect((await read(await make(), '/compte')).status).toBe(303);
	});

	it('is refused as a problem when it is unknown, expired or revoked', async () => {
		const revoked = await make();
		await ask(test, 'update api_tokens set revoked_at = now()');
		const expired = await make(new Date(Date.now() - 1000));
		for (const token of ['tenu_inconnu', 'x', '', revoked, expired]) {
			const answer = await read(token);
			expect(answer.status).toBe(401);
			expect(answer.headers.get('content-type')).toBe('application/problem+json');
			expect(answer.headers.get('www-authenticate')).toContain('Bearer');
			expect(await answer.json()).toMatchObject({ status: 401, type: 'about:blank' });
		}
	});

	it('is refused at once when its person is deactivated', async () => {
		const token = await make();
		await ask(test, 'update users set deactivated_at = now() where email = $1', [FINANCE]);
		expect((await read(token)).status).toBe(401);
		await ask(test, 'update users set deactivated_at = null where email = $1', [FINANCE]);
		expect((await read(token)).status).toBe(401);
	});
});

describe('every answer', () => {
	it('forbids frames, sniffing, foreign scripts and inline ones', async () => {
		const { headers } = await visit(app.origin).open('/connexion');
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('x-frame-options')).toBe('DENY');
		expect(headers.get('referrer-policy')).toBe('same-origin');
		expect(headers.get('permissions-policy')).toContain('camera=()');
		expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
		expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
		expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
		expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
		expect(headers.get('strict-transport-security')).toBeNull();
	});

	it('is nothing for search engines, but what the law asks to be found', async () => {
		const paths = ['/connexion', '/health', '/nulle-part', '/accessibilite', '/mentions-legales'];
		const answers = await Promise.all(paths.map((path) => visit(app.origin).open(path)));
		expect(answers.map(({ headers }) => headers.get('x-robots-tag'))).toEqual([
			'noindex',
			'noindex',
			'noindex',
			null,
			null
		]);
	});

	it('to somebody signed in is kept by no cache', async () => {
		const browser = visit(app.origin);
		await browser.signIn(FINANCE);
		const { headers } = await browser.open('/compte');
		expect(headers.get('cache-control')).toBe('private, no-store');
	});

	it('says 503 and when to come back while the database is away, then works again', async () => {
		const browser = visit(app.origin);
		await browser.signIn(FINANCE);
		await setDatabase('off');
		try {
			for (const address of ['/compte', '/ready', '/api/v1/programmes', '/connexion']) {
				const answer = await browser.open(address);
				expect(answer.status, address).toBe(503);
				expect(answer.headers.get('retry-after'), address).toBe('5');
			}
			expect(await (await browser.open('/compte')).text()).toContain(
				'La base de données ne répond pas'
			);
			expect((await browser.open('/health')).status).toBe(200);
		} finally {
			await setDatabase('on');
		}
		expect((await browser.open('/compte')).status).toBe(200);
		expect(app.output()).not.toContain(FINANCE);
	});
});

function findFreePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}

/** Ends the connections of the application's database and lets no new one in, or lets them in again. */
async function setDatabase(state: 'on' | 'off'): Promise<void> {
	const client = new pg.Client({ ...test.superuser, database: 'postgres' });
	await client.connect();
	await client.query(`alter database ${test.name} connection limit ${state === 'on' ? -1 : 0}`);
	if (state === 'off') {
		await client.query(
			'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
			[test.name]
		);
	}
	await client.end();
}
