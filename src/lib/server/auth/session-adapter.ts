import { and, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { Adapter, DatabaseSession } from 'lucia';
import type { Actor } from '#lib/domain/role.ts';
import { organisations } from '#lib/server/db/schema/organisation.ts';
import { settings } from '#lib/server/db/schema/setting.ts';
import { sessions, users } from '#lib/server/db/schema/user.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** A session that nobody uses ends after eight hours: a working day, not a night. */
const IDLE_MS = 8 * 3_600_000;

/** However much it is used, a session ends 30 days after signing in. */
const ABSOLUTE_MS = 30 * 24 * 3_600_000;

/**
 * What Lucia needs of the database, within one transaction at the sign-in door. The instant is that of
 * the request throughout: what Lucia reads from its own clock is not kept.
 */
export function sessionAdapter(tx: Transaction, at: Date): Adapter {
	const oldest = new Date(at.getTime() - ABSOLUTE_MS);
	const alive = and(gt(sessions.expiresAt, at), gt(sessions.createdAt, oldest));

	return {
		async getSessionAndUser(id) {
			const [row] = await tx
				.select({
					userId: sessions.userId,
					createdAt: sessions.createdAt,
					expiresAt: sessions.expiresAt,
					name: users.name,
					role: users.role,
					organisationId: users.organisationId,
					organisationName: organisations.name,
					demonstration: settings.demonstration,
					booksVersion: sql<string>`books_version()`
				})
				.from(sessions)
				.innerJoin(users, eq(users.id, sessions.userId))
				.leftJoin(organisations, eq(organisations.id, users.organisationId))
				.crossJoin(settings) // One row: with the version, it saves every page a trip to learn what it must show.
				.where(and(eq(sessions.id, id), alive, isNull(users.deactivatedAt)));
			if (!row) return [null, null];
			const { userId, createdAt, expiresAt, demonstration, booksVersion, ...person } = row;
			const actor: Actor = { id: userId, ...person };
			return [
				{ id, userId, expiresAt, attributes: { createdAt, demonstration, booksVersion } },
				{ id: userId, attributes: actor }
			];
		},

		async getUserSessions(userId): Promise<DatabaseSession[]> {
			const rows = await tx
				.select()
				.from(sessions)
				.where(and(eq(sessions.userId, userId), alive))
				.orderBy(desc(sessions.createdAt), sessions.id);
			return rows.map(({ createdAt, ...session }) => ({
				...session,
				attributes: { createdAt, demonstration: false, booksVersion: '' }
			}));
		},

		async setSession({ id, userId }) {
			await tx.insert(sessions).values({ id, userId, createdAt: at, expiresAt: endOf(at, at) });
		},

		async updateSessionExpiration(id, expiresAt) {
			await tx.update(sessions).set({ expiresAt }).where(eq(sessions.id, id));
		},

		async deleteSession(id) {
			await tx.delete(sessions).where(eq(sessions.id, id));
		},

		async deleteUserSessions(userId) {
			await tx.delete(sessions).where(eq(sessions.userId, userId));
		},

		async deleteExpiredSessions() {
			await tx
				.delete(sessions)
				.where(or(lte(sessions.expiresAt, at), lte(sessions.createdAt, oldest)));
		}
	};
}

/** When a session ends that is used at an instant and never again. */
export function endOf(createdAt: Date, at: Date): Date {
	return new Date(Math.min(at.getTime() + IDLE_MS, createdAt.getTime() + ABSOLUTE_MS));
}
