import pg from 'pg';
import type { Config } from '#lib/server/config.ts';
import { connectionFromUrl } from '#lib/server/db/connection.ts';
import { isMigrated } from '#lib/server/db/is-migrated.ts';
import { loginConnection } from '#lib/server/db/roles.ts';
import { SetupError } from '#lib/server/setup-error.ts';
import type { OwnedDatabase } from './database.ts';
import { step } from './terminal.ts';

/** Stands on a database that was begun with --empty: the demonstration never enters it by itself. */
const BEGUN_EMPTY = 'tenu: installation sans démonstration';

/**
 * Brings the database up to date and, in a new embedded one, loads the demonstration unless an empty installation
 * is wanted. A database of the authority never gets it by itself. Returns how the application logs in.
 */
export async function prepareDatabase(
	config: Config,
	database: OwnedDatabase,
	options: { empty: boolean }
): Promise<pg.ClientConfig> {
	const { owner } = database;
	const login = config.databaseAppUrl
		? connectionFromUrl(config.databaseAppUrl)
		: loginConnection(owner);
	if (!(await isMigrated(owner, login))) {
		await step('Mise à jour de la base de données', () => migrate(owner));
	}
	if (database.dataFolder) {
		const contents = await findContents(owner);
		if (options.empty && contents === 'demonstration') {
			throw new SetupError(
				`--empty : ${config.dataDir} contient déjà la démonstration. Choisissez un autre dossier avec DATA_DIR.`
			);
		}
		if (options.empty && contents === 'nothing') await markAsBegunEmpty(owner);
		if (!options.empty && contents === 'nothing') {
			await step('Chargement de la démonstration', () => loadUnlessLoaded(owner, config.filesDir));
		}
	}
	return login;
}

/** What migrates and what loads the demonstration is loaded only where it is used: most starts do without. */
async function migrate(owner: pg.ClientConfig): Promise<void> {
	const migrations = await import('#lib/server/db/migrate.ts');
	await migrations.migrate(owner);
}

export async function loadDemonstration(owner: pg.ClientConfig, filesDir: string): Promise<void> {
	const demonstration = await import('#lib/server/demonstration/load-demonstration.ts');
	await demonstration.loadDemonstration(owner, filesDir);
}

/** Of two processes that start at once on a new database, one loads and the other finds it done. */
async function loadUnlessLoaded(owner: pg.ClientConfig, filesDir: string): Promise<void> {
	try {
		await loadDemonstration(owner, filesDir);
	} catch (error) {
		if ((await findContents(owner)) !== 'demonstration') throw error;
	}
}

type Contents = 'nothing' | 'demonstration' | 'installation';

async function findContents(owner: pg.ClientConfig): Promise<Contents> {
	const [row] = await queryOnce<{ demonstration: boolean; begun: boolean }>(
		owner,
		`select
			exists (select from settings where demonstration) as demonstration,
			exists (select from users) or exists (select from deliberations)
				or exists (select from programmes) or exists (select from organisations)
				or shobj_description(d.oid, 'pg_database') = $1 is true as begun
		from pg_database d where d.datname = current_database()`,
		[BEGUN_EMPTY]
	);
	if (row?.demonstration) return 'demonstration';
	return row?.begun ? 'installation' : 'nothing';
}

async function markAsBegunEmpty(owner: pg.ClientConfig): Promise<void> {
	const name = pg.escapeIdentifier(owner.database ?? '');
	await queryOnce(owner, `comment on database ${name} is ${pg.escapeLiteral(BEGUN_EMPTY)}`);
}

/** One statement as the owner, on a connection of its own. */
export async function queryOnce<Row extends pg.QueryResultRow>(
	owner: pg.ClientConfig,
	text: string,
	values: unknown[] = []
): Promise<Row[]> {
	const client = new pg.Client(owner);
	await client.connect();
	try {
		return (await client.query<Row>(text, values)).rows;
	} finally {
		await client.end();
	}
}
