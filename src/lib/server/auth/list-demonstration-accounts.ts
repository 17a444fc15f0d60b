import { and, eq, isNull, like, sql } from 'drizzle-orm';
import { ROLES, type Role } from '#lib/domain/role.ts';
import type { Database } from '#lib/server/db/client.ts';
import { organisations } from '#lib/server/db/schema/organisation.ts';
import { settings } from '#lib/server/db/schema/setting.ts';
import { users } from '#lib/server/db/schema/user.ts';
import { atTheDoor } from '#lib/server/db/transaction.ts';

export type DemonstrationAccount = { email: string; role: Role; organisationName: string | null };

/** The accounts that anybody may try where the demonstration was loaded; none anywhere else. */
export async function listDemonstrationAccounts(db: Database): Promise<DemonstrationAccount[]> {
	const accounts = await atTheDoor(db, (tx) =>
		tx
			.select({ email: users.email, role: users.role, organisationName: organisations.name })
			.from(users)
			.innerJoin(settings, eq(settings.demonstration, sql`true`))
			.leftJoin(organisations, eq(organisations.id, users.organisationId))
			.where(and(like(users.email, '%@demo.example'), isNull(users.deactivatedAt)))
			.orderBy(users.email)
	);
	return accounts.sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
}
