import { randomUUID } from 'node:crypto';
import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Role } from '#lib/domain/role.ts';
import { createDatabase, type Database } from '#lib/server/db/client.ts';
import * as schema from '#lib/server/db/schema/index.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { records } from '../../support/table.ts';
import { plantWorld, type World } from '../../support/world.ts';
import { openProber, type Prober } from './probe.ts';
import { ASKERS, promisedRows, tryRows, WORLDS, type RightsTable, type Trial } from './rows.ts';

/**
 * Who may do what with the rows of each table. This is the whole of it: what is not said is refused.
 *
 * Reading
 *   all        every row
 *   own        the rows of the envelopes of one's organisation, in validated programmes
 *   validated  the rows of validated programmes
 *   confirmed  of these, what finance has confirmed
 *   mine       the rows of oneself, or for a partner of its organisation's people
 *   self       one's own row
 *   –          nothing: refused before a row is looked at
 *   none       may ask, and sees none of these: they are of somebody else
 * Writing
 *   +          adds, in one's own name only
 *   ++         adds, in any name
 *   ~          changes what the second table allows, of the rows it sees
 *   ≈          the same, in one's own name only
 *   →          changes step by step: which step is whose is in attacks.test.ts and in declarations/steps.test.ts
 *   ×          deletes, of the rows it sees
 */
const RIGHTS = records(`
	table                   | finance | partner  | elected   | admin    | door       | clock  | login
	agreements              | all ++  | own      | validated | all      | –          | –      | –
	api_tokens              | –       | –        | –         | –        | all ~      | –      | –
	audit_events            | +       | +        | +         | all +    | ++         | –      | –
	citations               | all ++  | all      | all       | all      | –          | –      | –
	column_matches          | –       | mine + ~ | –         | –        | –          | –      | –
	command_receipts        | mine +  | none +   | –         | –        | –          | –      | –
	communes                | all ++  | all      | all       | all      | –          | –      | –
	content_revision        | –       | –        | –         | –        | –          | –      | –
	decisions               | all ++  | all      | all       | all      | –          | –      | –
	declaration_cells       | –       | own + ~ × | –        | –        | –          | –      | –
	declaration_counts      | all     | own      | –         | all      | –          | all    | –
	declaration_duties      | all + ≈ | own      | –         | all      | –          | all    | –
	declaration_events      | all +   | own +    | –         | all      | –          | all    | –
	declaration_files       | none    | own + →  | –         | none     | –          | none   | –
	declaration_lines       | all     | own      | –         | all      | –          | all    | –
	declarations            | all →   | own + →  | –         | all      | –          | all    | –
	deliberation_publications | all + ≈ | –      | –         | –        | –          | –      | –
	deliberations           | all +   | all      | all       | all      | –          | –      | –
	districts               | all ++  | all      | all       | all      | –          | –      | –
	entries                 | all +   | own      | validated | all      | –          | –      | –
	envelope_balances       | all     | own      | validated | all      | –          | –      | –
	envelope_counterparties | all     | own      | validated | all      | –          | –      | –
	envelopes               | all ++ ~ | own      | validated | all      | –          | all    | –
	fiscal_years            | all     | all      | all       | all      | –          | –      | –
	import_rows             | none    | own ++ × | –         | –        | –          | –      | –
	imports                 | all     | own + →  | –         | –        | –          | –      | –
	indicators              | all ++  | own      | validated | all      | –          | –      | –
	instalments             | all ++  | own      | validated | all      | –          | –      | –
	last_day_moves          | all +   | own      | validated | all      | –          | –      | –
	mail_progress           | –       | –        | –         | –        | –          | all ++ ~ | –
	mail_refusals           | none + × | mine + × | none + × | none + × | –          | all    | –
	mails                   | –       | –        | –         | all      | –          | all ++ ~ | –
	measures                | all ++  | own      | validated | all      | –          | –      | –
	month_totals            | all     | own      | validated | all      | –          | –      | –
	observations            | all +   | own      | confirmed | all      | –          | –      | –
	operations              | all ++  | own      | confirmed | all      | –          | –      | –
	organisations           | all ++ ~ | own      | all       | all      | all        | all    | –
	programme_districts     | all ++  | own      | validated | all      | –          | –      | –
	programmes              | all ++ ~ | own      | validated | all      | –          | all    | –
	reading_proposals       | all + ≈ × | –      | –         | –        | –          | –      | –
	readings                | all + ≈ | –        | –         | –        | –          | –      | –
	sessions                | –       | –        | –         | –        | all ++ ~ × | –      | –
	settings                | all     | all      | all       | all      | all        | all    | –
	throttles               | –       | –        | –         | –        | all ++ ~ × | –      | –
	undertaking_events      | all +   | own +    | none      | all      | –          | –      | –
	undertaking_files       | all     | own      | none      | all      | –          | –      | –
	undertakings            | all ++  | own      | validated | all      | –          | –      | –
	users                   | all     | mine     | self      | all ~    | all        | all    | –
`);

