import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Context } from '#lib/server/context.ts';
import { createDatabase } from '#lib/server/db/client.ts';
import { loginConnection } from '#lib/server/db/roles.ts';
import { acceptDeclaration } from '#lib/server/declarations/accept-declaration.ts';
import { querying, type BenchBooks } from './books.ts';
import { median } from './load.ts';

const CLIENTS = 32;

export type AcceptingFigures = {
	plainPerSecond: number;
	/** Acceptances a second, and against plain inserts of the same rows in the same round. */
	oneEnvelope: { perSecond: number; ratio: number };
	fiftyEnvelopes: { perSecond: number; ratio: number };
};

/**
 * Accepts declarations of three amounts and a count, 32 at a time. A plain insert of the same seven rows
 * has one index a table, one connection a client, one trip and no rule; ours has all of them.
 */
export async function measureAccepting(
	books: BenchBooks,
	rounds: number,
	each: number
): Promise<AcceptingFigures> {
	const context = contextOf(books);
	await prepare(books);
	const plain = await openPlain(books);
	const plainPerSecond: number[] = [];
	const one: { perSecond: number; ratio: number }[] = [];
	const fifty: { perSecond: number; ratio: number }[] = [];
	for (let round = 0; round <= rounds; round++) {
		const first = books.envelopes.slice(0, 1);
		const onOne = await sendDeclarations(books, first, each, 2 * round * each);
		const onFifty = await sendDeclarations(books, books.envelopes, each, (2 * round + 1) * each);
		const reference = await perSecond(each, (_, client) => plain[client]?.query(PLAIN));
		const accept = (ids: readonly string[]) =>
			perSecond(each, (index) => acceptDeclaration(context, randomUUID(), ids[index] ?? ''));
		const speedOfOne = await accept(onOne);
		const speedOfFifty = await accept(onFifty);
		if (round === 0) continue; // The first warms up.
		plainPerSecond.push(reference);
		one.push({ perSecond: speedOfOne, ratio: speedOfOne / reference });
		fifty.push({ perSecond: speedOfFifty, ratio: speedOfFifty / reference });
	}
	await Promise.all([context.db.close(), ...plain.map((client) => client.end())]);
	return {
		plainPerSecond: median(plainPerSecond),
		oneEnvelope: medianOf(one),
		fiftyEnvelopes: medianOf(fifty)
	};
}

const medianOf = (figures: readonly { perSecond: number; ratio: number }[]) => ({
	perSecond: median(figures.map((figure) => figure.perSecond)),
	ratio: median(figures.map((figure) => figure.ratio))
});

function contextOf(books: BenchBooks): Context {
	return {
		db: createDatabase({ connection: loginConnection(books.owner), poolSize: CLIENTS }),
		actor: {
			id: books.financeId,
			name: 'Finances',
			role: 'finance',
			organisationId: null,
			organisationName: null
		},
		at: new Date()
	};
}

/** Somebody who declares, something to count, and days enough: here every day is a period. */
async function prepare(books: BenchBooks): Promise<void> {
	await querying(books.owner, async (client) => {
		await client.query(
			`insert into users (email, name, role, organisation_id, password_hash)
			select 'partenaire@bench.example', 'Partenaire', 'partner', id, '-'
			from organisations where name = 'Organisme 2'`
		);
		await client.query("update envelopes set starts_on = '1950-01-01'");
		await client.query(
			`insert into indicators (programme_id, envelope_id, measure_id, position, label, unit)
			select e.programme_id, e.id, m.id, 1000 + e.position, 'Aides', 'aids'
			from envelopes e join measures m on m.envelope_id = e.id and m.position = 1`
		);
		for (const [table, key] of [
			['entries', 'id'],
			['observations', 'id'],
			['declaration_events', 'id'],
			['audit_events', 'id'],
			['command_receipts', 'key']
		]) {
			await client.query(
				`create table bare_${table} (like ${table} including identity, primary key (${key}))`
			);
		}
	});
}

