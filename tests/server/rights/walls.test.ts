import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/domain/role.ts';
import { createDatabase, type Database } from '#lib/server/db/client.ts';
import { REQUEST_ROLES } from '#lib/server/db/roles.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { plantWorld, type World } from '../../support/world.ts';
import { openProber, type Prober } from './probe.ts';

let database: TestDatabase;
let superuser: pg.Client;
let login: pg.Client;
let db: Database;
let prober: Prober;
let world: World;
let finance: Actor;

beforeAll(async () => {
	database = await testDatabase();
	superuser = new pg.Client(database.superuser);
	login = new pg.Client(database.login);
	await Promise.all([superuser.connect(), login.connect()]);
	db = createDatabase({ connection: database.login });
	prober = await openProber(db, database.login);
	world = await plantWorld(superuser, { name: 'a' });
	finance = {
		id: world.financeId,
		name: 'Finances',
		role: 'finance',
		organisationId: null,
		organisationName: null
	};
});
afterAll(async () => {
	await prober.end();
	await db.close();
	await Promise.all([superuser.end(), login.end()]);
	await database.drop();
});

describe('the role that logs in', () => {
	it('owns nothing, inherits nothing and has no power of its own', async () => {
		const { rows } = await superuser.query(
			`select rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication
			from pg_roles where rolname = $1`,
			[database.login.user]
		);
		expect(Object.values(rows[0] as object)).toEqual([false, false, false, false, false, false]);
		const owned = await superuser.query(
			'select from pg_class where relowner = (select oid from pg_roles where rolname = $1)',
			[database.login.user]
		);
		expect(owned.rowCount).toBe(0);
	});

	it.each([
		['make a table', 'create table mine (id int)'],
		['make a temporary table', 'create temporary table mine (id int)'],
		['make a schema', 'create schema mine'],
		['make a function', 'create function mine() returns int language sql as $$ select 1 $$'],
		['become the owner', 'set role tenu'],
		['become the administrator of the server', 'set role postgres'],
		['call a function of the ledger', 'select count_entries()'],
		['read a file of the server', "select pg_read_file('postgresql.conf')"],
		['set the triggers aside', "set session_replication_role = 'replica'"]
	])('cannot %s', async (_, statement) => {
		await expect(login.query(statement)).rejects.toMatchObject({
			code: expect.stringMatching(/^(42501|0A000)$/) as string
		});
	});

	it('cannot end the connection of somebody else', async () => {
		const { rows } = await superuser.query<{ pid: number }>('select pg_backend_pid() as pid');
		const ended = login.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
		await expect(ended).rejects.toMatchObject({ code: '42501' });
	});

	it('may take the request roles and no other', async () => {
		const { rows } = await superuser.query<{ role: string }>(
			`select r.rolname as role from pg_auth_members m
				join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member
			where u.rolname = $1 order by r.rolname`,
			[database.login.user]
		);
		expect(rows.map(({ role }) => role)).toEqual([...REQUEST_ROLES].sort());
	});
});

describe('a request role', () => {
	it.each(REQUEST_ROLES)('%s logs in nowhere, owns nothing and makes nothing', async (role) => {
		const { rows } = await superuser.query(
			`select rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls,
				exists (select from pg_class where relowner = r.oid) as owns,
				has_schema_privilege(r.oid, current_schema(), 'create') as creates,
				has_database_privilege(r.oid, current_database(), 'temporary') as makes_temporary,
				has_database_privilege(r.oid, current_database(), 'create') as makes_schemas,
				exists (select from pg_auth_members where member = r.oid) as takes_others
			from pg_roles r where rolname = $1`,
			[role]
		);
		expect(Object.entries(rows[0] as object).filter(([, value]) => value)).toEqual([]);
	});

	it('cannot move a counter with a trigger of the ledger on a table of its own', async () => {
		const attack = `create temporary table trap (envelope_id uuid, measure_id uuid, kind text,
				amount_cents bigint, effective_on date, overrun_reason text, counterparty_id uuid);
			create trigger trap after insert on trap referencing new table as added
				for each statement execute function count_entries();
			insert into trap values ('${world.envelopeId}', null, 'allocation', 1, '2021-01-01', null, null)`;
		expect(await prober.ask(finance, attack)).toBe('denied');
		// Even where the administrator of the server lets everybody make temporary tables.
		await allowingTemporaryTables(async () => {
			expect(await prober.ask(finance, attack)).toBe('denied');
		});
	});

	it('cannot lead the rules of the ledger astray with a table of the same name', async () => {
		await superuser.query('insert into fiscal_years values (2031, now(), $1)', [world.financeId]);
		const attack = `create temporary table fiscal_years (year smallint);
			grant select on fiscal_years to public;
			insert into entries (envelope_id, kind, amount_cents, effective_on, fiscal_year, label, recorded_by)
			values ('${world.envelopeId}', 'commitment', 1, '2021-01-01', 2031, 'x', '${finance.id}')`;
		await allowingTemporaryTables(async () => {
			await expect(prober.ask(finance, attack)).rejects.toMatchObject({
				cause: { constraint: 'entries_fiscal_year_open' }
			});
		});
	});

	it('cannot show a partner more by a table of the same name', async () => {
		const foreign = await plantWorld(superuser, { name: 'b' });
		const partner: Actor = {
			...finance,
			role: 'partner',
			id: world.partnerId,
			organisationId: world.organisationId
		};
		const attack = `create temporary table envelopes (programme_id uuid, partner_id uuid);
			grant select on envelopes to public;
			insert into envelopes values ('${foreign.programmeId}', '${world.organisationId}');
			select from programmes where id = '${foreign.programmeId}'`;
		await allowingTemporaryTables(async () => {
			expect(await rowsOfLast(partner, attack)).toBe(0);
		});
	});
});

