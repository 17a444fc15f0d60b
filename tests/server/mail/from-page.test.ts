import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMONSTRATION_PASSWORD } from '#lib/server/demonstration/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { ask } from '../../support/people.ts';
import { openPostOffice, type TestPostOffice } from '../../support/post-office.ts';
import { visit } from '../../support/visitor.ts';

/** The built application from the form to the wire, twice beside itself. */

const ORIGIN = 'https://tenu.exemple.fr';

let database: TestDatabase;
let office: TestPostOffice;
const apps: TestApp[] = [];
/** Where each listens, behind the address that people type. */
const servers: string[] = [];

beforeAll(async () => {
	database = await testDatabase({ demonstration: true });
	office = await openPostOffice();
	const env = { ORIGIN, SMTP_URL: office.url, MAIL_FROM: 'tenu <tenu@exemple.fr>' };
	for (let count = 0; count < 2; count += 1) {
		const port = String(await findFreePort());
		apps.push(await startApp({ database, env: { ...env, PORT: port } }));
		servers.push(`http://127.0.0.1:${port}`);
	}
}, 180_000);
afterAll(async () => {
	for (const app of apps) await app.stop();
	await office.close();
	await database.drop();
});

it('tells the other side soon after a message is sent, once, and of the demonstration', async () => {
	await until(async () => (await waiting()) === 0 && office.deliveries.length > 0);
	const visitor = visit(servers[0] ?? '', ORIGIN);
	await visitor.signIn('finances@demo.example', DEMONSTRATION_PASSWORD);
	const [declaration] = await ask<{ id: string; people: number }>(
		database,
		`select d.id, (select count(*)::int from users u
			where u.organisation_id = d.organisation_id and u.role = 'partner') as people
		from declarations d where d.state = 'submitted' order by d.number limit 1`
	);
	const answer = await visitor.submit(`/declarations/${declaration?.id}?/ecrire`, {
		text: 'Pouvez-vous préciser la ligne 3 ?'
	});
	expect(answer.status).toBe(303);
	const start = performance.now();
	const listTold = () => office.deliveries.filter(({ text }) => text.includes('la ligne 3 ?'));
	await until(() => listTold().length >= (declaration?.people ?? 0));
	expect(performance.now() - start).toBeLessThan(10_000);

	await new Promise((done) => setTimeout(done, 500));
	const told = listTold();
	expect(told).toHaveLength(declaration?.people ?? 0);
	for (const { headers, text } of told) {
		expect(headers.get('subject')).toMatch(/^\[démonstration\] Message\s: déclaration nº/u);
		expect(text).toContain('> Pouvez-vous préciser la ligne 3 ?');
		expect(text).toContain(`${ORIGIN}/declarations/${declaration?.id}`);
		expect(text).toContain('Démonstration');
	}
	const names = office.deliveries.map(({ headers }) => headers.get('message-id'));
	expect(new Set(names).size).toBe(names.length);
	// What the day on which it stands brings, it has brought.
	const kinds = await ask<{ kind: string }>(database, 'select distinct kind from mails');
	expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['weekly', 'opened']));
}, 60_000);

it('shows the administrator that mails leave, and which', async () => {
	const visitor = visit(servers[1] ?? '', ORIGIN);
	await visitor.signIn('admin@demo.example', DEMONSTRATION_PASSWORD);
	const page = await (await visitor.open('/courriels?etat=partis')).text();
	expect(page).toContain('Les courriels partent, au nom de tenu &lt;tenu@exemple.fr>');
	expect(page).toContain('[démonstration] Message');
	expect(page).not.toContain(office.url);
});

async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

async function waiting(): Promise<number> {
	return (await ask(database, 'select from mails where sent_at is null')).length;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
	for (let waited = 0; waited < 20_000; waited += 50) {
		if (await holds()) return;
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error('It did not come to pass in time.');
}
