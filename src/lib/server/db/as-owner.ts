import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import type { ClientConfig } from 'pg';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** One transaction as the owner of the database, for commands that a person runs at the terminal. */
export async function asOwner<Result>(
	owner: ClientConfig,
	run: (tx: Transaction) => Promise<Result>
): Promise<Result> {
	const client = new Client(owner);
	await client.connect();
	try {
		return await drizzle(client).transaction(run);
	} finally {
		await client.end();
	}
}
