import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createToken, digestOf } from '#lib/server/auth/token.ts';
import { migrate } from '#lib/server/db/migrate.ts';

/** A scratch database with as many entries as asked, over fifty envelopes, and somebody signed in. */
export type BenchBooks = {
	owner: pg.ClientConfig;
	entries: number;
	envelopes: string[];
	financeId: string;
	cookie: string;
	/** The place in the ledger of the first envelope after which the last page begins. */
	lastPage: { id: bigint; effectiveOn: string; amountCents: bigint };
	secondsToFill: number;
};

const ENVELOPES = 50;
const BATCH = 50_000;

/** Makes and fills a database through the same triggers as any entry, in batches. */
export async function fillBooks(superuser: pg.ClientConfig, entries: number): Promise<BenchBooks> {
	const database = `bench_${entries}`;
	await querying(superuser, (client) => client.query(`create database ${database} owner tenu`));
	const owner = { ...superuser, user: 'tenu', database };
	await migrate(owner);
	return querying(owner, async (client) => {
		const financeId = randomUUID();
		const token = createToken();
		await client.query(
			`insert into users (id, email, name, role, password_hash)
			values ($1, 'finances@bench.example', 'Finances', 'finance', '-')`,
			[financeId]
		);
		await client.query(
			"insert into sessions (id, user_id, expires_at) values ($1, $2, now() + interval '7 hours')",
			[digestOf(token), financeId]
		);
		const envelopes = await makeEnvelopes(client, financeId);
		const start = performance.now();
		await post(client, financeId, envelopes, entries - ENVELOPES);
		const secondsToFill = (performance.now() - start) / 1000;
		await client.query('vacuum analyze');
		const { rows } = await client.query<{ id: string; day: string; amount: string }>(
			`select id, effective_on::text as day, amount_cents as amount from entries
			where envelope_id = $1 order by effective_on, id offset least($2::int, 50) limit 1`,
			[envelopes[0], Math.max(0, Math.floor(entries / ENVELOPES) - 2)]
		);
		const [last] = rows;
		return {
			owner,
			entries,
			envelopes,
			financeId,
			cookie: `tenu_session=${token}`,
			lastPage: {
				id: BigInt(last?.id ?? 1),
				effectiveOn: last?.day ?? '2020-01-01',
				amountCents: BigInt(last?.amount ?? 1)
			},
			secondsToFill
		};
	});
}

/** Ten programmes of five envelopes with three measures each and a plan by quarters. */
async function makeEnvelopes(client: pg.Client, financeId: string): Promise<string[]> {
	const text = 'La Métropole promet.';
	await client.query(
		`insert into organisations (name, kind) select 'Organisme ' || n, case n when 1 then 'authority' else 'funder' end
		from generate_series(1, 10) n`
	);
	await client.query(
		`insert into deliberations (slug, authority_id, sitting_on, title, text, text_digest, entered_by)
		select 'acte', id, '2019-12-17', 'Acte', $1, encode(sha256(convert_to($1, 'UTF8')), 'hex'), $2
		from organisations where kind = 'authority'`,
		[text, financeId]
	);
	await client.query(
		`insert into programmes (slug, name, starts_on, ends_on, validated_at)
		select 'programme-' || n, 'Programme ' || n, '2020-01-01', '2022-12-31', now() from generate_series(1, 10) n`
	);
	await client.query(
		`insert into agreements (programme_id, title, deliberation_id, effective_on)
		select p.id, 'Convention', d.id, '2019-12-17' from programmes p, deliberations d`
	);
	const { rows } = await client.query<{ id: string }>(
		`insert into envelopes (programme_id, agreement_id, position, label, purpose, funder_id, partner_id,
			circuit, strength, starts_on, ends_on)
		select a.programme_id, a.id, n, 'Enveloppe ' || n, 'Accession', o.id, o.id, 'off_budget', 'firm',
			'2020-01-01', '2022-12-31'
		from agreements a, generate_series(1, 5) n join organisations o on o.name = 'Organisme ' || (n + 1)
		returning id`
	);
	await client.query(
		`insert into measures (envelope_id, position, label)
		select e.id, n, 'Mesure ' || n from envelopes e, generate_series(1, 3) n`
	);
	await client.query(
		`insert into instalments (envelope_id, agreement_id, due_on, amount_cents)
		select e.id, e.agreement_id, date '2020-03-31' + 91 * n, 50000000000 from envelopes e, generate_series(0, 11) n`
	);
	await client.query(
		`insert into entries (envelope_id, kind, amount_cents, effective_on, fiscal_year, label, recorded_by, deliberation_id)
		select e.id, 'allocation', 600000000000, '2020-01-01', 2020, 'Dotation', $1, d.id
		from envelopes e, deliberations d`,
		[financeId]
	);
	return rows.map(({ id }) => id);
}

async function post(
	client: pg.Client,
	financeId: string,
	envelopes: string[],
	entries: number
): Promise<void> {
	for (let from = 0; from < entries; from += BATCH) {
		await client.query(
			`insert into entries (envelope_id, measure_id, kind, amount_cents, effective_on, fiscal_year, label,
				recorded_by, counterparty_id)
			select e.id, m.id, case when g % 3 = 0 then 'commitment' else 'disbursement' end,
				100 + g * 7919 % 1000000, date '2020-01-01' + (g * 31 % 1096)::int, 2022, 'Écriture ' || g, $1, e.partner_id
			from generate_series($2::bigint, $3::bigint) g
				join unnest($4::uuid[]) with ordinality u (id, n) on u.n = 1 + g % ${ENVELOPES}
				join envelopes e on e.id = u.id
				join measures m on m.envelope_id = e.id and m.position = 1 + (g / ${ENVELOPES}) % 3`,
			[financeId, from, Math.min(from + BATCH, entries) - 1, envelopes]
		);
	}
}

export async function querying<Result>(
	connection: pg.ClientConfig,
	work: (client: pg.Client) => Promise<Result>
): Promise<Result> {
	const client = new pg.Client(connection);
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}
