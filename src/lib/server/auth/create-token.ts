import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { Refusal } from '#lib/domain/refusal.ts';
import { recordChange } from '#lib/server/audit/record-change.ts';
import { apiTokens, users } from '#lib/server/db/schema/user.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { TOKEN_PREFIX } from './find-token-holder.ts';
import { createToken as createSecret, digestOf } from './token.ts';

export type NewToken = {
	/** In whose name programs will read the API: they see what this person sees. */
	email: string;
	/** What it is for, to know later which to revoke. */
	label: string;
	/** Null: it does not expire by itself. */
	expiresAt: Date | null;
};

/** Makes an API token and returns it; the database keeps its digest, so it can be shown this once only. */
export async function createToken(tx: Transaction, wanted: NewToken): Promise<string> {
	const email = wanted.email.trim().toLowerCase();
	const [person] = await tx
		.select({ id: users.id, deactivatedAt: users.deactivatedAt })
		.from(users)
		.where(eq(users.email, email));
	if (!person || person.deactivatedAt) {
		throw new Refusal(`Aucun compte actif pour ${email}.`, { field: 'email', kind: 'not-found' });
	}
	const token = `${TOKEN_PREFIX}${createSecret()}`;
	const { label, expiresAt } = wanted;
	const id = randomUUID();
	await tx
		.insert(apiTokens)
		.values({ id, userId: person.id, label, expiresAt, digest: digestOf(token) });
	await recordChange(tx, {
		actorId: null,
		action: 'create_token',
		subjectType: 'api_token',
		subjectId: id,
		details: { label }
	});
	return token;
}
