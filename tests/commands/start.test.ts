import { execFile } from 'node:child_process';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbeddedDatabase } from '#lib/server/db/embedded/embedded.ts';
import { queryOnce } from '../../src/commands/prepare-database.ts';
import { startApp, urlOf, type TestApp } from '../support/app.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { makeGuardedFolder } from '../support/guarded-folder.ts';
import { PROJECT } from '../support/step.ts';

let database: TestDatabase;

beforeAll(async () => {
	database = await testDatabase();
});

afterAll(() => database.drop());

type Ended = { code: number; stdout: string; stderr: string };

/** Runs `npm start` with this environment to its end, without npm. */
function runStart(env: Record<string, string>, ...args: string[]): Promise<Ended> {
	return new Promise((done) => {
		execFile(
			process.execPath,
			['src/commands/start.ts', ...args],
			{ cwd: PROJECT, env: { PATH: process.env.PATH, HOST: '127.0.0.1', ...env } },
			(error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr })
		);
	});
}

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

/** A request with any Host, which fetch does not allow. */
function ask(origin: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
	return new Promise((done, fail) => {
		const sent = request(`${origin}/health`, { method, headers }, (response) => {
			let body = '';
			response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
			response.on('end', () =>
				done({ status: response.statusCode ?? 0, headers: response.headers, body })
			);
		});
		sent.on('error', fail).end();
	});
}

describe('refuses to start, in one line and without a stack,', () => {
	it('with a bad setting', async () => {
		const { code, stdout, stderr } = await runStart({ PORT: 'x' });
		expect({ code, stdout, stderr }).toEqual({
			code: 1,
			stdout: '',
			stderr: 'PORT : « x » n’est pas un nombre entier de 0 à 65535.\n'
		});
	});

	it('with an option it does not know', async () => {
		const { code, stderr } = await runStart({}, '--vide');
		expect({ code, stderr }).toEqual({
			code: 1,
			stderr: 'Option inconnue : --vide. Options : --empty.\n'
		});
	});

	it('when its port is taken', async () => {
		const other = createServer().listen(0, '127.0.0.1');
		await new Promise((done) => other.once('listening', done));
		const { port } = other.address() as { port: number };
		const { code, stderr } = await runStart({
			PORT: String(port),
			DATABASE_URL: urlOf(database.owner)
		});
		other.close();
		expect({ code, stderr }).toEqual({
			code: 1,
			stderr: `Le port ${port} est déjà pris (127.0.0.1) : arrêtez ce qui l’occupe, ou choisissez-en un autre avec PORT.\n`
		});
	});

	it('when its database does not answer', async () => {
		const { code, stderr } = await runStart({
			DATABASE_URL: 'postgresql://a:secret@127.0.0.1:1/b'
		});
		expect(code).toBe(1);
		expect(stderr).toMatch(
			/^DATABASE_URL : la base « b » de 127\.0\.0\.1 ne répond pas \(.*\)\.\n$/
		);
		expect(stderr).not.toContain('secret');
	});
});

describe('once started', () => {
	let app: TestApp;

	beforeAll(async () => {
		app = await startApp({ database });
	});

	afterAll(() => app.stop());

	it('answers at localhost and at 127.0.0.1 without ORIGIN', async () => {
		const { port } = new URL(app.origin);
		for (const name of ['localhost', '127.0.0.1']) {
			const { status, body } = await ask(app.origin, { host: `${name}:${port}` });
			expect({ status, body }).toEqual({ status: 200, body: '{"status":"ok"}' });
		}
	});

	it('turns away a name that is not its own, and says what to do', async () => {
		const { status, body } = await ask(app.origin, { host: 'exemple.fr' });
		expect(status).toBe(421);
		expect(body).toContain('ORIGIN');
	});

	it('accepts a form sent from its own address and refuses one from another', async () => {
		const type = { 'content-type': 'application/x-www-form-urlencoded' };
		const own = await ask(app.origin, { ...type, origin: app.origin }, 'POST');
		const foreign = await ask(app.origin, { ...type, origin: 'http://exemple.fr' }, 'POST');
		expect(own.status).toBe(405); // It came through: /health takes no form.
		expect(foreign.status).toBe(403);
	});

	it('stops within a second when asked to, and says so', async () => {
		const other = await startApp({ database });
		const start = performance.now();
		expect(await other.stop()).toBe(0);
		expect(performance.now() - start).toBeLessThan(3_000);
		expect(other.output()).toMatch(/Arrêté\.\n$/);
	});
});

it('believes ORIGIN alone where one is given', async () => {
	const app = await startApp({ database, env: { ORIGIN: 'https://tenu.exemple.fr' } });
	expect(app.output()).toContain('tenu est prêt : https://tenu.exemple.fr');
	await app.stop();
});

it('logs in to a server that asks for a password as a role of its own', async () => {
	const folder = makeGuardedFolder('tenu-server-');
	const server = await openEmbeddedDatabase({ dataDir: folder.path, transport: 'tcp' });
	const { host, port, user, password, database: name } = server.owner;
	const env = { DATABASE_URL: `postgresql://${user}:${password}@${host}:${port}/${name}` };
	const app = await startApp({ database, env });
	const ready = await fetch(`${app.origin}/ready`);
	const [owner] = await queryOnce<{ count: string }>(
		server.superuser,
		`select count(*) from pg_stat_activity where usename = 'tenu'`
	);
	const [login] = await queryOnce<{ count: string }>(
		server.superuser,
		`select count(*) from pg_stat_activity where usename = 'tenu_login'`
	);
	expect(ready.status).toBe(200);
	expect(owner?.count).toBe('0');
	expect(Number(login?.count)).toBeGreaterThan(0);

	await app.stop();
	await server.close();
	folder.remove();
});
