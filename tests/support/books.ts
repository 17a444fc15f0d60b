import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { day } from '#lib/domain/day.ts';
import type { Circuit } from '#lib/domain/envelope.ts';
import { ENTRY_KINDS } from '#lib/domain/ledger.ts';
import { cents } from '#lib/domain/money.ts';
import type { Context } from '#lib/server/context.ts';
import { createDatabase, type Database } from '#lib/server/db/client.ts';
import type { NewEntry } from '#lib/server/ledger/post-entries.ts';
import { recordEntries } from '#lib/server/ledger/record-entries.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { euros, inEuros, records, table } from './table.ts';

/** The database of a test file, with a finance officer, a partner and an act, and no envelope yet. */
export type Books = {
	database: TestDatabase;
	db: Database;
	/** The owner of the tables, beside the application. */
	owner: pg.Client;
	finance: Context;
	organisationId: string;
	deliberationId: string;
	open: (
		envelopes: Record<string, Circuit>,
		measures?: Record<string, string[]>
	) => Promise<Ledger>;
	close: () => Promise<void>;
};

/** The envelopes of one test, which sees only its own entries, numbered from 1. */
export type Ledger = {
	id: (envelope: string) => string;
	measureId: (label: string) => string;
	/** The number in the database of the nth entry of this test. */
	entryId: (number: number) => Promise<bigint>;
	/** Lines of a table: day, envelope, kind, amount; then measure, label, year, reverses, reason. */
	lines: (text: string) => Promise<NewEntry[]>;
	/** Records the lines of a table as the finance officer. */
	post: (text: string) => Promise<bigint[]>;
	/** The counters of the envelopes. */
	balances: () => Promise<string>;
	/** The monthly totals, whole envelopes under `—`. */
	months: () => Promise<string>;
	/** The entries as they stand in the ledger. */
	journal: () => Promise<string>;
};

/** Clones a database for a test file and puts in it what every entry needs. */
export async function openBooks(options: { poolSize?: number } = {}): Promise<Books> {
	const database = await testDatabase();
	const owner = new pg.Client(database.owner);
	await owner.connect();
	const db = createDatabase({ connection: database.login, ...options });
	const one = async (text: string, values: unknown[] = []): Promise<string> =>
		String(Object.values((await owner.query(text, values)).rows[0] as object)[0]);

	const organisationId = await one(
		"insert into organisations (name, kind) values ('Métropole', 'authority') returning id"
	);
	const userId = await one(
		`insert into users (email, name, role, organisation_id, password_hash)
		values ('finances@demo.example', 'Camille Finances', 'finance', null, '-') returning id`
	);
	const text = 'La Métropole promet 15 000 € de logements.';
	const deliberationId = await one(
		`insert into deliberations (slug, authority_id, sitting_on, title, text, text_digest, entered_by)
		values ('acte', $1, '2020-12-17', 'Acte', $2::text, encode(sha256(convert_to($2::text, 'UTF8')), 'hex'), $3)
		returning id`,
		[organisationId, text, userId]
	);
	const programmeId = await one(
		`insert into programmes (slug, name, starts_on, ends_on, validated_at)
		values ('programme', 'Programme', '2020-01-01', '2022-12-31', now()) returning id`
	);
	const agreementId = await one(
		`insert into agreements (programme_id, title, deliberation_id, effective_on)
		values ($1, 'Convention', $2, '2020-12-17') returning id`,
		[programmeId, deliberationId]
	);
	const finance: Context = {
		db,
		actor: {
			id: userId,
			name: 'Camille Finances',
			role: 'finance',
			organisationId: null,
			organisationName: null
		},
		at: new Date('2022-06-30T10:00:00Z')
	};

	let position = 0;
	return {
		database,
		db,
		owner,
		finance,
		organisationId,
		deliberationId,
		open: async (envelopes, measures = {}) => {
			const ids = new Map<string, string>();
			const measureIds = new Map<string, string>();
			for (const [label, circuit] of Object.entries(envelopes)) {
				const id = await one(
					`insert into envelopes (programme_id, agreement_id, position, label, purpose, funder_id,
						partner_id, circuit, strength, starts_on, ends_on)
					values ($1, $2, $3, $4, $4, $5, $5, $6, 'firm', '2020-01-01', '2022-12-31') returning id`,
					[programmeId, agreementId, ++position, label, organisationId, circuit]
				);
				ids.set(label, id);
				for (const [index, name] of (measures[label] ?? []).entries()) {
					const measureId = await one(
						'insert into measures (envelope_id, position, label) values ($1, $2, $3) returning id',
						[id, index, name]
					);
					measureIds.set(name, measureId);
				}
			}
			return ledgerOf(owner, finance, deliberationId, ids, measureIds);
		},
		close: async () => {
			await db.close();
			await owner.end();
			await database.drop();
		}
	};
}

