import { Pool } from 'pg';
import type { ClientConfig, PoolClient } from 'pg';

/** Where transactions come from. `close` waits for those under way. */
export type Database = {
	connect: () => Promise<PoolClient>;
	close: () => Promise<void>;
};

export type DatabaseOptions = {
	connection: ClientConfig;
	/** Connections at most. */
	poolSize?: number;
	/** How long a request waits for a connection before it is answered 503. */
	connectTimeoutMs?: number;
	statementTimeoutMs?: number;
	idleInTransactionTimeoutMs?: number;
	/** Told of connections that die while nobody uses them. */
	onLostConnection?: (error: Error) => void;
};

/**
 * Our statements are short, and told apart by their text: they are planned once for all values, since
 * planning the page of a ledger costs ten times its run, and never with helpers that start up first.
 */
const PLANNING =
	'-c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0 -c jit=off';

/** Opens a pool of connections for the login role. Statements of one connection are pipelined. */
export function createDatabase(options: DatabaseOptions): Database {
	const lost = options.onLostConnection ?? (() => {});
	const statementTimeoutMs = options.statementTimeoutMs ?? 30_000;
	const pool = new Pool({
		...options.connection,
		options: [options.connection.options, PLANNING].filter(Boolean).join(' '),
		max: options.poolSize ?? 10,
		connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
		statement_timeout: statementTimeoutMs,
		// The server ends slow statements. A server that says nothing any more is given up by us: twice
		// as long, since a statement may wait behind another on its connection.
		query_timeout: 2 * statementTimeoutMs,
		keepAlive: true,
		idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 30_000,
		pipeline: true
	});
	// Without both listeners a connection that is killed, in the pool or out of it, ends the process.
	pool.on('error', lost);
	pool.on('connect', (client) => client.on('error', lost));
	return { connect: () => pool.connect(), close: () => pool.end() };
}
