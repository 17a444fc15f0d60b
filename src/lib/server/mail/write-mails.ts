import { sql } from 'drizzle-orm';
import type { MailKind } from '#lib/domain/mail.ts';
import { byTheClock, type Transaction } from '#lib/server/db/transaction.ts';
import type { JobContext } from '#lib/server/jobs/jobs.ts';
import {
	writeArrival,
	writeDecision,
	writeMessage,
	writeReceipt
} from '#lib/server/mail/event-texts.ts';
import type { MailText, Sender } from '#lib/server/mail/mail-text.ts';
import {
	addMails,
	listRecipients,
	listRefusals,
	type NewMail,
	type Recipient
} from '#lib/server/mail/queries.ts';
import { findSender } from '#lib/server/mail/sender.ts';
import { listToldEvents, type ToldEvent } from '#lib/server/mail/told-events.ts';

/** Events in one transaction, at most. */
const BATCH = 50;

/**
 * Writes the mails that follow from what happened to declarations since the last time: each event once, also when
 * processes do it together or one of them is killed. Returns how many were written.
 */
export async function writeMails(context: Pick<JobContext, 'db' | 'config'>): Promise<number> {
	const sender = await findSender(context);
	let written = 0;
	for (let after = '0'; ;) {
		const batch = await byTheClock(context.db, (tx) => writeBatch(tx, sender, after));
		written += batch.written;
		if (batch.last === null) return written;
		after = batch.last;
	}
}

/** The mails of the next events; `last` is null where no others follow. */
async function writeBatch(
	tx: Transaction,
	sender: Sender,
	after: string
): Promise<{ written: number; last: string | null }> {
	// Whoever holds this row writes; the others wait, and find it written.
	await tx.execute(sql`select from mail_progress for update`);
	const [events, people, refusals] = await Promise.all([
		listToldEvents(tx, after, BATCH),
		listRecipients(tx),
		listRefusals(tx)
	]);
	const mails = events.flatMap((event) =>
		mailsOf(sender, event, people)
			.filter(
				({ recipientId, kind }) => kind === 'receipt' || !refusals.has(`${recipientId} ${kind}`)
			)
			.map((mail): NewMail => ({ ...mail, cause: `event:${event.id}` }))
	);
	const written = await addMails(tx, mails);
	if (events.length === BATCH) return { written, last: events.at(-1)?.id ?? null };
	await moveOn(tx);
	return { written, last: null };
}

/**
 * Behind an event that is an hour old none can appear any more: a transaction is cut after half a minute of
 * silence. Younger ones are looked at again, and known by their mails.
 */
async function moveOn(tx: Transaction): Promise<void> {
	await tx.execute(sql`
		update mail_progress set events_through = old.id
		from (select max(id) as id from declaration_events where at < now() - interval '1 hour') old
		where old.id > events_through`);
}

type WrittenMail = MailText & { recipientId: string; kind: MailKind };

/** Who is told what: the receipt to whoever sent, the rest to the other side. */
function mailsOf(sender: Sender, event: ToldEvent, people: readonly Recipient[]): WrittenMail[] {
	const { action, declaration, submission } = event;
	// An officer who belongs to who declares never decides, and is not asked to.
	const finance = people.filter(
		({ role, organisationId }) => role === 'finance' && organisationId !== event.organisationId
	);
	const partners = people.filter(
		({ role, organisationId }) => role === 'partner' && organisationId === event.organisationId
	);
	const to = (recipients: readonly Recipient[], kind: MailKind, text: MailText): WrittenMail[] =>
		recipients.map(({ id }) => ({ recipientId: id, kind, ...text }));

	switch (action) {
		case 'submit': {
			const { digest = null, amountCents = '' } = event.details ?? {};
			// One event that does not say its amount as it should holds up no other mail.
			const said = /^-?\d+$/.test(amountCents) ? amountCents : null;
			const sent = { at: event.at, submission, digest, amountCents: said };
			const sentBy = people.filter(({ id }) => id === event.actorId);
			return [
				...to(sentBy, 'receipt', writeReceipt(sender, declaration, sent)),
				...to(finance, 'arrived', writeArrival(sender, declaration, sent))
			];
		}
		case 'accept':
		case 'return':
		case 'reopen':
			return to(
				partners,
				'decided',
				writeDecision(sender, declaration, { action, reason: event.text })
			);
		case 'message':
			return to(
				event.actorRole === 'partner' ? finance : partners,
				'message',
				writeMessage(sender, declaration, { author: event.actor, text: event.text ?? '' })
			);
	}
}
