import { eq } from 'drizzle-orm';
import { Refusal } from '#lib/domain/refusal.ts';
import { recordChange } from '#lib/server/audit/record-change.ts';
import type { Database } from '#lib/server/db/client.ts';
import { users } from '#lib/server/db/schema/user.ts';
import { atTheDoor } from '#lib/server/db/transaction.ts';
import { verifyPassword } from './password.ts';
import { endSession, startSession } from './sessions.ts';
import { createThrottle, forgetOldAttempts } from './throttle.ts';
import { digestOf } from './token.ts';

export type Attempt = {
	email: string;
	password: string;
	/** Where the request comes from: fifty failures close it for a while. */
	address: string;
	/** The token of the session that this browser had, which ends. */
	formerToken: string | null;
	at: Date;
};

/**
 * Signs a person in and returns the token for the cookie. An unknown account, a deactivated one and a
 * wrong password get the same answer after the same work.
 */
export async function signIn(db: Database, attempt: Attempt): Promise<{ token: string }> {
	const email = attempt.email.trim().toLowerCase();
	const throttle = createThrottle(db);
	await throttle.admit(email, attempt.address);

	const person = await findAccount(db, email);
	if (!(await verifyPassword(person?.passwordHash ?? null, attempt.password)) || !person) {
		await recordRefusal(db, email);
		await forgetOldAttempts(db, attempt.at);
		throw new Refusal('Adresse électronique ou mot de passe incorrect.');
	}

	await throttle.forgive(email, attempt.address);
	return atTheDoor(db, async (tx) => {
		if (attempt.formerToken) await endSession(tx, digestOf(attempt.formerToken), attempt.at);
		const token = await startSession(tx, person.id, attempt.at);
		await recordChange(tx, {
			actorId: person.id,
			action: 'sign_in',
			subjectType: 'user',
			subjectId: person.id
		});
		return { token };
	});
}

/** The account of this address, if it may still be used: of a deactivated one nothing is told. */
async function findAccount(db: Database, email: string) {
	const [person] = await atTheDoor(db, (tx) =>
		tx
			.select({
				id: users.id,
				passwordHash: users.passwordHash,
				deactivatedAt: users.deactivatedAt
			})
			.from(users)
			.where(eq(users.email, email))
	);
	return person && person.deactivatedAt === null ? person : null;
}

/** People type passwords in the wrong field: the audit trail keeps a digest of what stood there. */
async function recordRefusal(db: Database, email: string): Promise<void> {
	await atTheDoor(db, (tx) =>
		recordChange(tx, {
			actorId: null,
			action: 'sign_in_refused',
			subjectType: 'user',
			details: { emailDigest: digestOf(email) }
		})
	);
}
