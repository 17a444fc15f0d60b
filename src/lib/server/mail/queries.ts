import { and, asc, desc, eq, inArray, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import type { MailKind, MailQuery, MailState } from '#lib/domain/mail.ts';
import { mailRefusals, mails, users } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** Somebody a mail is written to. */
export type Recipient = { id: string; role: string; organisationId: string | null };

/** Everybody who works with declarations and whose account is open: finance and partners. */
export function listRecipients(tx: Transaction): Promise<Recipient[]> {
	return tx
		.select({ id: users.id, role: users.role, organisationId: users.organisationId })
		.from(users)
		.where(and(isNull(users.deactivatedAt), inArray(users.role, ['finance', 'partner'])))
		.orderBy(asc(users.id));
}

/** Who does not want which kind, as `<person> <kind>`. */
export async function listRefusals(tx: Transaction): Promise<Set<string>> {
	const rows = await tx.select().from(mailRefusals);
	return new Set(rows.map(({ userId, kind }) => `${userId} ${kind}`));
}

/** The kinds that a person does not want. */
export async function listRefusedKinds(tx: Transaction, userId: string): Promise<string[]> {
	const rows = await tx
		.select({ kind: mailRefusals.kind })
		.from(mailRefusals)
		.where(eq(mailRefusals.userId, userId))
		.orderBy(asc(mailRefusals.kind));
	return rows.map(({ kind }) => kind);
}

export type NewMail = {
	recipientId: string;
	kind: MailKind;
	cause: string;
	subject: string;
	body: string;
};

/** Writes mails, each once: what was written for that cause before stays as it is. */
export async function addMails(tx: Transaction, written: readonly NewMail[]): Promise<number> {
	if (written.length === 0) return 0;
	const { rowCount } = await tx
		.insert(mails)
		// Each at its own instant, so that they are listed in the order in which they were written.
		.values(written.map((mail) => ({ ...mail, createdAt: sql`clock_timestamp()` })))
		.onConflictDoNothing({ target: [mails.recipientId, mails.cause] });
	return rowCount ?? 0;
}

const IN_STATE: Record<MailState, SQL | undefined> = {
	sent: isNotNull(mails.sentAt),
	waiting: and(isNull(mails.sentAt), isNull(mails.lastError)),
	failed: and(isNull(mails.sentAt), isNotNull(mails.lastError))
};

const LISTED = {
	id: mails.id,
	kind: mails.kind,
	subject: mails.subject,
	recipient: users.name,
	email: users.email,
	createdAt: mails.createdAt,
	sentAt: mails.sentAt,
	attempts: mails.attempts,
	nextAttemptAt: mails.nextAttemptAt,
	lastError: mails.lastError
};

export type MailListed = Awaited<ReturnType<typeof listMails>>[number];

/** A page of all mails, the latest first. Ask for one more than a page to know whether another follows. */
export function listMails(tx: Transaction, query: MailQuery, limit: number) {
	const older =
		query.before === null
			? undefined
			: sql`(${mails.createdAt}, ${mails.id}) < (select m.created_at, m.id from mails m where m.id = ${query.before}::uuid)`;
	return tx
		.select(LISTED)
		.from(mails)
		.innerJoin(users, eq(users.id, mails.recipientId))
		.where(and(query.state ? IN_STATE[query.state] : undefined, older))
		.orderBy(desc(mails.createdAt), desc(mails.id))
		.limit(limit);
}

/** One mail with its text; undefined where there is none. */
export async function findMail(tx: Transaction, id: string) {
	const [mail] = await tx
		.select({ ...LISTED, body: mails.body, cause: mails.cause })
		.from(mails)
		.innerJoin(users, eq(users.id, mails.recipientId))
		.where(eq(mails.id, id));
	return mail;
}
