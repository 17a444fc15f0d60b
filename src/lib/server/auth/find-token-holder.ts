import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { dayInParis } from '#lib/domain/day.ts';
import type { Database } from '#lib/server/db/client.ts';
import { organisations } from '#lib/server/db/schema/organisation.ts';
import { apiTokens, users } from '#lib/server/db/schema/user.ts';
import { atTheDoor } from '#lib/server/db/transaction.ts';
import type { Session } from './session.ts';
import { digestOf } from './token.ts';

/** API tokens announce themselves, so that one left in a file is recognised for what it is. */
export const TOKEN_PREFIX = 'tenu_';

/**
 * The person in whose name a program reads the API, or null: unknown, expired or revoked token, or a
 * deactivated person. The day of its last use is kept, written once a day.
 */
export function findTokenHolder(db: Database, token: string, at: Date): Promise<Session | null> {
	if (!token.startsWith(TOKEN_PREFIX)) return Promise.resolve(null);
	return atTheDoor(db, async (tx) => {
		const [row] = await tx
			.select({
				id: apiTokens.id,
				lastUsedOn: apiTokens.lastUsedOn,
				actor: {
					id: users.id,
					name: users.name,
					role: users.role,
					organisationId: users.organisationId,
					organisationName: organisations.name
				}
			})
			.from(apiTokens)
			.innerJoin(users, eq(users.id, apiTokens.userId))
			.leftJoin(organisations, eq(organisations.id, users.organisationId))
			.where(
				and(
					eq(apiTokens.digest, digestOf(token)),
					isNull(apiTokens.revokedAt),
					or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, at)),
					isNull(users.deactivatedAt)
				)
			);
		if (!row) return null;
		const today = dayInParis(at);
		if (row.lastUsedOn !== today) {
			await tx.update(apiTokens).set({ lastUsedOn: today }).where(eq(apiTokens.id, row.id));
		}
		return { by: 'token', id: row.id, actor: row.actor };
	});
}
