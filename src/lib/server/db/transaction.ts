import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { DatabaseError } from 'pg';
import type { PoolClient } from 'pg';
import type { Context } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/client.ts';
import { withNamedStatements } from '#lib/server/db/named-statements.ts';
import type { RequestRole } from '#lib/server/db/roles.ts';

export type Transaction = NodePgDatabase;

/**
 * Runs statements in one transaction, with the rights of the person who asks: the database role of
 * their role, their id and their organisation, on which row-level security rests.
 *
 * The opening statements are sent without waiting for their answer: should one fail, the ones behind
 * it are refused, since the login role may do nothing. Statements started together share a trip.
 */
export function inTransaction<Result>(
	context: Pick<Context, 'db' | 'actor'>,
	run: (tx: Transaction) => Promise<Result>
): Promise<Result> {
	const { actor } = context;
	return transact(context.db, `tenu_${actor.role}`, actor.id, actor.organisationId, run);
}

/** A transaction of the sign-in door: people, sessions, tokens and throttles, nothing else. */
export function atTheDoor<Result>(
	db: Database,
	run: (tx: Transaction) => Promise<Result>
): Promise<Result> {
	return transact(db, 'tenu_door', null, null, run);
}

/** A transaction of what runs by the clock, on nobody's behalf: it writes reminders and sends mails. */
export function byTheClock<Result>(
	db: Database,
	run: (tx: Transaction) => Promise<Result>
): Promise<Result> {
	return transact(db, 'tenu_clock', null, null, run);
}

/** One statement that the queue of jobs wrote itself, in a transaction of the clock. */
export function askByTheClock(
	db: Database,
	text: string,
	values?: unknown[]
): Promise<{ rows: unknown[] }> {
	return transact(db, 'tenu_clock', null, null, (_, client) => client.query({ text }, values));
}

async function transact<Result>(
	db: Database,
	role: RequestRole,
	userId: string | null,
	organisationId: string | null,
	run: (tx: Transaction, client: PoolClient) => Promise<Result>
): Promise<Result> {
	const client = await db.connect();
	const opened = open(client, role, userId, organisationId);
	opened.catch(() => {}); // Awaited below; until then its failure must not end the process.
	try {
		const named = withNamedStatements(client);
		const result = await run(drizzle(named), named);
		await opened;
		const { command } = await client.query('commit');
		// A statement failed and its error was swallowed: the database then answers ROLLBACK.
		if (command !== 'COMMIT') throw new Error('The transaction was rolled back.');
		client.release();
		return result;
	} catch (error) {
		const cause = await opened.then(
			() => error,
			(failure: unknown) => failure
		);
		await giveBack(client, cause);
		throw cause;
	}
}

async function open(
	client: PoolClient,
	role: RequestRole,
	userId: string | null,
	organisationId: string | null
): Promise<void> {
	await Promise.all([
		client.query('begin'),
		client.query({
			name: 'tenu_open',
			text: `select set_config('role', $1, true), set_config('tenu.user_id', $2, true),
				set_config('tenu.organisation_id', $3, true)`,
			values: [role, userId ?? '', organisationId ?? '']
		})
	]);
}

/** After a failure the connection goes back only if it still answers; else it is thrown away. */
async function giveBack(client: PoolClient, failure: unknown): Promise<void> {
	try {
		await client.query('rollback');
		client.release(isConnectionFailure(failure));
	} catch {
		client.release(true);
	}
}

/**
 * Whether the database was lost or refused the work for a passing reason, so that the whole
 * transaction may be tried again: serialization failure, deadlock, lost or refused connection.
 */
export function isPassing(error: unknown): boolean {
	const failure = databaseErrorOf(error);
	if (failure) return ['40001', '40P01'].includes(failure.code ?? '') || isShutdown(failure);
	return isConnectionFailure(error);
}

/** The error of the driver inside what drizzle wraps around it. */
export function databaseErrorOf(error: unknown): DatabaseError | null {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if (cause instanceof DatabaseError) return cause;
	}
	return null;
}

function isShutdown(error: DatabaseError): boolean {
	return /^(57P0[123]|08...)$/.test(error.code ?? '');
}

function isConnectionFailure(error: unknown): boolean {
	const failure = databaseErrorOf(error);
	if (failure) return isShutdown(failure);
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		const { code } = cause as { code?: string };
		if (/^(ECONNRESET|ECONNREFUSED|EPIPE|ENOENT|ETIMEDOUT)$/.test(code ?? '')) return true;
		if (
			/connection (is|was)? ?(terminated|ended|closed)|not queryable|query read timeout|timeout exceeded when trying to connect/i.test(
				cause.message
			)
		) {
			return true;
		}
	}
	return false;
}
