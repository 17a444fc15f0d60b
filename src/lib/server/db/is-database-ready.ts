import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { atTheDoor } from './transaction.ts';

/** Whether the database answers and lets the application take its roles. */
export async function isDatabaseReady(db: Database): Promise<boolean> {
	try {
		await atTheDoor(db, (tx) => tx.execute(sql`select 1`));
		return true;
	} catch {
		return false;
	}
}
