import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '#lib/server/auth/sign-in.ts';
import type { Database } from '#lib/server/db/client.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { addPerson, ask, openAsApplication, PASSWORD } from '../support/people.ts';

const INCORRECT = 'Adresse électronique ou mot de passe incorrect.';
const THROTTLED = /^Trop d’essais de connexion\. .* réessayez dans (une minute|\d+ minutes)\.$/;

let test: TestDatabase;
let db: Database;
let people = 0;

beforeAll(async () => {
	test = await testDatabase();
	db = openAsApplication(test);
});

afterAll(async () => {
	await db?.close();
	await test?.drop();
});

async function newPerson(): Promise<string> {
	const email = `personne${++people}@metropole.test`;
	await addPerson(test, email);
	return email;
}

/** What the person is told: null when signed in. */
async function attempt(
	email: string,
	password = 'faux mot de passe',
	address = '192.0.2.1',
	database = db
): Promise<string | null> {
	try {
		await signIn(database, { email, password, address, formerToken: null, at: new Date() });
		return null;
	} catch (error) {
		return (error as Error).message;
	}
}

async function fail(times: number, email: string, address?: string): Promise<void> {
	for (let time = 0; time < times; time++) {
		expect(await attempt(email, undefined, address)).toBe(INCORRECT);
	}
}

it('gives an unknown account and a wrong password the same answer', async () => {
	expect(await attempt('inconnue@metropole.test')).toBe(INCORRECT);
	expect(await attempt(await newPerson())).toBe(INCORRECT);
});

it('closes an account after five failures, also to the right password, and says for how long', async () => {
	const email = await newPerson();
	await fail(5, email);
	expect(await attempt(email, PASSWORD)).toMatch(THROTTLED);
	expect(await attempt(email, PASSWORD)).toContain('15 minutes');
});

it('closes an account that nobody has in the same way', async () => {
	await fail(5, 'personne@ailleurs.test');
	expect(await attempt('personne@ailleurs.test')).toMatch(THROTTLED);
});

it('remembers failures across a restart and between processes', async () => {
	const email = await newPerson();
	await fail(3, email);
	const restarted = openAsApplication(test);
	try {
		expect(await attempt(email, undefined, undefined, restarted)).toBe(INCORRECT);
		await fail(1, email);
		expect(await attempt(email, PASSWORD, undefined, restarted)).toMatch(THROTTLED);
	} finally {
		await restarted.close();
	}
});

it('lets no more than five of fifty guesses at once reach the password', async () => {
	const email = await newPerson();
	const answers = await Promise.all(Array.from({ length: 50 }, () => attempt(email)));
	expect(answers.filter((answer) => answer === INCORRECT)).toHaveLength(5);
});

it('starts afresh once the right password was given', async () => {
	const email = await newPerson();
	await fail(4, email);
	expect(await attempt(email, PASSWORD)).toBeNull();
	await fail(4, email);
	expect(await attempt(email, PASSWORD)).toBeNull();
});

it('closes an account twice as long the second time', async () => {
	const email = await newPerson();
	await fail(5, email);
	expect(await attempt(email)).toContain('15 minutes');
	await ask(test, `update throttles set expire = 0 where key like 'account:%'`);
	await fail(5, email);
	expect(await attempt(email)).toContain('30 minutes');
});

it('closes an address after fifty failures on many accounts, and leaves others open', async () => {
	const address = '2001:db8::1';
	for (let round = 0; round < 10; round++) await fail(5, `cible${round}@metropole.test`, address);
	const email = await newPerson();
	expect(await attempt(email, PASSWORD, address)).toMatch(THROTTLED);
	expect(await attempt(email, PASSWORD, '2001:db8::2')).toMatch(THROTTLED);
	expect(await attempt(email, PASSWORD, '2001:db8:1::1')).toBeNull();
});

it('lets no more than fifty of eighty guesses at once from one address reach a password', async () => {
	const guesses = Array.from({ length: 80 }, (_, index) =>
		attempt(`volee${index}@metropole.test`, undefined, '198.51.100.200')
	);
	const answers = await Promise.all(guesses);
	expect(answers.filter((answer) => answer === INCORRECT)).toHaveLength(50);
});

it('does not close the address of a person who insists on a closed account', async () => {
	const address = '198.51.100.7';
	const email = await newPerson();
	await fail(5, email, address);
	for (let time = 0; time < 60; time++) {
		expect(await attempt(email, undefined, address)).toMatch(THROTTLED);
	}
	expect(await attempt(await newPerson(), PASSWORD, address)).toBeNull();
});

it('keeps no address and no account in clear, neither in the counts nor in the audit trail', async () => {
	await fail(1, 'motdepasse-dans-le-mauvais-champ', '203.0.113.9');
	const counts = JSON.stringify(await ask(test, 'select * from throttles'));
	const trail = JSON.stringify(
		await ask(
			test,
			`select * from audit_events where actor_id is null and action = 'sign_in_refused'`
		)
	);
	for (const secret of ['motdepasse-dans', '203.0.113.9', 'metropole.test']) {
		expect(counts).not.toContain(secret);
		expect(trail).not.toContain(secret);
	}
	expect(trail).toContain('emailDigest');
});
