import pg from 'pg';
import type { Config } from '#lib/server/config.ts';
import { loginConnection } from '#lib/server/db/roles.ts';

/** The parts of a PostgreSQL address, as the driver reads them (`?host=`, `?sslmode=` included). */
export function connectionFromUrl(url: string): pg.ClientConfig {
	const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url });
	return {
		host,
		port,
		...(user === undefined ? {} : { user }),
		...(typeof password === 'string' ? { password } : {}),
		...(database === undefined ? {} : { database }),
		...(ssl ? { ssl } : {})
	};
}

/** How the application logs in to the authority's own server; null where the embedded one is used. */
export function loginConnectionFrom(config: Config): pg.ClientConfig | null {
	if (config.databaseAppUrl) return connectionFromUrl(config.databaseAppUrl);
	if (config.databaseUrl) return loginConnection(connectionFromUrl(config.databaseUrl));
	return null;
}
