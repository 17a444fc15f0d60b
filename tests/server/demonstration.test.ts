import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessEnvelope } from '#lib/domain/assessment.ts';
import { day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import { createDatabase } from '#lib/server/db/client.ts';
import { loadDemonstration } from '#lib/server/demonstration/load-demonstration.ts';
import { verifyPassword } from '#lib/server/auth/password.ts';
import { SetupError } from '#lib/server/setup-error.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { entries, observations, operations } from '#lib/server/db/schema/index.ts';
import { THRESHOLDS } from '../domain/books.ts';
import { testDatabase, testFilesDir, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
	database = await testDatabase();
	await loadDemonstration(database.owner, testFilesDir());
	client = new pg.Client(database.owner);
	await client.connect();
});

afterAll(async () => {
	await client.end();
	await database.drop();
});

async function rowsOf(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
	return (await client.query(text, values)).rows;
}

type Sums = Record<'allocation' | 'commitment' | 'receipt' | 'disbursement', bigint>;

/** The plain sums of an envelope at the end of a day. */
async function sumsOn(label: string, asOf: string): Promise<Sums> {
	const rows = await rowsOf(
		`select kind, sum(amount_cents)::text as cents from entries n join envelopes e on e.id = n.envelope_id
		where e.label = $1 and effective_on <= $2 group by kind`,
		[label, asOf]
	);
	const none: Sums = { allocation: 0n, commitment: 0n, receipt: 0n, disbursement: 0n };
	return { ...none, ...Object.fromEntries(rows.map((row) => [row.kind, BigInt(`${row.cents}`)])) };
}

async function situationOn(label: string, asOf: string) {
	const [facts] = await rowsOf(
		`select e.starts_on::text as starts, e.ends_on::text as ends, p.horizon_ends_on::text as horizon,
			(select sum(amount_cents)::text from instalments i where i.envelope_id = e.id and due_on <= $2) as due
		from envelopes e join programmes p on p.id = e.programme_id where e.label = $1`,
		[label, asOf]
	);
	const sums = await sumsOn(label, asOf);
	return assessEnvelope(
		{
			id: '',
			label,
			circuit: 'off_budget',
			strength: 'intention',
			funder: '',
			programmeSlug: '',
			programmeName: '',
			startsOn: day(`${facts?.starts}`),
			endsOn: day(`${facts?.ends}`),
			horizonEndsOn: facts?.horizon ? day(`${facts.horizon}`) : null,
			hasSuccessor: false,
			citationId: null,
			deliberationId: null
		},
		{
			promisedCents: cents(sums.allocation),
			committedCents: cents(sums.commitment),
			receivedCents: cents(sums.receipt),
			disbursedCents: cents(sums.disbursement)
		},
		facts?.due ? cents(`${facts.due}`) : null,
		day(asOf),
		THRESHOLDS
	);
}

const PATHWAYS = 'Parcours résidentiel et professionnel des salariés';
const NEW_HOUSING = 'Nouveaux programmes à loyer modéré et intermédiaire';
const HOUSING_FIRST = 'Logement d’abord';

test('it opens on 30 June 2022 with one envelope on pace, one behind and one that ends', async () => {
	expect(
		await rowsOf(
			'select demonstration, opens_on::text, authority_name, authority_siren from settings'
		)
	).toEqual([
		{
			demonstration: true,
			opens_on: '2022-06-30',
			authority_name: 'Dijon Métropole',
			authority_siren: '242100410'
		}
	]);
	const situations = [
		await situationOn(PATHWAYS, '2022-06-30'),
		await situationOn(NEW_HOUSING, '2022-06-30'),
		await situationOn(HOUSING_FIRST, '2022-06-30')
	];
	expect(
		situations.map(({ status, executionRate, timeElapsed }) => [
			status,
			executionRate?.toFixed(3),
			timeElapsed.toFixed(3)
		])
	).toEqual([
		['on_pace', '0.810', '0.832'],
		['behind', '0.711', '0.832'],
		['ending', '0.794', '0.748']
	]);
});

