import { recordChange } from '#lib/server/audit/record-change.ts';
import type { Context } from '#lib/server/context.ts';
import { atTheDoor } from '#lib/server/db/transaction.ts';
import { endAllSessions } from './sessions.ts';

/** Ends all sessions of the person, on every machine, this one included. */
export async function signOutEverywhere({ db, actor, at }: Context): Promise<void> {
	await atTheDoor(db, async (tx) => {
		await endAllSessions(tx, actor.id, at);
		await recordChange(tx, {
			actorId: actor.id,
			action: 'sign_out_everywhere',
			subjectType: 'user',
			subjectId: actor.id
		});
	});
}
