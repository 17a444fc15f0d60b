import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn, type Attempt } from '#lib/server/auth/sign-in.ts';
import { signOut } from '#lib/server/auth/sign-out.ts';
import { signOutEverywhere } from '#lib/server/auth/sign-out-everywhere.ts';
import { findSession } from '#lib/server/auth/sessions.ts';
import { digestOf } from '#lib/server/auth/token.ts';
import type { Database } from '#lib/server/db/client.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { addPerson, ask, openAsApplication, PASSWORD } from '../support/people.ts';

const NOW = new Date();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let test: TestDatabase;
let db: Database;
let finance: string;

beforeAll(async () => {
	test = await testDatabase();
	db = openAsApplication(test);
	finance = await addPerson(test, 'finances@metropole.test');
	await addPerson(test, 'partenaire@metropole.test', 'partner');
});

afterAll(async () => {
	await db?.close();
	await test?.drop();
});

async function enter(change: Partial<Attempt> = {}): Promise<string> {
	const attempt = {
		email: 'finances@metropole.test',
		password: PASSWORD,
		address: '192.0.2.1',
		formerToken: null,
		at: NOW,
		...change
	};
	return (await signIn(db, attempt)).token;
}

const after = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);

it('knows the person, the role and the organisation by the token of the cookie', async () => {
	const token = await enter({ email: ' Partenaire@Metropole.TEST ' });
	expect(await findSession(db, token, NOW)).toMatchObject({
		by: 'cookie',
		actor: { name: 'Personne partner', role: 'partner', organisationName: 'Bailleur de test' },
		demonstration: false
	});
});

it('keeps the digest of a token in the table and the token nowhere', async () => {
	const token = await enter();
	expect(token).toMatch(/^[\w-]{43}$/);
	const [row] = await ask<{ ids: string }>(test, `select string_agg(id, ' ') as ids from sessions`);
	expect(row?.ids).toContain(digestOf(token));
	expect(row?.ids).not.toContain(token);
	expect(await findSession(db, digestOf(token), NOW)).toBeNull();
});

it('ends a session that nobody used for eight hours', async () => {
	const token = await enter();
	expect(await findSession(db, token, after(8 * HOUR_MS - 1000))).not.toBeNull();

	const forgotten = await enter();
	expect(await findSession(db, forgotten, after(8 * HOUR_MS + 1000))).toBeNull();
});

it('counts the eight hours from the last use, written at most every five minutes', async () => {
	const token = await enter();
	const endOf = async () => {
		const [row] = await ask<{ at: Date }>(
			test,
			'select expires_at as at from sessions where id = $1',
			[digestOf(token)]
		);
		return row?.at.getTime() ?? 0;
	};
	const first = await endOf();
	await findSession(db, token, after(4 * 60_000));
	expect(await endOf()).toBe(first);
	await findSession(db, token, after(7 * HOUR_MS));
	expect(await endOf()).toBe(NOW.getTime() + 15 * HOUR_MS);
	expect(await findSession(db, token, after(14 * HOUR_MS))).not.toBeNull();
});

it('ends a session thirty days after signing in, however much it is used', async () => {
	const token = await enter();
	for (let hours = 7; hours < 30 * 24; hours += 7) {
		expect(await findSession(db, token, after(hours * HOUR_MS))).not.toBeNull();
	}
	expect(await findSession(db, token, after(30 * DAY_MS))).toBeNull();
});

it('believes no later end than thirty days, whatever stands in the table', async () => {
	const token = await enter();
	await ask(
		test,
		`update sessions set created_at = created_at - interval '30 days' where id = $1`,
		[digestOf(token)]
	);
	expect(await findSession(db, token, NOW)).toBeNull();
});

it('ends the former session of a browser that signs in again', async () => {
	const former = await enter();
	const token = await enter({ formerToken: former });
	expect(await findSession(db, former, NOW)).toBeNull();
	expect(await findSession(db, token, NOW)).not.toBeNull();
});

it('throws ended sessions away when somebody signs in', async () => {
	await enter();
	await enter({ at: after(40 * DAY_MS) });
	const rows = await ask(test, 'select from sessions where expires_at <= $1', [after(40 * DAY_MS)]);
	expect(rows).toHaveLength(0);
});

it('signs one browser out and leaves the others', async () => {
	const [here, elsewhere] = [await enter(), await enter()];
	const session = await findSession(db, here, NOW);
	if (!session) throw new Error('The session just opened is not there.');
	await signOut(db, session, NOW);
	expect(await findSession(db, here, NOW)).toBeNull();
	expect(await findSession(db, elsewhere, NOW)).not.toBeNull();
});

it('signs out everywhere, and nobody else', async () => {
	const [here, elsewhere] = [await enter(), await enter()];
	const other = await enter({ email: 'partenaire@metropole.test' });
	const session = await findSession(db, here, NOW);
	if (!session) throw new Error('The session just opened is not there.');
	await signOutEverywhere({ db, actor: session.actor, at: NOW });
	expect(await findSession(db, here, NOW)).toBeNull();
	expect(await findSession(db, elsewhere, NOW)).toBeNull();
	expect(await findSession(db, other, NOW)).not.toBeNull();
});

it('lets a deactivated person in no more, at once', async () => {
	const token = await enter({ email: 'partenaire@metropole.test' });
	await ask(
		test,
		`update users set deactivated_at = now() where email = 'partenaire@metropole.test'`
	);
	expect(await findSession(db, token, NOW)).toBeNull();
	await expect(enter({ email: 'partenaire@metropole.test' })).rejects.toThrow(
		'Adresse électronique ou mot de passe incorrect.'
	);
});

it('writes signing in and out into the audit trail, with the person', async () => {
	const rows = await ask<{ action: string }>(
		test,
		'select distinct action from audit_events where actor_id = $1 order by action',
		[finance]
	);
	expect(rows.map(({ action }) => action)).toEqual(['sign_in', 'sign_out', 'sign_out_everywhere']);
});
