import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMONSTRATION_PASSWORD } from '#lib/server/demonstration/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { ask } from '../../support/people.ts';
import { visit, type Visitor } from '../../support/visitor.ts';

/**
 * What each form of the page of a declaration answers to whom. Read it as a page of rules: theirs is what
 * Action Logement sent, foreign what the State sent, unknown an identifier that nobody gave.
 */
const EXPECTED: Record<string, readonly [number, number, number, number, number]> = {
	// form and id        nobody finance partner elected admin
	'valider theirs': [303, 200, 403, 403, 403],
	'valider foreign': [303, 200, 404, 403, 403],
	'valider unknown': [303, 404, 404, 403, 404],
	'renvoyer theirs': [303, 200, 403, 403, 403],
	'renvoyer foreign': [303, 200, 404, 403, 403],
	'renvoyer unknown': [303, 404, 404, 403, 404],
	'remarquer theirs': [303, 200, 403, 403, 403],
	'remarquer foreign': [303, 200, 404, 403, 403],
	'remarquer unknown': [303, 404, 404, 403, 404],
	// What waits has nothing to reopen.
	'rouvrir theirs': [303, 409, 403, 403, 403],
	'rouvrir foreign': [303, 409, 404, 403, 403],
	'rouvrir unknown': [303, 404, 404, 403, 404],
	'retirer theirs': [303, 404, 200, 403, 404],
	'retirer foreign': [303, 404, 404, 403, 404],
	'retirer unknown': [303, 404, 404, 403, 404],
	'ecrire theirs': [303, 200, 200, 403, 403],
	'ecrire foreign': [303, 200, 404, 403, 403],
	'ecrire unknown': [303, 404, 404, 403, 404]
};

const VISITORS = ['nobody', 'finance', 'partner', 'elected', 'admin'] as const;

const EMAILS = {
	finance: 'finances@demo.example',
	partner: 'partenaire@demo.example',
	elected: 'elus@demo.example',
	admin: 'admin@demo.example'
};

let test: TestDatabase;
let app: TestApp;
const visitors: Record<string, Visitor> = {};
const ids: Record<string, string> = { unknown: randomUUID() };
let rowKeys: Record<string, string> = {};

beforeAll(async () => {
	test = await testDatabase({ demonstration: true });
	app = await startApp({ database: test });
	for (const visitor of VISITORS) visitors[visitor] = visit(app.origin);
	for (const [visitor, email] of Object.entries(EMAILS)) {
		await visitors[visitor]?.signIn(email, DEMONSTRATION_PASSWORD);
	}
	const waiting = await ask<{ id: string; name: string; row: string }>(
		test,
		`select d.id, o.name, min(l.row_key) as row from declarations d
		join organisations o on o.id = d.organisation_id
		join declaration_lines l on l.declaration_id = d.id and l.submission = d.submission
		where d.state = 'submitted' group by d.id, o.name`
	);
	for (const { id, name, row } of waiting) {
		const whose = name === 'Action Logement Services' ? 'theirs' : 'foreign';
		ids[whose] = id;
		rowKeys = { ...rowKeys, [whose]: row };
	}
}, 180_000);

afterAll(async () => {
	await app?.stop();
	await test?.drop();
});

describe('every form of a declaration answers each visitor as the table says', () => {
	// Those who may not come first, so that nothing they do can be hidden by what is done afterwards.
	it.each(Object.entries(EXPECTED))('%s', async (asked, expected) => {
		const [action = '', whose = ''] = asked.split(' ');
		for (const [index, visitor] of VISITORS.entries()) {
			if (expected[index] === 200) continue;
			const before = await stateOfAll();
			expect((await submit(visitor, action, whose)).status, visitor).toBe(expected[index]);
			expect(await stateOfAll(), visitor).toEqual(before);
		}
	});

	it.each([
		['finance', 'ecrire theirs'],
		['partner', 'ecrire theirs'],
		['finance', 'ecrire foreign'],
		['finance', 'remarquer theirs'],
		['finance', 'remarquer foreign'],
		['finance', 'valider foreign'],
		['partner', 'retirer theirs']
	])('%s: %s is done, and leads back to the page', async (visitor, asked) => {
		const [action = '', whose = ''] = asked.split(' ');
		expect(EXPECTED[asked]?.[VISITORS.indexOf(visitor as 'finance')]).toBe(200);
		const answer = await submit(visitor, action, whose);
		expect(answer.status).toBe(303);
		expect(answer.headers.get('location')).toContain(`/declarations/${ids[whose]}?fait=${action}`);
	});
});

function submit(visitor: string, action: string, whose: string): Promise<Response> {
	const fields = {
		key: randomUUID(),
		readSubmission: '1',
		reason: 'Essai',
		text: 'Essai',
		rowKey: rowKeys[whose] ?? 'e'
	};
	const address = `/declarations/${ids[whose] ?? ''}?/${action}`;
	return visitors[visitor]?.submit(address, fields) ?? Promise.reject(new Error(visitor));
}

/** All that a form could have changed. */
const stateOfAll = () =>
	ask(
		test,
		`select (select json_agg(d order by d.number) from declarations d)::text as declarations,
			(select count(*) from declaration_events) as events,
			(select count(*) from entries) as entries`
	);