test('sums stay within what was promised on every day, and payments within what was committed', async () => {
	const rows = await rowsOf(
		`select e.label, n.day::text from envelopes e, (select distinct effective_on as day from entries) n
		where (select coalesce(sum(amount_cents) filter (where kind = 'disbursement'), 0)
				> coalesce(sum(amount_cents) filter (where kind = 'commitment'), 0)
				or coalesce(sum(amount_cents) filter (where kind = 'commitment'), 0) > 1500000000
			from entries where envelope_id = e.id and effective_on <= n.day)`
	);
	expect(rows).toEqual([]);
	expect(await sumsOn(PATHWAYS, '2022-06-30')).toEqual({
		allocation: 1_500_000_000n,
		commitment: 1_345_912_980n,
		receipt: 0n,
		disbursement: 1_215_121_930n
	});
	expect(await sumsOn(NEW_HOUSING, '2022-06-30')).toEqual({
		allocation: 1_500_000_000n,
		commitment: 1_251_258_755n,
		receipt: 0n,
		disbursement: 1_066_004_952n
	});
	expect(await sumsOn(HOUSING_FIRST, '2022-06-30')).toEqual({
		allocation: 98_800_000n,
		commitment: 98_435_225n,
		receipt: 49_400_000n,
		disbursement: 78_481_225n
	});
	// The world stands still on that day: what is left can be declared.
	for (const label of [PATHWAYS, NEW_HOUSING, HOUSING_FIRST]) {
		expect(await sumsOn(label, '9999-12-31')).toEqual(await sumsOn(label, '2022-06-30'));
	}
});

test('counters and monthly totals equal plain sums', async () => {
	expect(
		await rowsOf(
			`select b.envelope_id from envelope_balances b left join (
				select envelope_id, count(*) as n,
					sum(amount_cents) filter (where kind = 'allocation') as promised,
					sum(amount_cents) filter (where kind = 'commitment') as committed,
					coalesce(sum(amount_cents) filter (where kind = 'receipt'), 0) as received,
					sum(amount_cents) filter (where kind = 'disbursement') as disbursed
				from entries group by 1
			) s using (envelope_id)
			where (b.promised_cents, b.committed_cents, b.received_cents, b.disbursed_cents, b.entry_count)
				is distinct from (s.promised, s.committed, s.received, s.disbursed, s.n)`
		)
	).toEqual([]);
	expect(
		await rowsOf(
			`select * from (
				select envelope_id, kind, month, sum(amount_cents) from month_totals where measure_id is null group by 1, 2, 3
			) t (e, k, m, c) full join (
				select envelope_id, kind, date_trunc('month', effective_on)::date, sum(amount_cents) from entries group by 1, 2, 3
			) s (e, k, m, c) using (e, k, m, c) where t.e is null or s.e is null`
		)
	).toEqual([]);
});

test('what is fictitious says so, in the data and in words, and nothing real does', async () => {
	expect(
		await rowsOf(
			`select
				(select count(*)::int from entries where fictitious <> (kind <> 'allocation')) as entries,
				(select count(*)::int from entries where fictitious <> (label like '%(fictif)')) as labels,
				(select count(*)::int from observations where fictitious <> (kind = 'actual')) as observations,
				(select count(*)::int from organisations
					where fictitious <> (name ~ '^(Bailleur|Opérateur) [A-Z] \\(fictif\\)$')) as organisations,
				(select count(*)::int from operations where not fictitious or name not like '%(fictif)') as operations,
				(select count(*)::int from users where not fictitious or email not like '%@demo.example') as users`
		)
	).toEqual([
		{ entries: 0, labels: 0, observations: 0, organisations: 0, operations: 0, users: 0 }
	]);
	expect(await rowsOf('select name from organisations where not fictitious order by name')).toEqual(
		[{ name: 'Action Logement Services' }, { name: 'Dijon Métropole' }, { name: 'État (DIHAL)' }]
	);
});

test('facts are recorded later than they happen, and never before their act was entered', async () => {
	expect(
		await rowsOf(
			`select
				bool_and(recorded_at::date > effective_on) as later,
				min(recorded_at::date - effective_on) filter (where effective_on > '2021-01-31' and fictitious) >= 12 as least,
				max(recorded_at::date - effective_on) filter (where effective_on > '2021-01-31'
					and reverses_entry_id is null and fictitious) <= 80 as most,
				min(recorded_at)::date::text as first
			from entries`
		)
	).toEqual([{ later: true, least: true, most: true, first: '2020-12-22' }]);
	// Numbers follow the order of recording.
	expect(
		await rowsOf(
			`select id from (select id, recorded_at, lag(recorded_at) over (order by id) as before from entries where fictitious) n
			where before > recorded_at`
		)
	).toEqual([]);
});

