import { readFileSync } from 'node:fs';
import pg from 'pg';
import { JOBS_MARK, JOBS_SCHEMA } from '#lib/server/jobs/queues.ts';

const JOURNAL = new URL('../../../../drizzle/meta/_journal.json', import.meta.url);

/**
 * Whether the last migration is applied, the queue of jobs is prepared, and the application can log in as it will: then a start need not load what
 * migrates. A changed password of the owner changes that of the login role, and counts as not migrated.
 */
export async function isMigrated(owner: pg.ClientConfig, login: pg.ClientConfig): Promise<boolean> {
	try {
		const [[row]] = await Promise.all([
			ask<{ appliedAt: string; jobs: string | null }>(
				owner,
				`select max(created_at)::text as "appliedAt",
					obj_description(to_regnamespace('${JOBS_SCHEMA}'), 'pg_namespace') as jobs
				from drizzle.__drizzle_migrations`
			),
			ask(login, 'select 1')
		]);
		return Number(row?.appliedAt ?? 0) >= lastMigration() && row?.jobs === JOBS_MARK;
	} catch {
		return false; // Whatever the reason, migrating says it better.
	}
}

function lastMigration(): number {
	const { entries } = JSON.parse(readFileSync(JOURNAL, 'utf8')) as { entries: { when: number }[] };
	return entries.at(-1)?.when ?? 0;
}

async function ask<Row extends pg.QueryResultRow>(
	connection: pg.ClientConfig,
	text: string
): Promise<Row[]> {
	const client = new pg.Client(connection);
	client.on('error', () => undefined);
	try {
		await client.connect();
		return (await client.query<Row>(text)).rows;
	} finally {
		await client.end();
	}
}
