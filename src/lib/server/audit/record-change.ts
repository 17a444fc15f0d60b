import { sql } from 'drizzle-orm';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type Change = {
	/** Null where nobody is signed in. */
	actorId: string | null;
	/** Verb in the infinitive and its object: `post_entries`, `sign_in`. */
	action: string;
	/** What it was done to: the name of a thing in the singular. */
	subjectType: string;
	subjectId?: string | null;
	/** What helps to understand it later; never a secret, never what identifies a household. */
	details?: Record<string, string | number | boolean | null>;
};

/**
 * Adds a line to the audit trail, in the transaction of what it tells: one stands or falls with the
 * other. The instant is the database's; only the columns that a request may write are named.
 */
export async function recordChange(tx: Transaction, change: Change): Promise<void> {
	const details = change.details ? JSON.stringify(change.details) : null;
	await tx.execute(sql`insert into audit_events
		(actor_id, action, subject_type, subject_id, details)
		values (${change.actorId}, ${change.action}, ${change.subjectType},
			${change.subjectId ?? null}, ${details}::jsonb)`);
}
