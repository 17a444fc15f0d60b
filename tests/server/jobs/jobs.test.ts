import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import type { Database } from '#lib/server/db/client.ts';
import { isMigrated } from '#lib/server/db/is-migrated.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { registerJob, sendJob, startJobs, stopJobs } from '#lib/server/jobs/jobs.ts';
import { PG_BOSS_VERSION } from '#lib/server/jobs/queues.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { ask, openAsApplication } from '../../support/people.ts';

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

async function until(holds: () => boolean): Promise<void> {
	for (let waited = 0; waited < 15_000 && !holds(); waited += 20) {
		await new Promise((done) => setTimeout(done, 20));
	}
	expect(holds()).toBe(true);
}
