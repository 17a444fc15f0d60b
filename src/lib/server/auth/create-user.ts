import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { Refusal } from '#lib/domain/refusal.ts';
import type { NewUser } from '#lib/forms/new-user.ts';
import { recordChange } from '#lib/server/audit/record-change.ts';
import { organisations } from '#lib/server/db/schema/organisation.ts';
import { users } from '#lib/server/db/schema/user.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { hashPassword } from './password.ts';

/** Adds a person who may sign in, as the owner of the database. Answers with its identifier. */
export async function createUser(tx: Transaction, person: NewUser): Promise<string> {
	const { email, name, role, password } = person;
	const [known] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
	if (known) {
		throw new Refusal(`Il y a déjà un compte pour ${email}.`, { field: 'email', kind: 'conflict' });
	}
	const organisationId = await findOrganisation(tx, person.organisation);
	const passwordHash = await hashPassword(password);
	const id = randomUUID();
	await tx.insert(users).values({ id, email, name, role, organisationId, passwordHash });
	await recordChange(tx, {
		actorId: null,
		action: 'create_user',
		subjectType: 'user',
		subjectId: id,
		details: { role }
	});
	return id;
}

async function findOrganisation(tx: Transaction, name: string | null): Promise<string | null> {
	if (!name) return null;
	const [found] = await tx
		.select({ id: organisations.id })
		.from(organisations)
		.where(eq(organisations.name, name));
	if (found) return found.id;
	const names = await tx
		.select({ name: organisations.name })
		.from(organisations)
		.orderBy(asc(organisations.name));
	const list = names.map((organisation) => `« ${organisation.name} »`).join(', ');
	throw new Refusal(
		`L’organisation « ${name} » n’est pas connue. ${list ? `Connues : ${list}.` : 'Aucune ne l’est encore.'}`,
		{ field: 'organisation', kind: 'not-found' }
	);
}
