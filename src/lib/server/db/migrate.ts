import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import type { ClientConfig } from 'pg';
import { ensureRoles } from '#lib/server/db/roles.ts';
import { migrateJobs } from '#lib/server/jobs/migrate-jobs.ts';

/** Any number, the same for every process: whoever holds it migrates, the others wait. */
const MIGRATION_LOCK = 7_364_616;

const MIGRATIONS = fileURLToPath(new URL('../../../../drizzle', import.meta.url));

/**
 * Brings the roles and the tables of a database up to date, as its owner. Two processes that start
 * at once migrate once: the second finds nothing left to do.
 */
export async function migrate(owner: ClientConfig): Promise<void> {
	const client = new Client(owner);
	await client.connect();
	try {
		await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
		await client.query("set client_min_messages = 'warning'");
		await ensureRoles(client, owner);
		await applyMigrations(drizzle(client), { migrationsFolder: MIGRATIONS });
		await migrateJobs(client);
	} finally {
		await client.end(); // The lock goes with the connection.
	}
}
