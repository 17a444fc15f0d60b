import type { RequestEvent } from '@sveltejs/kit';
import { application } from '#lib/server/application.ts';
import { findTokenHolder } from '#lib/server/auth/find-token-holder.ts';
import type { Session } from '#lib/server/auth/session.ts';
import { clearSessionCookie, readSessionCookie } from '#lib/server/auth/session-cookie.ts';
import { findSession } from '#lib/server/auth/sessions.ts';
import { isApi } from '#lib/server/http/problem.ts';

/** Who asks: somebody, nobody, or a program whose token is worth nothing. */
export type Visitor = { session: Session | null; badToken: boolean };

const NOBODY: Visitor = { session: null, badToken: false };

/** Reads the API token, which counts under /api alone, or the cookie of the session. */
export async function findVisitor(event: RequestEvent): Promise<Visitor> {
	const { db } = application();
	const authorization = event.request.headers.get('authorization');
	if (authorization !== null && isApi(event.url)) {
		const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
		const session = await findTokenHolder(db, token, event.locals.at);
		return { session, badToken: session === null };
	}
	const token = readSessionCookie(event.cookies, event.url);
	if (!token) return NOBODY;
	const session = await findSession(db, token, event.locals.at);
	if (!session) clearSessionCookie(event.cookies, event.url);
	return { session, badToken: false };
}
