import pg from 'pg';

/**
 * Every tenu process that uses an embedded server holds this lock, shared, for as long as it lives; the lock goes
 * with the connection, so a killed process is not counted. Whoever can take it alone is the last one out.
 */
const PRESENCE = 7_305_001;

/** Held while the owner's role and database are made. */
const PREPARATION = 7_305_002;

export type Presence = {
	client: pg.Client;
	/** Lets go of the lock; true when nobody else holds it, and then nobody can take it before the server stops. */
	leave: () => Promise<boolean>;
	end: () => Promise<void>;
};

/** Connects, announces this process and sees that the owner's role and database are there. */
export async function announce(
	superuser: pg.ClientConfig,
	whenLost: () => void
): Promise<Presence> {
	const client = new pg.Client({
		...superuser,
		application_name: 'tenu (présence)',
		keepAlive: true
	});
	client.on('error', () => undefined);
	try {
		await client.connect();
		await client.query('select pg_advisory_lock_shared($1)', [PRESENCE]);
		await prepare(client, superuser.password);
	} catch (error) {
		await client.end().catch(() => undefined);
		throw error;
	}
	client.on('end', whenLost);
	return {
		client,
		leave: async () => {
			await client.query('select pg_advisory_unlock_shared($1)', [PRESENCE]);
			const { rows } = await client.query<{ alone: boolean }>(
				'select pg_try_advisory_lock($1) as alone',
				[PRESENCE]
			);
			return rows[0]?.alone === true;
		},
		end: () => client.end()
	};
}

/** The owner may make roles and databases and nothing more: the same rights that an authority's server would give. */
async function prepare(client: pg.Client, password: pg.ClientConfig['password']): Promise<void> {
	await client.query('select pg_advisory_lock($1)', [PREPARATION]);
	const { rows } = await client.query<{ role: boolean; database: boolean }>(
		`select exists (select from pg_roles where rolname = 'tenu') as role,
			exists (select from pg_database where datname = 'tenu') as database`
	);
	if (!rows[0]?.role) {
		const secret = typeof password === 'string' ? ` password ${pg.escapeLiteral(password)}` : '';
		await client.query(`create role tenu login createrole createdb${secret}`);
	}
	if (!rows[0]?.database) await client.query('create database tenu owner tenu');
	await client.query('select pg_advisory_unlock($1)', [PREPARATION]);
}
