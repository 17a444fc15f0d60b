import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { DAYS_TRIED } from '#lib/domain/mail.ts';
import { mails, users } from '#lib/server/db/schema/index.ts';
import { byTheClock, type Transaction } from '#lib/server/db/transaction.ts';
import type { JobContext } from '#lib/server/jobs/jobs.ts';
import type { OutgoingMail, Outcome, PostOffice } from '#lib/server/mail/post-office.ts';

/** A mail takes no longer than this: its row is held meanwhile. */
const LONGEST_SENDING_MS = 20_000;

/**
 * Sends the mails that wait, one after the other. Each is held by its row while it is sent, so that processes share
 * the work; that it was sent is committed right behind the server's answer. A process killed between these two
 * sends the mail again, under the same Message-ID. Returns how many were taken.
 */
export async function sendMails({
	db,
	config,
	signal
}: Pick<JobContext, 'db' | 'config' | 'signal'>): Promise<number> {
	if (!config.smtpUrl) return 0; // They wait, and can be read meanwhile.
	const { postOfficeOf } = await import('#lib/server/mail/post-office.ts');
	const office = postOfficeOf(config);
	if (!office) return 0;
	try {
		for (let taken = 0; ;) {
			if (signal.aborted) return taken;
			const outcome = await byTheClock(db, (tx) => sendNext(tx, office));
			if (outcome?.kind === 'taken') taken += 1;
			if (!outcome || outcome.kind === 'away') return taken;
		}
	} finally {
		office.close();
	}
}

/** The mail that waits longest and that nobody holds; null where there is none. */
async function sendNext(tx: Transaction, office: PostOffice): Promise<Outcome | null> {
	const [mail] = await Promise.all([
		takeNext(tx),
		// The database waits in silence for as long as the other server may take, however it is set.
		tx.execute(
			sql`select set_config('idle_in_transaction_session_timeout', ${String(2 * LONGEST_SENDING_MS)}, true)`
		)
	]);
	if (!mail) return null;
	const outcome = await office.send(mail, LONGEST_SENDING_MS);
	await tx
		.update(mails)
		.set(
			outcome.kind === 'taken'
				? { attempts: mail.attempts + 1, sentAt: sql`clock_timestamp()`, lastError: null }
				: {
						attempts: mail.attempts + 1,
						lastError: outcome.reason,
						nextAttemptAt: sql`clock_timestamp() + make_interval(mins => ${pauseMinutes(outcome.kind, mail.attempts)}::int)`
					}
		)
		.where(eq(mails.id, mail.id));
	return outcome;
}

async function takeNext(
	tx: Transaction
): Promise<(OutgoingMail & { attempts: number }) | undefined> {
	const [mail] = await tx
		.select({
			id: mails.id,
			name: users.name,
			email: users.email,
			subject: mails.subject,
			body: mails.body,
			createdAt: mails.createdAt,
			attempts: mails.attempts
		})
		.from(mails)
		.innerJoin(users, eq(users.id, mails.recipientId))
		.where(
			and(
				isNull(mails.sentAt),
				isNull(users.deactivatedAt), // Whoever left is written to no more.
				sql`${mails.nextAttemptAt} <= clock_timestamp()`,
				sql`${mails.createdAt} > now() - make_interval(days => ${DAYS_TRIED}::int)`
			)
		)
		.orderBy(asc(mails.nextAttemptAt), asc(mails.createdAt), asc(mails.id))
		.limit(1)
		.for('update', { of: mails, skipLocked: true });
	return mail;
}

/** Growing pauses: up to a day for an address that is refused, a quarter of an hour for a server that is away. */
const pauseMinutes = (kind: 'refused' | 'away', attempts: number): number =>
	Math.min(2 ** Math.min(attempts, 12), kind === 'refused' ? 24 * 60 : 15);