function ledgerOf(
	owner: pg.Client,
	finance: Context,
	deliberationId: string,
	ids: Map<string, string>,
	measureIds: Map<string, string>
): Ledger {
	const envelopes = [...ids.values()];
	const id = (label: string): string => find(ids, label);
	const measureId = (label: string): string => find(measureIds, label);
	const rows = async (text: string): Promise<Record<string, string>[]> =>
		(await owner.query<Record<string, string>>(text, [envelopes])).rows;

	async function entryId(number: number): Promise<bigint> {
		const [row] = await rows(
			`select id from entries where envelope_id = any($1) order by id offset ${number - 1} limit 1`
		);
		return BigInt(row?.['id'] ?? 0);
	}

	async function lines(text: string): Promise<NewEntry[]> {
		const parsed: NewEntry[] = [];
		for (const row of records(text)) {
			const { measure, reverses, year, reason } = row;
			const kind = ENTRY_KINDS.find((known) => known === row['kind']);
			if (!kind) throw new Error(`not a kind of entry: ${row['kind']}`);
			parsed.push({
				envelopeId: id(row['envelope'] ?? ''),
				kind,
				amountCents: cents(euros(row['amount'] ?? '')),
				effectiveOn: day(row['day'] ?? ''),
				label: row['label'] ?? 'Écriture',
				...(year ? { fiscalYear: Number(year) } : {}),
				...(measure ? { measureId: measureId(measure) } : {}),
				...(reverses ? { reversesEntryId: await entryId(Number(reverses)) } : {}),
				...(reason ? { overrunReason: reason } : {}),
				...(kind === 'allocation' ? { deliberationId } : {})
			});
		}
		return parsed;
	}

	return {
		id,
		measureId,
		entryId,
		lines,
		post: async (text) => recordEntries(finance, randomUUID(), await lines(text)),
		balances: async () =>
			report(
				'envelope | promised | committed | received | disbursed | entries | reason',
				await rows(
					`select e.label, b.promised_cents, b.committed_cents, b.received_cents, b.disbursed_cents,
						b.entry_count, coalesce(b.overrun_reason, '')
					from envelope_balances b join envelopes e on e.id = b.envelope_id
					where e.id = any($1) order by e.position`
				)
			),
		months: async () =>
			report(
				'month | envelope | measure | kind | amount | entries',
				await rows(
					`select to_char(m.month, 'YYYY-MM'), e.label, coalesce(s.label, '—') as measure, m.kind,
						m.amount_cents, m.entry_count
					from month_totals m join envelopes e on e.id = m.envelope_id
						left join measures s on s.id = m.measure_id
					where e.id = any($1)
					order by m.month, e.position, s.position nulls first, m.kind`
				)
			),
		journal: async () =>
			report(
				'n | day | envelope | measure | kind | amount | year | reverses | reason',
				await rows(
					`with numbered as (
						select t.*, row_number() over (order by t.id) as n from entries t
						where t.envelope_id = any($1)
					)
					select t.n, t.effective_on::text, e.label, coalesce(s.label, '—') as measure, t.kind,
						t.amount_cents, t.fiscal_year, coalesce(o.n::text, '') as reverses,
						coalesce(t.overrun_reason, '') as reason
					from numbered t join envelopes e on e.id = t.envelope_id
						left join measures s on s.id = t.measure_id
						left join numbered o on o.id = t.reverses_entry_id
					order by t.n`
				)
			)
	};
}

function report(head: string, rows: Record<string, string>[]): string {
	return table(
		[
			head,
			...rows.map((row) =>
				Object.entries(row)
					.map(([name, value]) => (/cents$/.test(name) ? inEuros(value) : value))
					.join(' | ')
			)
		].join('\n')
	);
}

function find(ids: Map<string, string>, label: string): string {
	const id = ids.get(label);
	if (!id) throw new Error(`no such thing in this test: ${label}`);
	return id;
}