/** Columns that are kept from those who may otherwise read or write the table. */
const COLUMNS = records(`
	table         | who     | right  | all but
	users         | finance | select | created_at, email, password_hash
	users         | partner | select | created_at, email, password_hash
	users         | elected | select | created_at, email, password_hash
	users         | admin   | select | password_hash
	users         | door    | select | created_at, fictitious
	organisations | door    | select | fictitious, kind, siren, siret
	organisations | finance | insert | siret
	organisations | finance | update | fictitious, id, kind, name, siren
	deliberation_publications | finance | insert | updated_at
	deliberation_publications | finance | update | deliberation_id
	entries       | finance | insert | id, recorded_at
	last_day_moves | finance | insert | id, recorded_at
	observations  | finance | insert | id, recorded_at
	audit_events  | finance | insert | at, id
	audit_events  | partner | insert | at, id
	audit_events  | elected | insert | at, id
	audit_events  | admin   | insert | at, id
	audit_events  | door    | insert | at, id
	deliberations | finance | insert | entered_at
	programmes    | finance | update | id, name, slug, starts_on, summary, validated_at
	envelopes     | finance | update | agreement_id, circuit, citation_id, funder_id, id, instrument, label, partner_id, position, programme_id, purpose, starts_on, strength
	undertakings  | finance | insert | review_on, status
	readings      | finance | insert | created_at, revision, state, updated_at
	readings      | finance | update | created_at, created_by, file_digest, file_name, file_size_bytes, id, source, text, text_digest
	reading_proposals | finance | update | because, confidence, id, promise, read_end, read_start, read_value, reading_id, role, section, step
	users         | admin   | update | created_at, email, fictitious, id, name, organisation_id, password_hash, role
	api_tokens    | door    | update | created_at, digest, expires_at, id, label, revoked_at, user_id
	column_matches | partner | insert | updated_at
	column_matches | partner | update | heading_digest, organisation_id
	declaration_cells | partner | insert | updated_at
	declaration_cells | partner | update | declaration_id, key
	declaration_duties | finance | insert | set_at
	declaration_duties | finance | update | envelope_id
	declaration_events | finance | insert | at, id
	declaration_events | partner | insert | at, id
	declaration_files | partner | insert | removed_at, removed_by, uploaded_at
	declaration_files | partner | update | declaration_id, digest, id, media_type, name, row_key, size_bytes, uploaded_at, uploaded_by
	declarations | finance | update | comment, created_at, created_by, digest, envelope_id, fictitious, id, nothing_to_declare, number, organisation_id, overrun_reason, period_ends_on, period_starts_on, submission, submitted_at, submitted_by
	declarations | partner | insert | comment, created_at, decided_at, decided_by, digest, fictitious, nothing_to_declare, number, overrun_reason, reason, state, submission, submitted_at, submitted_by
	declarations | partner | update | created_at, created_by, decided_at, decided_by, envelope_id, fictitious, id, number, organisation_id, period_ends_on, period_starts_on, reason
	imports | partner | insert | applied_at, columns, created_at, line_count, problem, problem_count, read_count, state
	imports | partner | update | created_at, created_by, declaration_id, file_digest, file_name, id, media_type, size_bytes
	operations | finance | insert | district_id
	undertaking_events | finance | insert | at, fictitious, number, organisation_id
	undertaking_events | partner | insert | at, fictitious, number, organisation_id
	users | clock | select | created_at, password_hash
`);

const TABLE: RightsTable = { rights: RIGHTS, columns: COLUMNS };

let database: TestDatabase;
let superuser: pg.Client;
let db: Database;
let prober: Prober;
let askers: Trial['askers'];
let worlds: Trial['worlds'];
let trial: Trial;