/** Declarations that were sent, spread over envelopes, from the nth day on. */
async function sendDeclarations(
	books: BenchBooks,
	envelopes: readonly string[],
	count: number,
	from: number
): Promise<string[]> {
	return querying(books.owner, async (client) => {
		const { rows } = await client.query<{ id: string }>(
			`with sent as (
				insert into declarations (envelope_id, organisation_id, period_starts_on, period_ends_on, state,
					submission, digest, created_by, submitted_by, submitted_at)
				select e.id, e.partner_id, date '1950-01-01' + g, date '1950-01-01' + g, 'submitted', 1,
					repeat('a', 64), u.id, u.id, now()
				from generate_series($2::int, $3::int) g
				join unnest($1::uuid[]) with ordinality chosen (id, n) on chosen.n = 1 + g % cardinality($1::uuid[])
				join envelopes e on e.id = chosen.id
				cross join (select id from users where role = 'partner' limit 1) u
				returning id, envelope_id
			), lines as (
				insert into declaration_lines (declaration_id, submission, position, row_key, envelope_id, measure_id, amount_cents)
				select s.id, 1, m.position, 'm.' || m.id, s.envelope_id, m.id, 100
				from sent s join measures m on m.envelope_id = s.envelope_id
				returning id, declaration_id, measure_id
			), counts as (
				insert into declaration_counts (line_id, indicator_id, number)
				select l.id, i.id, 3 from lines l join indicators i on i.measure_id = l.measure_id
			)
			select id from sent`,
			[envelopes, from, from + count - 1]
		);
		await client.query('analyze declarations, declaration_lines, declaration_counts');
		return rows.map(({ id }) => id);
	});
}

const PLAIN = {
	name: 'bare',
	text: `with posted as (
			insert into bare_entries (envelope_id, measure_id, kind, amount_cents, effective_on, fiscal_year,
				label, recorded_by, recorded_at, fictitious)
			select gen_random_uuid(), gen_random_uuid(), 'disbursement', 100, '2022-05-05', 2022,
				'Déclaration', gen_random_uuid(), now(), false
			from generate_series(1, 3)
		), observed as (
			insert into bare_observations (indicator_id, kind, period_starts_on, period_ends_on, number,
				provisional, withdrawn, recorded_at, recorded_by, fictitious)
			values (gen_random_uuid(), 'actual', '2022-01-01', '2022-03-31', 3, false, false, now(), gen_random_uuid(), false)
		), told as (
			insert into bare_declaration_events (declaration_id, at, actor_id, action, submission, details)
			values (gen_random_uuid(), now(), gen_random_uuid(), 'accept', 1, '{"entries": 3}')
		), audited as (
			insert into bare_audit_events (at, actor_id, action, subject_type, subject_id, details)
			values (now(), gen_random_uuid(), 'accept_declaration', 'declaration', 'x', '{"entries": ["1", "2", "3"]}')
		)
		insert into bare_command_receipts (key, actor_id, command, answer, created_at)
		values (gen_random_uuid(), gen_random_uuid(), 'accept_declaration', '["1", "2", "3"]', now())`
};

const openPlain = (books: BenchBooks): Promise<pg.Client[]> =>
	Promise.all(
		Array.from({ length: CLIENTS }, async () => {
			const client = new pg.Client(books.owner);
			await client.connect();
			return client;
		})
	);

/** Does a piece of work so many times, 32 at a time. */
async function perSecond(
	count: number,
	work: (index: number, client: number) => Promise<unknown> | undefined
): Promise<number> {
	const start = performance.now();
	let next = 0;
	await Promise.all(
		Array.from({ length: CLIENTS }, async (_, client) => {
			for (let index = next++; index < count; index = next++) await work(index, client);
		})
	);
	return (count * 1000) / (performance.now() - start);
}
