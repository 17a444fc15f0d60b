import pg from 'pg';
import type { Config } from '#lib/server/config.ts';
import { connectionFromUrl } from '#lib/server/db/connection.ts';
import { openEmbeddedDatabase } from '#lib/server/db/embedded/embedded.ts';
import { SetupError } from '#lib/server/setup-error.ts';

/** The database of this installation, reached as its owner. */
export type OwnedDatabase = {
	owner: pg.ClientConfig;
	/** Where the embedded server keeps its data; null where DATABASE_URL names another server. */
	dataFolder: string | null;
	close: () => Promise<void>;
};

/** Reaches the server of DATABASE_URL, or attaches to the embedded one, which is started when it does not run. */
export async function openDatabase(config: Config): Promise<OwnedDatabase> {
	if (config.databaseUrl) {
		const owner = connectionFromUrl(config.databaseUrl);
		await checkServer({ ...owner, connectionTimeoutMillis: config.connectTimeoutMs });
		return { owner, dataFolder: null, close: () => Promise.resolve() };
	}
	const { owner, dataFolder, close } = await openEmbeddedDatabase({ dataDir: config.dataDir });
	return { owner, dataFolder, close };
}

/** A person looks for their data under DATA_DIR: where it can't be there, they are told. */
export function sayWhereDataIs(config: Config, { dataFolder }: OwnedDatabase): void {
	if (!dataFolder || dataFolder.startsWith(config.dataDir)) return;
	console.log(
		`Données : ${dataFolder} (le compte du serveur ne peut pas entrer dans ${config.dataDir})`
	);
}

/** Does something with the database and leaves it as it was found: running, or stopped. */
export async function withDatabase(
	config: Config,
	work: (owner: pg.ClientConfig) => Promise<void>
): Promise<void> {
	const database = await openDatabase(config);
	const interrupt = () => void database.close().finally(() => process.exit(130));
	process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
	try {
		await work(database.owner);
	} finally {
		process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
		await database.close();
	}
}

/** `unique nulls not distinct`, on which the monthly totals rest, came with 15. */
const OLDEST_POSTGRESQL = 15;

async function checkServer(owner: pg.ClientConfig): Promise<void> {
	const client = new pg.Client(owner);
	client.on('error', () => undefined);
	try {
		await client.connect();
	} catch (error) {
		throw new SetupError(
			`DATABASE_URL : la base « ${owner.database} » de ${owner.host} ne répond pas (${describe(error)}).`,
			{ cause: error }
		);
	}
	try {
		const { rows } = await client.query<{ version: string; encoding: string }>(
			`select current_setting('server_version') as version, current_setting('server_encoding') as encoding`
		);
		const { version, encoding } = rows[0] ?? { version: '0', encoding: '' };
		if (Number.parseInt(version, 10) < OLDEST_POSTGRESQL) {
			throw new SetupError(
				`DATABASE_URL : ce serveur est un PostgreSQL ${version}, il faut la version ${OLDEST_POSTGRESQL} au moins.`
			);
		}
		if (encoding !== 'UTF8') {
			throw new SetupError(`DATABASE_URL : cette base est en ${encoding}, il la faut en UTF8.`);
		}
	} finally {
		await client.end();
	}
}

/** A refused connection to a name with several addresses comes as several errors without a message of their own. */
function describe(error: unknown): string {
	if (error instanceof AggregateError) return describe(error.errors[0]);
	return error instanceof Error ? error.message : String(error);
}
