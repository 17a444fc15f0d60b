import { randomUUID } from 'node:crypto';
import { getTableName, is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#lib/domain/role.ts';
import { createDatabase, type Database } from '#lib/server/db/client.ts';
import * as schema from '#lib/server/db/schema/index.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { records } from '../../support/table.ts';
import { plantWorld, type World } from '../../support/world.ts';
import { openProber, type Asker, type Outcome, type Prober } from './probe.ts';

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
 * Writing
 *   +          adds, in one's own name only
 *   ++         adds, in any name
 *   ~          changes what the second table allows
 *   ×          deletes
 */
const RIGHTS = records(`
	table                   | finance | partner | elected   | admin | door      | login
	agreements              | all     | own     | validated | all   | –         | –
	api_tokens              | –       | –       | –         | –     | all ~     | –
	audit_events            | +       | +       | +         | all + | ++        | –
	citations               | all     | all     | all       | all   | –         | –
	command_receipts        | mine +  | –       | –         | –     | –         | –
	communes                | all     | all     | all       | all   | –         | –
	content_revision        | –       | –       | –         | –     | –         | –
	decisions               | all     | all     | all       | all   | –         | –
	deliberations           | all     | all     | all       | all   | –         | –
	districts               | all     | all     | all       | all   | –         | –
	entries                 | all +   | own     | validated | all   | –         | –
	envelope_balances       | all     | own     | validated | all   | –         | –
	envelope_counterparties | all     | own     | validated | all   | –         | –
	envelopes               | all     | own     | validated | all   | –         | –
	fiscal_years            | all     | all     | all       | all   | –         | –
	indicators              | all     | own     | validated | all   | –         | –
	instalments             | all     | own     | validated | all   | –         | –
	measures                | all     | own     | validated | all   | –         | –
	month_totals            | all     | own     | validated | all   | –         | –
	observations            | all +   | own     | confirmed | all   | –         | –
	operations              | all     | own     | confirmed | all   | –         | –
	organisations           | all     | own     | all       | all   | all       | –
	programme_districts     | all     | own     | validated | all   | –         | –
	programmes              | all     | own     | validated | all   | –         | –
	sessions                | –       | –       | –         | –     | all ++ ~ × | –
	settings                | all     | all     | all       | all   | all       | –
	throttles               | –       | –       | –         | –     | all ++ ~ × | –
	undertakings            | all     | own     | validated | all   | –         | –
	users                   | all     | mine    | self      | all ~ | all       | –
`);

/** Columns that are kept from those who may otherwise read or write the table. */
const COLUMNS = records(`
	table         | who     | right  | all but
	users         | finance | select | created_at, email, password_hash
	users         | partner | select | created_at, email, password_hash
	users         | elected | select | created_at, email, password_hash
	users         | admin   | select | password_hash
	users         | door    | select | created_at, fictitious
	organisations | door    | select | fictitious, kind, siren
	entries       | finance | insert | id, recorded_at
	observations  | finance | insert | id, recorded_at
	audit_events  | finance | insert | at, id
	audit_events  | partner | insert | at, id
	audit_events  | elected | insert | at, id
	audit_events  | admin   | insert | at, id
	audit_events  | door    | insert | at, id
	users         | admin   | update | created_at, email, fictitious, id, name, organisation_id, password_hash, role
	api_tokens    | door    | update | created_at, digest, expires_at, id, label, revoked_at, user_id
`);

/**
 * own: of the partner's organisation. foreign: of another. unvalidated: of the partner's
 * organisation, in a programme that finance has not validated. unconfirmed: own and validated, but
 * the operation is not confirmed and the observation provisional.
 */
const WORLDS = ['own', 'foreign', 'unvalidated', 'unconfirmed'] as const;
type WorldName = (typeof WORLDS)[number];

const READING: Record<string, readonly WorldName[]> = {
	all: WORLDS,
	own: ['own', 'unconfirmed'],
	validated: ['own', 'foreign', 'unconfirmed'],
	confirmed: ['own', 'foreign'],
	mine: ['own', 'unvalidated', 'unconfirmed'],
	self: []
};

const ASKERS = ['finance', 'partner', 'elected', 'admin', 'door', 'login'] as const;
type AskerName = (typeof ASKERS)[number];

/** In whose name a row is, by table. */
const NAME_COLUMNS: Record<string, string> = {
	entries: 'recorded_by',
	observations: 'recorded_by',
	audit_events: 'actor_id',
	command_receipts: 'actor_id'
};

let database: TestDatabase;
let superuser: pg.Client;
let db: Database;
let prober: Prober;
let askers: Record<AskerName, Asker>;
let worlds: Record<WorldName, World>;

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
		login: 'login'
	};
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
		expect(await probed(table, name)).toEqual(expected(table, name));
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
		expect(await probed(table, name)).toEqual(expected(table, name));
		await superuser.query(plant);
		expect(await probed(table, name)).not.toEqual(expected(table, name));
		await superuser.query(undo);
		expect(await probed(table, name)).toEqual(expected(table, name));
	});
});

