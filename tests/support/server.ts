import { join } from 'node:path';
import pg from 'pg';
import { openEmbeddedDatabase } from '#lib/server/db/embedded/embedded.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { makeGuardedFolder } from './guarded-folder.ts';

/** Where testDatabase() finds the server of this run. */
export const TEST_SERVER = 'TENU_TEST_SERVER';

/** Where the files of partners are kept in this run, for all applications that are started. */
export const TEST_FILES = 'TENU_TEST_FILES';

/** Speed over safety: this data is thrown away. Killed processes lose nothing by it, only a power cut would. */
const SETTINGS = {
	fsync: 'off',
	synchronous_commit: 'off',
	full_page_writes: 'off',
	max_connections: '200',
	autovacuum: 'off'
};

/**
 * Starts the one PostgreSQL server of a test run in a folder of its own, with a migrated template to clone. It never
 * touches ./data nor a port, so it stands beside a running application.
 */
export async function startTestServer(): Promise<{ stop: () => Promise<void> }> {
	const folder = makeGuardedFolder('tenu-tests-');
	const server = await openEmbeddedDatabase({
		dataDir: join(folder.path, 'data'),
		settings: SETTINGS
	});

	const superuser = new pg.Client(server.superuser);
	await superuser.connect();
	await superuser.query('create database tenu_template owner tenu');
	await superuser.end();
	await migrate({ ...server.owner, database: 'tenu_template' });

	process.env[TEST_SERVER] = JSON.stringify(server.superuser);
	process.env[TEST_FILES] = join(folder.path, 'files');
	return {
		stop: async () => {
			await server.close();
			folder.remove();
		}
	};
}
