import type { ClientBase } from 'pg';
import { JOBS_MARK, JOBS_SCHEMA, QUEUES, SCHEDULES } from '#lib/server/jobs/queues.ts';

/**
 * Makes the tables, queues and schedules of the jobs, as the owner and under the lock of the migrations. Where
 * nothing changed since the last time, it is one question.
 */
export async function migrateJobs(client: ClientBase): Promise<void> {
	if ((await findMark(client)) === JOBS_MARK) return;
	const { openBossAsOwner, plansFrom } = await import('#lib/server/jobs/boss.ts');
	const { version, current } = await findVersion(client);
	if (version === null || version < current) await client.query(plansFrom(version));

	const boss = openBossAsOwner((text, values) => client.query(text, values));
	// The last is the queue in which pg-boss keeps its own time.
	const queues = [...Object.entries(QUEUES), ['__pgboss__send-it', {}] as const];
	for (const [name, rules] of queues) {
		await boss.createQueue(name, rules);
		// How a queue shares out its jobs is settled when it is made.
		const changing = Object.entries(rules).filter(([rule]) => rule !== 'policy');
		if (changing.length > 0) await boss.updateQueue(name, Object.fromEntries(changing));
	}
	await client.query(`delete from ${JOBS_SCHEMA}.schedule`);
	for (const { name, cron } of SCHEDULES) {
		await boss.schedule(name, cron, {}, { tz: 'Europe/Paris', missed: 'once' });
	}
	await grantToTheClock(client);
	await client.query(`comment on schema ${JOBS_SCHEMA} is '${JOBS_MARK}'`);
}

async function findMark(client: ClientBase): Promise<string | null> {
	const { rows } = await client.query<{ mark: string | null }>(
		`select obj_description(to_regnamespace($1), 'pg_namespace') as mark`,
		[JOBS_SCHEMA]
	);
	return rows[0]?.mark ?? null;
}

/** The version of the tables there are, null where there are none, and of those that we need. */
async function findVersion(
	client: ClientBase
): Promise<{ version: number | null; current: number }> {
	const { default: manifest } = await import('pg-boss/package.json', { with: { type: 'json' } });
	const current = manifest.pgboss.schema;
	const { rows: tables } = await client.query<{ there: boolean }>(
		'select to_regclass($1) is not null as there',
		[`${JOBS_SCHEMA}.version`]
	);
	if (!tables[0]?.there) return { version: null, current };
	const { rows } = await client.query<{ version: number }>(
		`select version from ${JOBS_SCHEMA}.version`
	);
	return { version: rows[0]?.version ?? null, current };
}

/** What runs by the clock takes, keeps and forgets jobs; nobody else may even look. */
async function grantToTheClock(client: ClientBase): Promise<void> {
	await client.query(`
		revoke all on all functions in schema ${JOBS_SCHEMA} from public;
		grant usage on schema ${JOBS_SCHEMA} to tenu_clock;
		grant select, insert, update, delete on all tables in schema ${JOBS_SCHEMA} to tenu_clock;
		grant usage on all sequences in schema ${JOBS_SCHEMA} to tenu_clock;
		grant execute on all functions in schema ${JOBS_SCHEMA} to tenu_clock`);
}
