import pg from 'pg';
import type { Role } from '#lib/domain/role.ts';
import { createUser } from '#lib/server/auth/create-user.ts';
import { asOwner } from '#lib/server/db/as-owner.ts';
import { createDatabase, type Database } from '#lib/server/db/client.ts';
import { organisations } from '#lib/server/db/schema/organisation.ts';
import type { TestDatabase } from './database.ts';

export const PASSWORD = 'quatre mots sans rapport';

/** Enters a person as `npm run user:create` does, with the password above. */
export async function addPerson(
	test: TestDatabase,
	email: string,
	role: Role = 'finance'
): Promise<string> {
	const organisation = role === 'partner' ? 'Bailleur de test' : null;
	return asOwner(test.owner, async (tx) => {
		if (organisation) {
			await tx
				.insert(organisations)
				.values({ name: organisation, kind: 'landlord' })
				.onConflictDoNothing();
		}
		const name = `Personne ${role}`;
		return createUser(tx, { email, name, role, organisation, password: PASSWORD });
	});
}

/** The application's own pool on a test database. */
export function openAsApplication(test: TestDatabase): Database {
	return createDatabase({ connection: test.login, poolSize: 4 });
}

/** What a statement answers to the owner, who sees every row. */
export async function ask<Row extends pg.QueryResultRow>(
	test: TestDatabase,
	text: string,
	values: unknown[] = []
): Promise<Row[]> {
	const client = new pg.Client(test.owner);
	await client.connect();
	try {
		return (await client.query<Row>(text, values)).rows;
	} finally {
		await client.end();
	}
}