test('wrong entries were reversed, one after the opening day: it was known otherwise before', async () => {
	expect(
		await rowsOf(
			`select o.effective_on::text, o.amount_cents + r.amount_cents = 0 as opposite, r.recorded_at::date::text as found,
				(select count(*)::int from entries c where c.recorded_at > o.recorded_at and c.label = o.label
					and c.effective_on = o.effective_on and c.measure_id = o.measure_id) as corrections
			from entries r join entries o on o.id = r.reverses_entry_id order by r.id`
		)
	).toEqual([
		{ effective_on: '2021-03-24', opposite: true, found: '2021-06-07', corrections: 1 },
		{ effective_on: '2021-09-21', opposite: true, found: '2021-12-02', corrections: 0 },
		// A declaration was reopened.
		{ effective_on: '2022-04-30', opposite: true, found: '2022-06-21', corrections: 0 },
		{ effective_on: '2022-04-30', opposite: true, found: '2022-06-21', corrections: 0 },
		{ effective_on: '2022-06-13', opposite: true, found: '2022-07-18', corrections: 1 }
	]);
});

test('aids are paid by the month, from July 2021 on by the quarter, and counted by the quarter, guarantees without money', async () => {
	expect(
		await rowsOf(
			`select m.label,
				(select count(distinct date_trunc('month', effective_on))::int from entries n
					where n.measure_id = m.id and kind = 'disbursement') as months,
				count(o.id)::int as quarters,
				sum(o.number) filter (where o.period_ends_on <= '2022-06-30')::int as aids
			from measures m join indicators i on i.measure_id = m.id and i.unit = 'aids'
				join observations o on o.indicator_id = i.id and o.kind = 'actual'
			where not exists (select from observations r where r.replaces_observation_id = o.id)
			group by m.id order by m.position`
		)
	).toEqual([
		{ label: 'Accession et travaux', months: 21, quarters: 9, aids: 241 },
		{ label: 'Sécurisation locative', months: 21, quarters: 9, aids: 4870 },
		{ label: 'Garanties VISALE', months: 0, quarters: 9, aids: 1990 },
		{ label: 'Mobilité', months: 21, quarters: 9, aids: 1402 },
		{ label: 'Salariés en difficulté', months: 21, quarters: 9, aids: 356 }
	]);
});

test('fifteen operations stand in real communes; dwellings never reach a stage before the one below', async () => {
	expect(
		await rowsOf(
			`select count(*)::int as operations, count(*) filter (where confirmed_at is null)::int as unconfirmed,
				count(district_id)::int as in_districts, count(distinct landlord_id)::int as landlords,
				bool_and(o.district_id is null or d.commune_code = o.commune_code) as at_home
			from operations o left join districts d on d.id = o.district_id`
		)
	).toEqual([{ operations: 15, unconfirmed: 1, in_districts: 4, landlords: 5, at_home: true }]);
	const [stages] = await rowsOf(
		`select sum(number) filter (where stage = 'programmed')::int as programmed,
			sum(number) filter (where stage = 'approved')::int as approved,
			sum(number) filter (where stage = 'started')::int as started,
			sum(number) filter (where stage = 'delivered')::int as delivered
		from observations where period_ends_on <= '2022-12-31'`
	);
	expect(stages).toEqual({ programmed: 1592, approved: 1354, started: 1354, delivered: 416 });
});

test('the State paid twice in 2021 and declares since, and operators are paid by measures that have no measure under them', async () => {
	expect(
		await rowsOf(
			`select fiscal_year, count(*)::int as receipts, sum(amount_cents)::text as cents
			from entries where kind = 'receipt' group by 1 order by 1`
		)
	).toEqual([{ fiscal_year: 2021, receipts: 2, cents: '49400000' }]);
	expect(
		await rowsOf(
			`select n.id from entries n join envelopes e on e.id = n.envelope_id where e.circuit = 'earmarked_revenue'
				and n.kind in ('commitment', 'disbursement')
				and (n.measure_id is null or exists (select from measures m where m.parent_id = n.measure_id))`
		)
	).toEqual([]);
});

