import { asc, eq, sql } from 'drizzle-orm';
import type { Role } from '#lib/domain/role.ts';
import { organisations, users } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** A person as administrators see them. */
export type Person = {
	id: string;
	name: string;
	email: string;
	role: Role;
	organisationName: string | null;
	createdAt: Date;
	/** Since when this person may sign in no more; null while they may. */
	deactivatedAt: Date | null;
	fictitious: boolean;
};

/** Everybody who may sign in, then those who may no more, each by name. */
export function listPeople(tx: Transaction): Promise<Person[]> {
	return tx
		.select({
			id: users.id,
			name: users.name,
			email: users.email,
			role: users.role,
			organisationName: organisations.name,
			createdAt: users.createdAt,
			deactivatedAt: users.deactivatedAt,
			fictitious: users.fictitious
		})
		.from(users)
		.leftJoin(organisations, eq(organisations.id, users.organisationId))
		.orderBy(sql`${users.deactivatedAt} is not null`, asc(users.name), asc(users.id));
}
