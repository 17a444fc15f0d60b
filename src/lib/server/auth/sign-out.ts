import { recordChange } from '#lib/server/audit/record-change.ts';
import type { Database } from '#lib/server/db/client.ts';
import { atTheDoor } from '#lib/server/db/transaction.ts';
import type { Session } from './session.ts';
import { endSession } from './sessions.ts';

/** Ends the session of this browser. An API token is revoked, not signed out. */
export async function signOut(db: Database, session: Session, at: Date): Promise<void> {
	if (session.by !== 'cookie') return;
	await atTheDoor(db, async (tx) => {
		await endSession(tx, session.id, at);
		await recordChange(tx, {
			actorId: session.actor.id,
			action: 'sign_out',
			subjectType: 'user',
			subjectId: session.actor.id
		});
	});
}
