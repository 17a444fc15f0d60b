import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schema from '#lib/server/db/schema/index.ts';
import { testDatabase, testServer, type TestDatabase } from '../support/database.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const journal = JSON.parse(readFileSync(`${PROJECT}/drizzle/meta/_journal.json`, 'utf8')) as {
	entries: { tag: string; when: number }[];
};

let migrated: TestDatabase;
let server: pg.Client;
const made: string[] = [];

beforeAll(async () => {
	migrated = await testDatabase();
	server = new pg.Client(testServer());
	await server.connect();
});
afterAll(async () => {
	for (const name of made) {
		await server.query(`drop database if exists ${name} with (force)`);
		await server.query(`drop role if exists ${name}_login`);
	}
	await server.end();
	await migrated.drop();
});

describe('the migrated database', () => {
	it('is the schema that the application is written against: columns, rules and indexes, to the letter', async () => {
		const { id } = generateDrizzleJson({});
		const statements = await generateMigration(
			generateDrizzleJson({}, id),
			generateDrizzleJson(schema, id)
		);
		const fresh = await makeDatabase();
		await querying(fresh, async (client) => {
			// An index may stand on a function, which only a migration writes.
			await client.query(readFileSync(`${PROJECT}/drizzle/0039_act_words_whole.sql`, 'utf8'));
			for (const statement of statements) await client.query(statement);
		});
		const expected = await describeTables(fresh);
		expect(expected.length).toBeGreaterThan(400);
		expect(await describeTables(migrated.owner)).toEqual(expected);
		await querying(fresh, (client) =>
			client.query('alter table entries alter column label drop not null')
		);
		expect(await describeTables(fresh)).not.toEqual(expected);
	});

	it('has been given a migration for every change of the schema', async () => {
		const last = journal.entries.at(-1)?.tag.slice(0, 4);
		const snapshot = JSON.parse(
			readFileSync(`${PROJECT}/drizzle/meta/${last}_snapshot.json`, 'utf8')
		) as ReturnType<typeof generateDrizzleJson>;
		expect(await generateMigration(snapshot, generateDrizzleJson(schema, snapshot.id))).toEqual([]);
	});

	it('names every rule and index on purpose, after its table', async () => {
		const names = await querying(migrated.owner, async (client) => {
			const { rows } = await client.query<{ name: string; table: string; columns: string[] }>(
				`select c.conname as name, c.conrelid::regclass::text as table,
					array(select a.attname::text from unnest(c.conkey) k join pg_attribute a
						on a.attrelid = c.conrelid and a.attnum = k) as columns
				from pg_constraint c
				where c.connamespace = current_schema()::regnamespace and c.contype in ('c', 'f', 'u', 'p', 'x')
				union
				select i.indexrelid::regclass::text, i.indrelid::regclass::text,
					array(select a.attname::text from unnest(i.indkey) k join pg_attribute a
						on a.attrelid = i.indrelid and a.attnum = k)
				from pg_index i join pg_class t on t.oid = i.indrelid
				where t.relnamespace = current_schema()::regnamespace`
			);
			return rows;
		});
		expect(names.length).toBeGreaterThan(150);
		const unnamed = names.filter(
			({ name, table, columns }) =>
				!name.startsWith(`${table}_`) ||
				// What PostgreSQL and drizzle call what nobody named.
				/_(fkey|check\d*|excl|index|unique|pk)\d*$/.test(name) ||
				(columns.length > 0 && new RegExp(`^${table}_${columns.join('_')}_\\w+_fk$`).test(name))
		);
		expect(unnamed).toEqual([]);
	});

	it('never says of a table in which schema it is, so that an authority can have its own', () => {
		for (const { tag } of journal.entries) {
			expect(readFileSync(`${PROJECT}/drizzle/${tag}.sql`, 'utf8'), tag).not.toMatch(
				/\bpublic\b"?\./
			);
		}
	});
});

describe('migrating', () => {
	it('happens once when three processes start at once', async () => {
		const fresh = await makeDatabase();
		const runs = await Promise.all(Array.from({ length: 3 }, () => migrateIn(fresh).ended));
		expect(runs).toEqual(Array.from({ length: 3 }, () => ({ code: 0, stderr: '' })));
		expect(await appliedTo(fresh)).toEqual(journal.entries.map(({ when }) => when));
		expect(await describeTables(fresh)).toEqual(await describeTables(migrated.owner));
	});

	it('that is killed leaves nothing by halves: the next one does all of it', async () => {
		for (const pause of [0, 40, 120]) {
			const fresh = await makeDatabase();
			const killed = migrateIn(fresh);
			let over = false; // On a slow machine it may be done before anybody looks.
			void killed.ended.then(() => (over = true));
			while (!over && !(await isConnectedTo(fresh))) await wait(10);
			await wait(pause);
			killed.kill();
			await killed.ended;
			const before = await appliedTo(fresh);
			expect([0, journal.entries.length]).toContain(before.length);
			expect(await migrateIn(fresh).ended).toEqual({ code: 0, stderr: '' });
			expect(await describeTables(fresh)).toEqual(await describeTables(migrated.owner));
		}
	}, 120_000);
});

async function isConnectedTo({ database }: pg.ClientConfig): Promise<boolean> {
	const { rowCount } = await server.query('select from pg_stat_activity where datname = $1', [
		database
	]);
	return rowCount !== 0;
}

async function makeDatabase(): Promise<pg.ClientConfig> {
	const name = `tenu_schema_${process.pid}_${made.length}`;
	made.push(name);
	await server.query(`create database ${name} owner tenu`);
	return { ...testServer(), user: 'tenu', database: name };
}

/** One line for each column, rule and index, as the catalogue of PostgreSQL writes it. */
function describeTables(connection: pg.ClientConfig): Promise<string[]> {
	return querying(connection, async (client) => {
		const { rows } = await client.query<{ line: string }>(
			`select concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
				case when a.attnotnull then 'not null' end, 'identity ' || nullif(a.attidentity::text, ''),
				'generated ' || nullif(a.attgenerated::text, ''), pg_get_expr(d.adbin, d.adrelid)) as line
			from pg_attribute a join pg_class c on c.oid = a.attrelid
				left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
			where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
				and a.attnum > 0 and not a.attisdropped
			union all
			select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
			from pg_constraint where connamespace = current_schema()::regnamespace and conrelid <> 0
				and contype <> 't'
			union all
			select indexdef from pg_indexes where schemaname = current_schema()
			order by line`
		);
		return rows.map(({ line }) => line);
	});
}

async function appliedTo(connection: pg.ClientConfig): Promise<number[]> {
	return querying(connection, async (client) => {
		const { rows } = await client.query<{ known: boolean }>(
			"select to_regclass('drizzle.__drizzle_migrations') is not null as known"
		);
		if (!rows[0]?.known) return [];
		const applied = await client.query<{ at: string }>(
			'select created_at as at from drizzle.__drizzle_migrations order by id'
		);
		return applied.rows.map(({ at }) => Number(at));
	});
}

function migrateIn(connection: pg.ClientConfig): {
	ended: Promise<{ code: number | null; stderr: string }>;
	kill: () => void;
} {
	const { host, port, user, database } = connection;
	const url = `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`;
	const child = spawn(process.execPath, ['src/commands/migrate.ts'], {
		cwd: PROJECT,
		env: { ...process.env, DATABASE_URL: url },
		stdio: ['ignore', 'ignore', 'pipe']
	});
	let stderr = '';
	child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
	return {
		ended: new Promise((done) => child.on('close', (code) => done({ code, stderr }))),
		kill: () => child.kill('SIGKILL')
	};
}

async function querying<Result>(
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
