import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLAN_STEPS } from '#lib/domain/act/plan/plan-steps.ts';
import type { Database } from '#lib/server/db/client.ts';
import { enterReading } from '#lib/server/readings/enter-reading.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { ask, openAsApplication } from '../../support/people.ts';
import { BODY, HEAD, PLAN, plantAct, PROGRAMME, TEXT } from '../../support/small-act.ts';
import { records } from '../../support/table.ts';
import { visit, type Visitor } from '../../support/visitor.ts';

/**
 * What finance is answered for each thing it may do with a reading: one that is open, one that was
 * entered, one that was set aside, and none. Whoever is not of finance is refused all of it, and
 * whoever did not sign in is asked to. The forms are empty or of before: they change nothing, and lead
 * from a reading that is closed to what became of it.
 */
const FINANCE = records(`
	method | address                                          | open | entered | aside | none
	GET    | /deliberations/lectures/{id}                      | 200  | 200     | 200   | 404
	GET    | /deliberations/lectures/{id}/devenir              | 200  | 303     | 303   | 404
	GET    | /deliberations/lectures/{id}/devenir/enveloppes   | 200  | 303     | 303   | 404
	GET    | /deliberations/lectures/{id}/devenir/enveloppes/grant | 200 | 303  | 303   | 404
	GET    | /deliberations/lectures/{id}/devenir/indicateurs  | 200  | 303     | 303   | 404
	GET    | /deliberations/lectures/{id}/devenir/engagements  | 200  | 303     | 303   | 404
	GET    | /deliberations/lectures/{id}/verifier             | 200  | 303     | 303   | 404
	GET    | /deliberations/lectures/{id}/original             | 404  | 404     | 404   | 404
	POST   | /deliberations/lectures/{id}?/accepter            | 400  | 400     | 400   | 404
	POST   | /deliberations/lectures/{id}?/refuser             | 400  | 400     | 400   | 404
	POST   | /deliberations/lectures/{id}?/corriger            | 400  | 400     | 400   | 404
	POST   | /deliberations/lectures/{id}?/reprendre           | 400  | 400     | 400   | 404
	POST   | /deliberations/lectures/{id}?/marquer             | 400  | 400     | 400   | 404
	POST   | /deliberations/lectures/{id}/devenir              | 409  | 303     | 303   | 404
	POST   | /deliberations/lectures/{id}/devenir/enveloppes?/continuer | 409 | 303 | 303  | 404
	POST   | /deliberations/lectures/{id}/devenir/enveloppes/grant?/enregistrer | 409 | 303 | 303 | 404
	POST   | /deliberations/lectures/{id}/devenir/indicateurs  | 409  | 303     | 303   | 404
	POST   | /deliberations/lectures/{id}/devenir/engagements?/enregistrer | 409 | 303 | 303 | 404
	POST   | /deliberations/lectures/{id}/verifier             | 409  | 303     | 303   | 404
`);

/** What concerns no reading in particular. */
const OTHERS = records(`
	method | address                                 | finance
	GET    | /deliberations/nouvelle                 | 200
	POST   | /deliberations/nouvelle?/donner         | 400
	GET    | /deliberations/{act}/citer              | 200
	GET    | /deliberations/{act}/publication        | 200
	POST   | /deliberations/{act}/publication        | 303
	GET    | /deliberations/export                   | 200
`);

const REFUSED = {
	partner: 'partenaire@demo.example',
	elected: 'elus@demo.example',
	admin: 'admin@demo.example'
} as const;

const STATES = ['open', 'entered', 'aside', 'none'] as const;

let test: TestDatabase;
let app: TestApp;
let db: Database;
let act: string;
const ids: Record<string, string> = { none: randomUUID() };
const visitors = new Map<string, Visitor>();

beforeAll(async () => {
	test = await testDatabase({ demonstration: true });
	app = await startApp({ database: test });
	db = openAsApplication(test);
	await plantReadings();
	const people = { finance: 'finances@demo.example', ...REFUSED };
	for (const [role, email] of Object.entries(people)) {
		const visitor = visit(app.origin);
		await visitor.signIn(email, 'tenu-demonstration');
		visitors.set(role, visitor);
	}
	visitors.set('nobody', visit(app.origin));
}, 180_000);
afterAll(async () => {
	await app?.stop();
	await db?.close();
	await test?.drop();
});

describe.each(FINANCE)('$method $address', ({ method = '', address = '', ...expected }) => {
	it('answers finance by the state of the reading, and changes nothing', async () => {
		const before = await state();
		for (const name of STATES) {
			expect(await answer('finance', method, address.replace('{id}', ids[name] ?? '')), name).toBe(
				Number(expected[name])
			);
		}
		expect(await state()).toEqual(before);
	});

	it.each(Object.keys(REFUSED))('refuses %s, whatever the state', async (role) => {
		for (const name of STATES) {
			expect(await answer(role, method, address.replace('{id}', ids[name] ?? '')), name).toBe(403);
		}
	});

	it('asks to sign in', async () => {
		expect(await answer('nobody', method, address.replace('{id}', ids['open'] ?? ''))).toBe(303);
	});
});

describe.each(OTHERS)('$method $address', ({ method = '', address = '', finance }) => {
	it.each(['finance', ...Object.keys(REFUSED), 'nobody'])('answers %s', async (role) => {
		const expected = role === 'finance' ? Number(finance) : role === 'nobody' ? 303 : 403;
		expect(await answer(role, method, address.replace('{act}', act))).toBe(expected);
	});
});

async function answer(role: string, method: string, address: string): Promise<number> {
	const visitor = visitors.get(role);
	if (!visitor) throw new Error(`nobody is ${role}`);
	const fields = { key: randomUUID(), revision: '99' };
	const { status } =
		method === 'GET' ? await visitor.open(address) : await visitor.submit(address, fields);
	return status;
}

const state = () =>
	ask(
		test,
		`select (select jsonb_agg(to_jsonb(r) order by r.id) from readings r) as readings,
			(select jsonb_agg(to_jsonb(p) order by p.id) from reading_proposals p) as proposals,
			(select count(*)::int from deliberations) as acts,
			(select count(*)::int from audit_events) as events`
	);

async function plantReadings(): Promise<void> {
	// As the pages keep it: with the marks of those that were saved.
	const marks = { saved: PLAN_STEPS, savedEnvelopes: ['grant'] };
	const plan = { ...PLAN, ...marks, programme: { ...PROGRAMME, districts: [] } };
	const alone = { newParties: [], programme: null };
	for (const [name, ending, made] of [
		['open', '\nOuvert.', plan],
		['entered', '\nEntré.', alone],
		['aside', '\nÉcarté.', plan]
	] as const) {
		const reading = await plantAct(test, TEXT + ending, [...HEAD, ...BODY], made);
		ids[name] = reading.id;
	}
	await ask(test, "update readings set state = 'set_aside' where id = $1", [ids['aside']]);
	const [person] = await ask<{ id: string }>(
		test,
		"select id from users where email = 'finances@demo.example'"
	);
	const actor = {
		id: person?.id ?? '',
		name: 'Finances',
		role: 'finance' as const,
		organisationId: null,
		organisationName: null
	};
	const entered = await enterReading(
		{ db, actor, at: new Date('2024-04-02T09:00:00Z') },
		ids['entered'] ?? '',
		{
			key: randomUUID(),
			revision: 0
		}
	);
	act = entered.deliberationSlug;
}
