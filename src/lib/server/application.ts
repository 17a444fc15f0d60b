import type { Config } from '#lib/server/config.ts';
import { createDatabase, type Database } from '#lib/server/db/client.ts';
import { openFileStore, type FileStore } from '#lib/server/evidence/file-store.ts';
import { log } from '#lib/server/http/log.ts';
import { stopJobs } from '#lib/server/jobs/jobs.ts';
import { readRunning, whenStopping } from '#lib/server/running.ts';

/** The one pool of this process, the files of partners, and what the installation chose. */
export type Application = { db: Database; files: FileStore; config: Config };

let opened: Application | null = null;

/** Opens the pool at the first question asked of it, never while the application is being built. */
export function application(): Application {
	opened ??= open();
	return opened;
}

function open(): Application {
	const { config, login } = readRunning();
	const db = createDatabase({
		connection: login,
		poolSize: config.poolSize,
		connectTimeoutMs: config.connectTimeoutMs,
		statementTimeoutMs: config.statementTimeoutMs,
		idleInTransactionTimeoutMs: config.idleInTransactionTimeoutMs,
		onLostConnection: (error) => log().warn({ reason: error.message }, 'connection lost')
	});
	whenStopping(async () => {
		await stopJobs(config.shutdownTimeoutSeconds * 1000);
		await db.close();
	});
	return { db, files: openFileStore(config.filesDir), config };
}