beforeAll(async () => {
	database = await testDatabase();
	superuser = new pg.Client(database.superuser);
	await superuser.connect();
	const own = await plantWorld(superuser, { name: 'a' });
	worlds = {
		own,
		foreign: await plantWorld(superuser, { name: 'b' }),
		unvalidated: await plantWorld(superuser, {
			name: 'c',
			of: own,
			validated: false,
			confirmed: false
		}),
		unconfirmed: await plantWorld(superuser, { name: 'd', of: own, confirmed: false })
	};
	db = createDatabase({ connection: database.login });
	prober = await openProber(db, database.login);
	askers = {
		finance: actor('finance', own.financeId),
		partner: { ...actor('partner', own.partnerId), organisationId: own.organisationId },
		elected: actor('elected', await addPerson('elected')),
		admin: actor('admin', await addPerson('admin')),
		door: 'door',
		clock: 'clock',
		login: 'login'
	};
	trial = { superuser, prober, askers, worlds, table: TABLE };
});
afterAll(async () => {
	await prober.end();
	await db.close();
	await superuser.end();
	await database.drop();
});

it('says who may do what with every table of the schema, and of no other', async () => {
	const tables = Object.values(schema).filter((value) => is(value, PgTable));
	const listed = RIGHTS.map(({ table }) => table);
	expect(listed).toEqual(tables.map(getTableName).sort());
	const { rows } = await superuser.query<{ name: string }>(
		`select relname as name from pg_class
		where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
		order by relname`
	);
	expect(listed).toEqual(rows.map(({ name }) => name));
});

describe.each(RIGHTS)('$table', ({ table = '' }) => {
	it.each(ASKERS)('%s', async (name) => {
		expect(await tryRows(trial, table, name)).toEqual(promisedRows(TABLE, table, name));
	});
});

describe('this table', () => {
	const planted = [
		[
			'entries',
			'partner',
			'create policy planted on entries for select to tenu_partner using (true)',
			'drop policy planted on entries'
		],
		[
			'operations',
			'elected',
			'alter table operations disable row level security',
			'alter table operations enable row level security'
		],
		[
			'entries',
			'finance',
			'alter policy entries_add on entries with check (true)',
			'alter policy entries_add on entries with check (recorded_by = (select current_user_id()))'
		],
		[
			'instalments',
			'admin',
			'grant delete on instalments to tenu_admin',
			'revoke delete on instalments from tenu_admin'
		],
		[
			'settings',
			'partner',
			'grant update (opens_on) on settings to public',
			'revoke update (opens_on) on settings from public'
		],
		[
			'envelopes',
			'login',
			'grant select on envelopes to public',
			'revoke select on envelopes from public'
		]
	] as const;

	it.each(planted)('is not true of %s and %s after « %s »', async (table, name, plant, undo) => {
		expect(await tryRows(trial, table, name)).toEqual(promisedRows(TABLE, table, name));
		await superuser.query(plant);
		expect(await tryRows(trial, table, name)).not.toEqual(promisedRows(TABLE, table, name));
		await superuser.query(undo);
		expect(await tryRows(trial, table, name)).toEqual(promisedRows(TABLE, table, name));
	});
});

describe('columns', () => {
	it('are kept back as the second table says, and no other', async () => {
		const kept: Record<string, string>[] = [];
		for (const right of ['select', 'insert', 'update'] as const) {
			for (const { table = '', ...cells } of RIGHTS) {
				for (const who of ASKERS.slice(0, -1)) {
					const mark = {
						select: /\b(all|own|validated|confirmed|mine|self|none)\b/,
						insert: /\+/,
						update: /[~≈→]/
					}[right];
					if (!mark.test(cells[who] ?? '')) continue;
					const { rows } = await superuser.query<{ name: string }>(
						`select attname as name from pg_attribute
						where attrelid = $1::regclass and attnum > 0 and not attisdropped
							and not has_column_privilege($2, attrelid, attnum, $3) order by attname`,
						[table, `tenu_${who}`, right]
					);
					if (rows.length === 0) continue;
					kept.push({ table, who, right, 'all but': rows.map((row) => row.name).join(', ') });
				}
			}
		}
		const inOrder = (lines: Record<string, string>[]) =>
			lines.map((line) => JSON.stringify(line)).sort();
		expect(inOrder(kept)).toEqual(inOrder(COLUMNS));
	});

	it('of nobody’s password are shown to a person, whatever their role', async () => {
		for (const who of ['finance', 'partner', 'elected', 'admin'] as const) {
			expect(await prober.ask(askers[who], 'select password_hash from users')).toBe('denied');
			expect(await prober.ask(askers[who], 'select users from users')).toBe('denied');
		}
	});

	it('that say when the ledger learnt something are not given by finance', async () => {
		const statement = `insert into entries (envelope_id, kind, amount_cents, effective_on, fiscal_year,
				label, recorded_by, recorded_at)
			values ('${worlds.own.envelopeId}', 'commitment', 1, '2021-01-01', 2021, 'x',
				'${worlds.own.financeId}', '2020-01-01')`;
		expect(await prober.ask(askers.finance, statement)).toBe('denied');
	});
});