describe('columns', () => {
	it('are kept back as the second table says, and no other', async () => {
		const kept: Record<string, string>[] = [];
		for (const right of ['select', 'insert', 'update'] as const) {
			for (const { table = '', ...cells } of RIGHTS) {
				for (const who of ASKERS.slice(0, -1)) {
					const mark = {
						select: /\b(all|own|validated|confirmed|mine|self)\b/,
						insert: /\+/,
						update: /~/
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

const actor = (role: Role, id: string) => ({
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

/** For each world, how many of its rows are seen; the rest of the table is counted where it is one's own. */
async function seen(table: string, name: AskerName): Promise<Record<string, Outcome>> {
	const outcomes: Record<string, Outcome> = {};
	for (const world of WORLDS) {
		const [key = ''] = (worlds[world].rows[table] ?? '').split(' ');
		const statement = `select ${key} from ${table} where ${worlds[world].rows[table]}`;
		outcomes[world] = await prober.ask(askers[name], statement);
	}
	if (/\bself\b/.test(cellOf(table, name))) {
		outcomes['others'] = await prober.ask(
			askers[name],
			`select id from ${table} where id <> '${idOf(name)}'`
		);
		outcomes['self'] = await prober.ask(
			askers[name],
			`select id from ${table} where id = '${idOf(name)}'`
		);
	}
	return outcomes;
}

function expectedToSee(table: string, name: AskerName, right: string): Record<string, Outcome> {
	const word = right.split(' ')[0] ?? '';
	const reading = READING[word];
	const rowsOf = (world: WorldName) =>
		// A world has one row a table; a month total, one for the envelope and one for the measure.
		reading?.includes(world) ? (table === 'month_totals' ? 2 : 1) : 0;
	return {
		...Object.fromEntries(WORLDS.map((world) => [world, reading ? rowsOf(world) : 'denied'])),
		...(word === 'self' ? { others: 0, self: 1 } : {})
	};
}

/** Adds a copy of a row with a new key: in one's own name, in the name of another, and of a foreign envelope. */
async function added(table: string, name: AskerName): Promise<Record<string, Outcome>> {
	const column = NAME_COLUMNS[table];
	const other = worlds.foreign.financeId;
	return {
		inOwnName: await prober.ask(
			askers[name],
			await copyOf(table, name, column && idOf(name) ? { [column]: idOf(name) } : {})
		),
		inAnotherName: await prober.ask(
			askers[name],
			await copyOf(table, name, column ? { [column]: other } : {})
		)
	};
}

function expectedToAdd(right: string): Record<string, Outcome> {
	if (right.includes('++')) return { inOwnName: 1, inAnotherName: 1 };
	if (right.includes('+')) return { inOwnName: 1, inAnotherName: 'denied' };
	return { inOwnName: 'denied', inAnotherName: 'denied' };
}

async function copyOf(
	table: string,
	name: AskerName,
	changes: Record<string, string>
): Promise<string> {
	const { rows } = await superuser.query<{ row: Record<string, unknown> }>(
		`select to_jsonb(t) as row from ${table} t where ${worlds.own.rows[table]} limit 1`
	);
	const row = { ...rows[0]?.row, ...changes };
	const config = getTableConfig(tableOf(table));
	const keys = [
		...config.columns.filter(({ primary }) => primary),
		...config.primaryKeys.flatMap(({ columns }) => columns)
	];
	for (const { name: key, columnType } of keys) {
		if (columnType === 'PgUUID') row[key] = randomUUID();
		else if (columnType === 'PgText') row[key] = randomUUID().slice(0, 5).toUpperCase();
	}
	// What nobody may give is left out, so that a refusal is never only about that.
	const kept = COLUMNS.filter((line) => line['table'] === table && line['who'] === name)
		.filter(({ right }) => right === 'insert')
		.flatMap((line) => line['all but']?.split(', ') ?? []);
	const columns = config.columns
		.filter(
			(column) => !column.generated && !column.generatedIdentity && !kept.includes(column.name)
		)
		.map((column) => column.name);
	const literal = pg.escapeLiteral(JSON.stringify(row));
	return `insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')})
		select ${columns.map((column) => `"${column}"`).join(', ')}
		from jsonb_populate_record(null::${table}, ${literal})`;
}

/** Changes each column of a row to what it is, and then, where that is allowed, of each world's row. */
async function changed(table: string, name: AskerName): Promise<Record<string, Outcome>> {
	const outcomes: Record<string, Outcome> = {};
	for (const { name: column, generated, generatedIdentity } of getTableConfig(tableOf(table))
		.columns) {
		if (generated || generatedIdentity) continue;
		const value = column === 'deactivated_at' ? 'now()' : `"${column}"`;
		const change = (where: string) => `update ${table} set "${column}" = ${value} where ${where}`;
		const [first = 'denied'] = [
			await prober.ask(askers[name], change(worlds.own.rows[table] ?? ''))
		];
		if (first === 'denied') continue;
		for (const world of WORLDS) {
			const outcome = await prober.ask(askers[name], change(worlds[world].rows[table] ?? ''));
			outcomes[`${column} of ${world}`] = outcome;
		}
	}
	return outcomes;
}

function expectedToChange(table: string, name: AskerName, right: string): Record<string, Outcome> {
	if (!right.includes('~')) return {};
	const kept = COLUMNS.filter((line) => line['table'] === table && line['who'] === name)
		.filter(({ right: kind }) => kind === 'update')
		.flatMap((line) => line['all but']?.split(', ') ?? []);
	const columns = getTableConfig(tableOf(table)).columns.map((column) => column.name);
	return Object.fromEntries(
		columns
			.filter((column) => !kept.includes(column))
			.flatMap((column) => WORLDS.map((world) => [`${column} of ${world}`, 1]))
	);
}

async function deleted(table: string, name: AskerName): Promise<Record<string, Outcome>> {
	const outcomes: Record<string, Outcome> = {};
	for (const world of WORLDS) {
		outcomes[world] = await prober.ask(
			askers[name],
			`delete from ${table} where ${worlds[world].rows[table]}`
		);
	}
	return outcomes;
}

const expectedToDelete = (right: string): Record<string, Outcome> =>
	Object.fromEntries(WORLDS.map((world) => [world, right.includes('×') ? 1 : 'denied']));

async function probed(table: string, name: AskerName): Promise<Record<string, unknown>> {
	return {
		select: await seen(table, name),
		insert: await added(table, name),
		update: await changed(table, name),
		delete: await deleted(table, name)
	};
}

function expected(table: string, name: AskerName): Record<string, unknown> {
	const right = cellOf(table, name);
	return {
		select: expectedToSee(table, name, right),
		insert: expectedToAdd(right),
		update: expectedToChange(table, name, right),
		delete: expectedToDelete(right)
	};
}

const cellOf = (table: string, name: AskerName): string =>
	RIGHTS.find((line) => line['table'] === table)?.[name] ?? '';

function idOf(name: AskerName): string {
	const asker = askers[name];
	return typeof asker === 'string' ? '' : asker.id;
}

function tableOf(name: string): PgTable {
	const found = Object.values(schema).find(
		(value) => is(value, PgTable) && getTableName(value) === name
	);
	if (!found) throw new Error(`no such table: ${name}`);
	return found as PgTable;
}
