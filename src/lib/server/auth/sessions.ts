import { Lucia, TimeSpan } from 'lucia';
import type { Actor } from '#lib/domain/role.ts';
import type { Database } from '#lib/server/db/client.ts';
import { atTheDoor, type Transaction } from '#lib/server/db/transaction.ts';
import { endOf, sessionAdapter } from './session-adapter.ts';
import type { Session } from './session.ts';
import { createToken, digestOf } from './token.ts';

/** Its end is moved at most every five minutes, so that reading pages does not mean writing. */
const EXTENSION_MS = 5 * 60_000;

/** A signed-in browser, as its owner sees it in the list of theirs. */
export type BrowserSession = { id: string; createdAt: Date; expiresAt: Date };

/** Opens a session within a sign-in and returns the token for the cookie; the table keeps its digest. */
export async function startSession(tx: Transaction, userId: string, at: Date): Promise<string> {
	const token = createToken();
	const lucia = luciaWithin(tx, at);
	const attributes = { createdAt: at, demonstration: false, booksVersion: '' };
	await lucia.createSession(userId, attributes, { sessionId: digestOf(token) });
	await lucia.deleteExpiredSessions();
	return token;
}

/** Who holds this token, or null: unknown, ended, or of a person who was deactivated. One transaction. */
export function findSession(db: Database, token: string, at: Date): Promise<Session | null> {
	return atTheDoor(db, async (tx) => {
		const { session, user } = await luciaWithin(tx, at).validateSession(digestOf(token));
		if (!session) return null;
		const end = endOf(session.createdAt, at);
		if (end.getTime() - session.expiresAt.getTime() > EXTENSION_MS) {
			await sessionAdapter(tx, at).updateSessionExpiration(session.id, end);
		}
		const { id, demonstration, booksVersion } = session;
		return { by: 'cookie', id, actor: user.actor, demonstration, booksVersion };
	});
}

/** The browsers in which a person is signed in, the latest first. */
export async function listSessions(
	db: Database,
	userId: string,
	at: Date
): Promise<BrowserSession[]> {
	const sessions = await atTheDoor(db, (tx) => luciaWithin(tx, at).getUserSessions(userId));
	return sessions.map(({ id, createdAt, expiresAt }) => ({ id, createdAt, expiresAt }));
}

/** Ends one session, known by the digest of its token. */
export async function endSession(tx: Transaction, sessionId: string, at: Date): Promise<void> {
	await luciaWithin(tx, at).invalidateSession(sessionId);
}

/** Ends the sessions of a person on every machine. */
export async function endAllSessions(tx: Transaction, userId: string, at: Date): Promise<void> {
	await luciaWithin(tx, at).invalidateUserSessions(userId);
}

function luciaWithin(tx: Transaction, at: Date) {
	return new Lucia(sessionAdapter(tx, at), {
		// Lucia would move the end once half of the time is gone, by its own clock; findSession does it.
		sessionExpiresIn: new TimeSpan(0, 'ms'),
		getSessionAttributes: (attributes) => attributes,
		getUserAttributes: (actor) => ({ actor })
	});
}

declare module 'lucia' {
	// Lucia learns our types by this interface alone; a type cannot be merged into.
	// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
	interface Register {
		Lucia: ReturnType<typeof luciaWithin>;
		DatabaseSessionAttributes: {
			createdAt: Date;
			demonstration: boolean;
			booksVersion: string;
		};
		DatabaseUserAttributes: Actor;
	}
}