describe('a partner', () => {
	it('knows its own organisation, the authority and whom it works with, and no other', async () => {
		await superuser.query(
			"insert into organisations (name, kind) values ('La Métropole', 'authority')"
		);
		const partner = askers.partner;
		const knows = (name: string) =>
			prober.ask(partner, `select id from organisations where name = '${name}'`);
		expect(await knows('Organisation a')).toBe(1);
		expect(await knows('Bailleur a (fictif)')).toBe(1);
		expect(await knows('La Métropole')).toBe(1);
		expect(await knows('Organisation b')).toBe(0);
		expect(await knows('Bailleur b (fictif)')).toBe(0);
		// The landlord of a programme that nobody has validated yet.
		expect(await knows('Bailleur c (fictif)')).toBe(0);
	});

	it.each([null, '', randomUUID()])(
		'of the organisation %s sees no envelope',
		async (organisationId) => {
			const stranger = { ...actor('partner', randomUUID()), organisationId };
			for (const table of [
				'programmes',
				'envelopes',
				'entries',
				'month_totals',
				'operations',
				'indicators'
			]) {
				expect(await prober.ask(stranger, `select from ${table}`), table).toBe(0);
			}
		}
	);

	it('cannot slip an organisation into its rights: what it is called is a value, never a statement', async () => {
		for (const hostile of [
			`${worlds.foreign.organisationId}' or true --`,
			`', true), set_config('role', 'tenu_finance', true) --`
		]) {
			const partner = { ...actor('partner', worlds.own.partnerId), organisationId: hostile };
			await expect(prober.ask(partner, 'select from envelopes')).rejects.toThrow();
		}
	});

	it('is not shown by a planned statement what it showed to somebody else', async () => {
		const single = createDatabase({ connection: database.login, poolSize: 1 });
		const partnerOf = (world: World): Actor => ({
			...actor('partner', world.partnerId),
			organisationId: world.organisationId
		});
		const { own, foreign, unconfirmed } = worlds;
		const readers: [Actor, World[]][] = [
			[actor('finance', own.financeId), WORLDS.map((name) => worlds[name])],
			[partnerOf(own), [own, unconfirmed]],
			[partnerOf(foreign), [foreign]],
			[actor('partner', randomUUID()), []],
			[actor('elected', randomUUID()), [own, foreign, unconfirmed]]
		];
		try {
			// More often than PostgreSQL needs to settle on one plan for all.
			for (let round = 0; round < 12; round++) {
				for (const [reader, shown] of readers) {
					const { rows } = await inTransaction({ db: single, actor: reader }, (tx) =>
						tx.execute<{ id: string }>(sql`select id from envelopes where position > ${round % 2}`)
					);
					const envelopes = round % 2 === 0 ? shown.map(({ envelopeId }) => envelopeId) : [];
					expect(rows.map(({ id }) => id).sort(), reader.role).toEqual(envelopes.sort());
				}
			}
		} finally {
			await single.close();
		}
	});

	it('leaves nothing of its rights on the connection for the next', async () => {
		const single = createDatabase({ connection: database.login, poolSize: 1 });
		const alone = await openProber(single, database.login);
		try {
			const stranger = { ...actor('partner', randomUUID()), organisationId: null };
			expect(await alone.ask(askers.partner, 'select from envelopes')).toBe(2);
			expect(await alone.ask(stranger, 'select from envelopes')).toBe(0);
			const client = await single.connect();
			const { rows } = await client.query(
				`select current_user = session_user as itself,
					coalesce(current_setting('tenu.user_id', true), '') as person,
					coalesce(current_setting('tenu.organisation_id', true), '') as organisation`
			);
			client.release();
			expect(rows).toEqual([{ itself: true, person: '', organisation: '' }]);
		} finally {
			await alone.end();
			await single.close();
		}
	});
});

const actor = (role: Role, id: string): Actor => ({
	id,
	name: role,
	role,
	organisationId: null,
	organisationName: null
});

async function addPerson(role: Role): Promise<string> {
	const { rows } = await superuser.query<{ id: string }>(
		`insert into users (email, name, role, password_hash) values ($1, $2, $2, '-') returning id`,
		[`${role}@demo.example`, role]
	);
	return rows[0]?.id ?? '';
}