test('six accounts sign in with the password of the demonstration', async () => {
	const accounts = await rowsOf(
		`select u.email, u.role, u.name, o.name as organisation, u.password_hash from users u
			join organisations o on o.id = u.organisation_id order by u.role, u.email`
	);
	expect(accounts.map(({ email, role, organisation }) => [email, role, organisation])).toEqual([
		['admin@demo.example', 'admin', 'Dijon Métropole'],
		['elus@demo.example', 'elected', 'Dijon Métropole'],
		['finances@demo.example', 'finance', 'Dijon Métropole'],
		['collegue@demo.example', 'partner', 'Action Logement Services'],
		['etat@demo.example', 'partner', 'État (DIHAL)'],
		['partenaire@demo.example', 'partner', 'Action Logement Services']
	]);
	for (const { password_hash } of accounts) {
		expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(await verifyPassword(`${password_hash}`, 'tenu-demonstration')).toBe(true);
	}
});

test('elected officials see neither the unconfirmed operation nor the values not validated', async () => {
	const users = await rowsOf('select id, name, role from users');
	const db = createDatabase({ connection: database.login, poolSize: 2 });
	const countsOf = (role: 'finance' | 'elected') => {
		const user = users.find((row) => row.role === role);
		const actor = {
			id: `${user?.id}`,
			name: `${user?.name}`,
			role,
			organisationId: null,
			organisationName: null
		};
		return inTransaction({ db, actor }, async (tx) => ({
			entries: await tx.$count(entries),
			operations: await tx.$count(operations),
			observations: await tx.$count(observations)
		}));
	};
	const finance = await countsOf('finance');
	expect(finance.operations).toBe(15);
	expect(await countsOf('elected')).toEqual({
		entries: finance.entries,
		operations: 14,
		observations: finance.observations - 4
	});
	await db.close();
});

test('a database where somebody already is refuses it, and nothing changes', async () => {
	const before = await digestOf(client);
	await expect(loadDemonstration(database.owner, testFilesDir())).rejects.toThrow(SetupError);
	await expect(loadDemonstration(database.owner, testFilesDir())).rejects.toThrow('base vide');
	expect(await digestOf(client)).toBe(before);
});

test('two loads give the same books, and of two at once in one database one is refused', async () => {
	const other = await testDatabase();
	const loads = await Promise.allSettled([
		loadDemonstration(other.owner, testFilesDir()),
		loadDemonstration(other.owner, testFilesDir())
	]);
	expect(loads.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	const second = new pg.Client(other.owner);
	await second.connect();
	expect(await digestOf(second)).toBe(await digestOf(client));
	await second.end();
	await other.drop();
});

/** A digest of the ledger, the observations and the declarations, with names in the place of identifiers. */
async function digestOf(connection: pg.Client): Promise<string> {
	const declared = await connection.query(
		`select d.number, e.label, d.period_starts_on::text, d.state, d.submission, d.created_at, d.submitted_at,
			d.decided_at, d.reason,
			(select jsonb_agg(to_jsonb(l.amount_cents) order by l.submission, l.position)
				from declaration_lines l where l.declaration_id = d.id) as amounts,
			(select jsonb_agg(jsonb_build_array(v.at, v.action, v.text) order by v.id)
				from declaration_events v where v.declaration_id = d.id) as events,
			(select jsonb_agg(jsonb_build_array(f.name, f.digest) order by f.uploaded_at)
				from declaration_files f where f.declaration_id = d.id) as files
		from declarations d join envelopes e on e.id = d.envelope_id order by d.number`
	);
	const ledger = await connection.query(
		`select n.id, e.label as envelope, m.label as measure, p.name as operation, o.name as counterparty, n.kind,
			n.amount_cents, n.effective_on::text, n.fiscal_year, n.recorded_at, n.label, n.reverses_entry_id, n.fictitious
		from entries n join envelopes e on e.id = n.envelope_id left join measures m on m.id = n.measure_id
			left join operations p on p.id = n.operation_id left join organisations o on o.id = n.counterparty_id
		order by n.id`
	);
	const observed = await connection.query(
		`select v.id, i.label, v.kind, v.period_starts_on::text, v.period_ends_on::text, v.amount_cents, v.number, v.product,
			v.stage, p.name as operation, v.recorded_at, v.provisional, v.replaces_observation_id, v.fictitious
		from observations v join indicators i on i.id = v.indicator_id left join operations p on p.id = v.operation_id
		order by v.id`
	);
	return createHash('sha256')
		.update(JSON.stringify([ledger.rows, observed.rows, declared.rows]))
		.digest('hex');
}
