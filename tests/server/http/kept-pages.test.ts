import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import type { Actor } from '#lib/domain/role.ts';
import type { Database } from '#lib/server/db/client.ts';
import { recordEntries } from '#lib/server/ledger/record-entries.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { ask, openAsApplication } from '../../support/people.ts';
import { visit, type Visitor } from '../../support/visitor.ts';

const DEMONSTRATION_PASSWORD = 'tenu-demonstration';
const STARTING_MS = 180_000;

let test: TestDatabase;
let app: TestApp;
let db: Database;
let finance: Visitor;

beforeAll(async () => {
	test = await testDatabase({ demonstration: true });
	db = openAsApplication(test);
	app = await startApp({ database: test });
	finance = await signIn('finances@demo.example');
}, STARTING_MS);

afterAll(async () => {
	await app?.stop();
	await db?.close();
	await test?.drop();
});

describe('a finished page', () => {
	it('is the same, headers included, when nothing has changed', async () => {
		const first = await finance.open('/');
		const second = await finance.open('/');
		expect(await second.text()).toBe(await first.text());
		for (const name of ['content-type', 'content-security-policy', 'cache-control']) {
			expect(second.headers.get(name)).toBe(first.headers.get(name));
		}
		expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
	});

	it('comes compressed to whoever takes it, and says the same', async () => {
		const plain = await finance.open('/programmes', { headers: { 'accept-encoding': 'identity' } });
		const text = await plain.text();
		const takesGzip = { headers: { 'accept-encoding': 'gzip' } };
		await expect
			.poll(async () =>
				(await finance.open('/programmes', takesGzip)).headers.get('content-encoding')
			)
			.toBe('gzip');
		expect(await (await finance.open('/programmes', takesGzip)).text()).toBe(text);
		const again = await finance.open('/programmes', { headers: { 'accept-encoding': 'identity' } });
		expect(again.headers.get('content-encoding')).toBeNull();
		expect(await again.text()).toBe(text);
	});

	it('shows an entry that was posted since', async () => {
		const before = await titleOf(finance, '/');
		const [envelope] = await ask<{ id: string }>(
			test,
			`select id from envelopes where label = 'Logement d’abord'`
		);
		const [actor] = await ask<Actor>(
			test,
			`select id, name, role, organisation_id as "organisationId" from users where role = 'finance'`
		);
		if (!envelope || !actor) throw new Error('The demonstration has finance and three envelopes.');
		await recordEntries({ db, actor, at: new Date() }, randomUUID(), [
			{
				envelopeId: envelope.id,
				kind: 'disbursement',
				amountCents: cents(-50_000_000n),
				effectiveOn: day('2022-06-30'),
				label: 'Trop-perçu rendu (fictif)'
			}
		]);
		expect(before).toContain('23,6');
		expect(await titleOf(finance, '/')).toContain('23,1');
	});

	it('shows what was changed in anything but the ledger', async () => {
		await asOwner(`update programmes set name = 'Un autre nom' where slug like 'logement%'`);
		expect(await titleOf(finance, '/programmes/logement-d-abord-2021-2022')).toContain(
			'Un autre nom'
		);
	});

	it('is of one person: another gets their own', async () => {
		const partner = await signIn('partenaire@demo.example');
		const html = await (await partner.open('/')).text();
		expect(html).toContain('Action Logement Services');
		expect(html).not.toContain('Logement d’abord');
		expect(await (await finance.open('/')).text()).toContain('Logement d’abord');
	});

	it('is made anew for a person who was given another role, in the session they have', async () => {
		const person = await signIn('elus@demo.example');
		const seesJournal = async () => (await (await person.open('/')).text()).includes('"/journal"');
		expect([await seesJournal(), await seesJournal()]).toEqual([false, false]);
		await asOwner(`update users set role = 'admin' where email = 'elus@demo.example'`);
		expect(await seesJournal()).toBe(true);
		await asOwner(`update users set role = 'elected' where email = 'elus@demo.example'`);
		expect(await seesJournal()).toBe(false);
	});

	it('is not shown once the session has ended', async () => {
		const leaving = await signIn('elus@demo.example');
		expect((await leaving.open('/')).status).toBe(200);
		await asOwner(
			`delete from sessions where user_id = (select id from users where email = 'elus@demo.example')`
		);
		expect((await leaving.open('/')).status).toBe(303);
	});
});

async function signIn(email: string): Promise<Visitor> {
	const visitor = visit(app.origin);
	await visitor.signIn(email, DEMONSTRATION_PASSWORD);
	return visitor;
}

async function titleOf(visitor: Visitor, path: string): Promise<string> {
	const html = await (await visitor.open(path)).text();
	return /<h1[^>]*>([^<]*)/.exec(html)?.[1] ?? '';
}

async function asOwner(statement: string): Promise<void> {
	const client = new pg.Client(test.owner);
	await client.connect();
	await client.query(statement);
	await client.end();
}
