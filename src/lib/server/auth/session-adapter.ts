import { and, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { Adapter, DatabaseSession } from 'lucia';
import type { Actor } from '#lib/domain/role.ts';
import { organisations } from '#lib/server/db/schema/organisation.ts';
import { settings } from '#lib/server/db/schema/setting.ts';
import { sessions, users } from '#lib/server/db/schema/user.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** However much it is used, a session ends 30 days after signing in. */
export const ABSOLUTE_DAYS = 30;

const DAY_MS = 86_400_000;

/** What Lucia needs of the database, within one transaction at the sign-in door, seen at one instant. */
export function sessionAdapter(tx: Transaction, at: Date): Adapter {
	const oldest = new Date(at.getTime() - ABSOLUTE_DAYS * DAY_MS);
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
					demonstration: settings.demonstration
				})
				.from(sessions)
				.innerJoin(users, eq(users.id, sessions.userId))
				.leftJoin(organisations, eq(organisations.id, users.organisationId))
				.crossJoin(settings) // One row: saves every page a trip to learn what it must show.
				.where(and(eq(sessions.id, id), alive, isNull(users.deactivatedAt)));
			if (!row) return [null, null];
			const { userId, createdAt, expiresAt, demonstration, ...person } = row;
			const actor: Actor = { id: userId, ...person };
			return [
				{ id, userId, expiresAt, attributes: { createdAt, demonstration } },
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
				attributes: { createdAt, demonstration: false }
			}));
		},

		async setSession({ id, userId, expiresAt, attributes }) {
			await tx.insert(sessions).values({ id, userId, expiresAt, createdAt: attributes.createdAt });
		},

		async updateSessionExpiration(id, expiresAt) {
			const end = sql`least(${expiresAt.toISOString()}::timestamptz,
				${sessions.createdAt} + ${ABSOLUTE_DAYS} * interval '24 hours')`;
			await tx.update(sessions).set({ expiresAt: end }).where(eq(sessions.id, id));
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
