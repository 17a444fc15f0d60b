import { randomUUID } from 'node:crypto';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#lib/domain/role.ts';
import { enterActs } from '#lib/server/acts/enter-acts.ts';
import { enterParties } from '#lib/server/acts/enter-parties.ts';
import type { Context } from '#lib/server/context.ts';
import { createDatabase, type Database } from '#lib/server/db/client.ts';
import {
	readDeliberationPage,
	type DeliberationPage
} from '#lib/server/reports/deliberation-page.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';

const ACTION_LOGEMENT = '2020-12-17-action-logement';
const LOGEMENT_D_ABORD = '2021-09-30-logement-d-abord';
const at = new Date('2026-01-05T09:00:00Z');

let database: TestDatabase;
let client: pg.Client;
let db: Database;

beforeAll(async () => {
	database = await testDatabase();
	client = new pg.Client(database.owner);
	await client.connect();
	const { rows } = await client.query<{ id: string }>(
		`insert into users (email, name, role, password_hash) values ('f@example.org', 'F', 'finance', 'x') returning id`
	);
	const tx = drizzle(client);
	const parties = await enterParties(tx);
	await enterActs(tx, { by: rows[0]?.id ?? '', at: () => at, parties });
	await client.query('update programmes set validated_at = now()');
	db = createDatabase({ connection: database.login });
});

afterAll(async () => {
	await db.close();
	await client.end();
	await database.drop();
});

test('an act is found by its name in an address and by its identifier, and another is not', async () => {
	const page = await read(ACTION_LOGEMENT);
	expect(await readDeliberationPage(as('elected'), page.deliberation.id)).toEqual(page);
	expect(await readDeliberationPage(as('elected'), randomUUID())).toBeNull();
	expect(await readDeliberationPage(as('elected'), 'nowhere')).toBeNull();
});

test.each([ACTION_LOGEMENT, LOGEMENT_D_ABORD])(
	'the attendance and the vote of %s agree with each other',
	async (slug) => {
		const { attendanceChecks } = await read(slug);
		expect(attendanceChecks.map(({ name, result }) => [name, result])).toEqual([
			['Votants et voix', 'passed'],
			['Présents, procurations et absents', 'passed'],
			['Présents et noms listés', 'passed'],
			['Procurations et pouvoirs listés', 'passed']
		]);
	}
);

test('the sums that the act gives are checked and never repaired', async () => {
	const { sumChecks, citations } = await read(ACTION_LOGEMENT);
	const quoteOf = (id: string) => citations.find((citation) => citation.id === id)?.quote;
	expect(
		sumChecks.map(({ wholeCitationId, result, message }) => [
			quoteOf(wholeCitationId),
			result,
			message.replace(/[\u00A0\u202F]/g, ' ')
		])
	).toEqual([
		['9 363', 'passed', '268 + 5 823 + 1 575 + 391 + 1 306 = 9 363.'],
		[
			'15,2 M€',
			'within_rounding',
			'4,2 M€ + 8,6 M€ + 2,2 M€ + 236 000 € = 15 236 000 €, soit 15,2 M€ à l’arrondi près.'
		],
		['2 027', 'within_rounding', '52% + 38% + 7% + 4% = 101 %, soit 100 % à l’arrondi près.'],
		['30 M€', 'passed', '15 M€ + 15 M€ = 30 M€.']
	]);
});

test('citations stand in the order of the text, each with what rests on it, once', async () => {
	const { citations } = await read(ACTION_LOGEMENT);
	const starts = citations.map(({ startOffset }) => startOffset);
	expect(starts).toEqual(starts.toSorted((left, right) => left - right));
	const promise = citations.filter(({ quote }) => quote === '15 M€');
	expect(promise.map(({ uses }) => uses.length > 0)).toEqual([true, true]);
	for (const { uses } of citations) {
		expect(new Set(uses.map(({ href, label }) => href + label)).size).toBe(uses.length);
	}
});

test('whoever may not see an envelope reads the act without the links that lead to it', async () => {
	const foreign = {
		...as('partner'),
		actor: { ...as('partner').actor, organisationId: randomUUID() }
	};
	const page = await readDeliberationPage(foreign, ACTION_LOGEMENT);
	expect(page?.citations.length).toBe((await read(ACTION_LOGEMENT)).citations.length);
	expect(page?.citations.flatMap(({ uses }) => uses)).toEqual([]);
});

test('an act that lists no names has none to check', async () => {
	const text = 'La Métropole décide.';
	await client.query(
		`insert into deliberations (slug, authority_id, sitting_on, title, text, text_digest, entered_by,
			present, proxies, names_counted, votes_for, votes_against, abstentions, not_voting)
		select 'bref', authority_id, '2022-01-01', 'Acte bref', $1::text,
			encode(sha256(convert_to($1::text, 'UTF8')), 'hex'), entered_by, 5, 1, 0, 5, 0, 0, 0
		from deliberations limit 1`,
		[text]
	);
	const { attendanceChecks } = await read('bref');
	expect(attendanceChecks.map(({ name, result }) => [name, result])).toEqual([
		['Votants et voix', 'failed']
	]);
});

async function read(slug: string): Promise<DeliberationPage> {
	const page = await readDeliberationPage(as('finance'), slug);
	if (!page) throw new Error(`no act ${slug}`);
	return page;
}

function as(role: Role): Context {
	const actor = {
		id: randomUUID(),
		name: role,
		role,
		organisationId: null,
		organisationName: null
	};
	return { db, at, actor };
}
