import pg from 'pg';
import { migrate } from '#lib/server/db/migrate.ts';
import { loginConnection } from '#lib/server/db/roles.ts';
import { TEST_FILES, TEST_SERVER } from './server.ts';

/** A database of its own for a test file: migrated, and empty or with the demonstration. */
export type TestDatabase = {
	name: string;
	/** Migrations and commands; owns the tables. */
	owner: pg.ClientConfig;
	/** What the application logs in as. */
	login: pg.ClientConfig;
	/** Administrator of the server: kills connections, sees everything. */
	superuser: pg.ClientConfig;
	drop: () => Promise<void>;
};

/** Only one clone is made at a time: a template must be at rest, and roles are of the whole server. */
const CLONING = 7_305_101;

let count = 0;

/** Clones the migrated template, empty or with the demonstration, in about a tenth of a second. */
export async function testDatabase(
	options: { demonstration?: boolean } = {}
): Promise<TestDatabase> {
	const server = testServer();
	const name = `tenu_test_${process.pid}_${++count}`;
	const owner = { ...server, user: 'tenu', database: name };
	await holdingTheServer(server, async (client) => {
		const template = options.demonstration ? await demonstrationTemplate(client) : 'tenu_template';
		await client.query(`create database ${name} template ${template} owner tenu`);
		// The tables came with the template; the clone's login role is made here.
		await migrate(owner);
	});
	return {
		name,
		owner,
		login: loginConnection(owner),
		superuser: { ...server, database: name },
		drop: () =>
			holdingTheServer(server, async (client) => {
				await client.query(`drop database if exists ${name} with (force)`);
				await client.query(`drop role if exists ${name}_login`);
			})
	};
}

/** The server of this run, which the global setup started. */
export function testServer(): pg.ClientConfig {
	const text = process.env[TEST_SERVER];
	if (!text)
		throw new Error('No test server: run this file with vitest, whose global setup starts one.');
	return JSON.parse(text) as pg.ClientConfig;
}

/** Where the files of partners are kept in this run: by digest, so that applications can share it. */
export function testFilesDir(): string {
	const path = process.env[TEST_FILES];
	if (!path) throw new Error('No folder for files: run this file with vitest.');
	return path;
}

/** Loads the demonstration once a run, at the first file that asks for it. A half-made template is made again. */
async function demonstrationTemplate(client: pg.Client): Promise<string> {
	const name = 'tenu_demonstration';
	const { rows } = await client.query(
		'select from pg_database where datname = $1 and datistemplate',
		[name]
	);
	if (rows.length > 0) return name;
	const { loadDemonstration } = await import('#lib/server/demonstration/load-demonstration.ts');
	await client.query(`drop database if exists ${name} with (force)`);
	await client.query(`create database ${name} template tenu_template owner tenu`);
	const owner = { ...testServer(), user: 'tenu', database: name };
	await migrate(owner);
	await loadDemonstration(owner, testFilesDir());
	await client.query(`alter database ${name} is_template true`);
	return name;
}

async function holdingTheServer(
	server: pg.ClientConfig,
	work: (client: pg.Client) => Promise<void>
): Promise<void> {
	const client = new pg.Client(server);
	await client.connect();
	try {
		await client.query('select pg_advisory_lock($1)', [CLONING]);
		await work(client);
	} finally {
		await client.end();
	}
}
