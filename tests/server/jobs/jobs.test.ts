import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { createDatabase, type Database } from '#lib/server/db/client.ts';
import { isMigrated } from '#lib/server/db/is-migrated.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { registerJob, sendJob, startJobs, stopJobs } from '#lib/server/jobs/jobs.ts';
import { PG_BOSS_VERSION } from '#lib/server/jobs/queues.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { ask, openAsApplication } from '../../support/people.ts';
import { openProxy } from '../../support/proxy.ts';

let database: TestDatabase;
let db: Database;
const errors: string[] = [];

beforeAll(async () => {
	database = await testDatabase();
	db = openAsApplication(database);
});
afterEach(() => stopJobs(5_000));
afterAll(async () => {
	await db.close();
	await database.drop();
});

const start = () =>
	startJobs({
		db,
		config: readConfig({}),
		now: () => new Date(),
		onError: (error) => errors.push(error.message)
	});

describe('the queue of jobs', () => {
	it('is of the version of the package', () => {
		const manifest = readFileSync('node_modules/pg-boss/package.json', 'utf8');
		expect((JSON.parse(manifest) as { version: string }).version).toBe(PG_BOSS_VERSION);
	});

	it('is there once the database is migrated, and migrating again changes nothing', async () => {
		expect(await isMigrated(database.owner, database.login)).toBe(true);
		const before = await ask(database, 'select * from pgboss.queue order by name');
		await migrate(database.owner);
		expect(await ask(database, 'select * from pgboss.queue order by name')).toEqual(before);
	});

	it('does a job once, with what it was told', async () => {
		const done: string[] = [];
		registerJob('read-import', async (_, { importId }) => void done.push(importId));
		start();
		await sendJob('read-import', { importId: 'one', actorId: 'somebody' });
		await sendJob('read-import', { importId: 'two', actorId: 'somebody' });
		await until(() => done.length === 2);
		expect(done.sort()).toEqual(['one', 'two']);
		expect(errors).toEqual([]);
	});

	it('tries again what failed', async () => {
		let tries = 0;
		registerJob('read-import', async () => {
			tries += 1;
			await Promise.resolve();
			if (tries === 1) throw new Error('not yet');
		});
		start();
		await sendJob('read-import', { importId: 'again', actorId: 'somebody' });
		await until(() => tries === 2);
		expect(errors.splice(0)).toEqual(['not yet']);
	});

	it('lets a job finish when it is stopped', async () => {
		let finished = false;
		let began = false;
		registerJob('read-import', async () => {
			began = true;
			await new Promise((done) => setTimeout(done, 300));
			finished = true;
		});
		start();
		await sendJob('read-import', { importId: 'slow', actorId: 'somebody' });
		await until(() => began);
		await stopJobs(5_000);
		expect(finished).toBe(true);
		const [job] = await ask<{ state: string }>(
			database,
			`select state::text from pgboss.job where data->>'importId' = 'slow'`
		);
		expect(job?.state).toBe('completed');
	});
});

describe('the tables of the queue', () => {
	it('are the clock’s to use, nobody’s to change, and hidden from everybody else', async () => {
		const roles = await ask<{ role: string; enters: boolean; makes: boolean }>(
			database,
			`select r.rolname as role, has_schema_privilege(r.oid, 'pgboss', 'usage') as enters,
				has_schema_privilege(r.oid, 'pgboss', 'create') as makes
			from pg_roles r where r.rolname like 'tenu%' and r.rolname <> 'tenu'
				and (r.rolname !~ '_login$' or r.rolname = $1) order by 1`,
			[database.login.user]
		);
		expect(roles.filter(({ enters }) => enters).map(({ role }) => role)).toEqual(['tenu_clock']);
		expect(roles.filter(({ makes }) => makes)).toEqual([]);
		expect(roles.length).toBe(7);
		const grants = await ask<{ grantee: string; privileges: string }>(
			database,
			`select coalesce(r.rolname, 'everybody') as grantee,
				string_agg(distinct a.privilege_type, ' ' order by a.privilege_type) as privileges
			from pg_class c, aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
			where c.relnamespace = 'pgboss'::regnamespace and c.relkind in ('r', 'p') and a.grantee <> c.relowner
			group by 1`
		);
		expect(grants).toEqual([{ grantee: 'tenu_clock', privileges: 'DELETE INSERT SELECT UPDATE' }]);
	});
});

describe('a database that goes away', () => {
	it('is waited for, before the first job and after', async () => {
		const proxy = await openProxy(database.login);
		const through = createDatabase({
			connection: proxy.connection,
			poolSize: 3,
			connectTimeoutMs: 300,
			statementTimeoutMs: 500
		});
		const done: string[] = [];
		registerJob('read-import', async (_, { importId }) => void done.push(importId));
		startJobs({
			db: through,
			config: readConfig({}),
			now: () => new Date(),
			onError: (error) => errors.push(error.message)
		});
		await sendJob('read-import', { importId: 'before', actorId: 'somebody' });
		await until(() => done.includes('before'));

		proxy.freeze(true);
		await expect(sendJob('read-import', { importId: 'away', actorId: 'x' })).rejects.toThrow();
		proxy.cut('reset');
		proxy.freeze(false);
		for (let tries = 0; tries < 20 && !done.includes('after'); tries += 1) {
			await sendJob('read-import', { importId: 'after', actorId: 'x' }, { id: AFTER }).catch(
				() => false
			);
			await new Promise((next) => setTimeout(next, 200));
		}
		await until(() => done.includes('after'));
		expect(done.filter((one) => one === 'after')).toHaveLength(1);
		errors.length = 0;
		await stopJobs(1_000);
		await through.close();
		await proxy.close();
	}, 30_000);
});

const AFTER = '5f0c3f6e-3c1e-4bb0-8a53-6d2c4bb7b001';

async function until(holds: () => boolean): Promise<void> {
	for (let waited = 0; waited < 15_000 && !holds(); waited += 20) {
		await new Promise((done) => setTimeout(done, 20));
	}
	expect(holds()).toBe(true);
}