describe('every table', () => {
	it('has row-level security', async () => {
		const { rows } = await superuser.query(
			`select relname from pg_class where relnamespace = current_schema()::regnamespace
				and relkind in ('r', 'p') and not relrowsecurity`
		);
		expect(rows).toEqual([]);
	});

	it('has no policy for everybody, and each policy names a request role', async () => {
		const { rows } = await superuser.query<{ role: string }>(
			'select distinct unnest(roles)::text as role from pg_policies where schemaname = current_schema()'
		);
		expect(rows.map(({ role }) => role).sort()).toEqual([...REQUEST_ROLES].sort());
	});

	it('grants nothing to everybody', async () => {
		const { rows } = await superuser.query(
			`select c.relname, a.privilege_type from pg_class c, aclexplode(c.relacl) a
			where c.relnamespace = current_schema()::regnamespace and a.grantee = 0
			union all
			select c.relname, a.privilege_type from pg_attribute t join pg_class c on c.oid = t.attrelid,
				aclexplode(t.attacl) a
			where c.relnamespace = current_schema()::regnamespace and a.grantee = 0`
		);
		expect(rows).toEqual([]);
	});
});

describe('every function with the rights of the owner', () => {
	it('can be called by those it was made for, and by nobody else', async () => {
		const { rows } = await superuser.query<{ name: string; callers: string[] }>(
			`select p.proname as name, array(
				select coalesce(r.rolname, 'everybody')
				from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
					left join pg_roles r on r.oid = a.grantee
				where a.grantee <> p.proowner order by 1
			)::text[] as callers
			from pg_proc p where p.pronamespace = current_schema()::regnamespace and p.prosecdef
			order by p.proname`
		);
		const readers = ['tenu_admin', 'tenu_elected', 'tenu_finance', 'tenu_partner'];
		expect(rows.filter(({ callers }) => callers.length > 0)).toEqual([
			{ name: 'books_version', callers: ['tenu_door'] },
			{ name: 'confirmed_proposals', callers: ['tenu_elected'] },
			{ name: 'days_begun', callers: ['tenu_finance'] },
			{ name: 'declaration_of_line', callers: readers },
			{ name: 'entries_of_declaration', callers: readers },
			{ name: 'programmes_of_current_organisation', callers: ['tenu_partner'] },
			{ name: 'proposals_of_current_organisation', callers: ['tenu_partner'] }
		]);
		expect(rows.length).toBeGreaterThan(4);
	});

	it('looks for tables in its own schema first and among temporary ones last', async () => {
		const { rows } = await superuser.query<{ name: string; path: string }>(
			`select p.proname as name, array_to_string(p.proconfig, ', ') as path
			from pg_proc p where p.pronamespace = current_schema()::regnamespace and p.prosecdef`
		);
		for (const { name, path } of rows) expect(path, name).toBe('search_path=public, pg_temp');
	});
});

async function allowingTemporaryTables(work: () => Promise<void>): Promise<void> {
	await superuser.query(`grant temporary on database ${database.name} to public`);
	try {
		await work();
	} finally {
		await superuser.query(`revoke temporary on database ${database.name} from public`);
	}
}

/** Several statements in one go; the rows of the last. */
async function rowsOfLast(actor: Actor, statements: string): Promise<number> {
	const client = await db.connect();
	try {
		await client.query('begin');
		await client.query(
			`select set_config('role', $1, true), set_config('tenu.user_id', $2, true),
				set_config('tenu.organisation_id', $3, true)`,
			[`tenu_${actor.role}`, actor.id, actor.organisationId]
		);
		const results = (await client.query(statements)) as unknown as pg.QueryResult[];
		return results.at(-1)?.rows.length ?? 0;
	} finally {
		await client.query('rollback');
		client.release();
	}
}
