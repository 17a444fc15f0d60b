import { listReminders, mondayOf } from '#lib/domain/reminder.ts';
import { byTheClock } from '#lib/server/db/transaction.ts';
import type { JobContext } from '#lib/server/jobs/jobs.ts';
import { findOwed, listLate } from '#lib/server/mail/find-owed.ts';
import { addMails, listRecipients, listRefusals, type NewMail } from '#lib/server/mail/queries.ts';
import { findSender } from '#lib/server/mail/sender.ts';
import { writeReminder, writeSummary } from '#lib/server/mail/reminder-texts.ts';

type Reminding = Pick<JobContext, 'db' | 'config' | 'at'>;

/** Each morning: to who declares an envelope, what opens, is due soon, or is late. Returns how many mails were written. */
export async function writeReminders(context: Reminding): Promise<number> {
	const sender = await findSender(context);
	return byTheClock(context.db, async (tx) => {
		const { today, envelopes } = await findOwed(tx, context.at);
		const [people, refusals] = await Promise.all([listRecipients(tx), listRefusals(tx)]);
		const mails = envelopes.flatMap((owed) => {
			const partners = people.filter(
				({ role, organisationId }) => role === 'partner' && organisationId === owed.partnerId
			);
			return listReminders(owed, owed.duty, owed.declarations, today).flatMap((reminder) => {
				const { kind, occasion } = reminder;
				const text = writeReminder(sender, reminder, owed);
				const cause = `${kind}:${owed.envelopeId}:${occasion}`;
				return partners
					.filter(({ id }) => !refusals.has(`${id} ${kind}`))
					.map(({ id }): NewMail => ({ recipientId: id, kind, cause, ...text }));
			});
		});
		return addMails(tx, mails);
	});
}

/** On Mondays, to finance: what is late and what waits; nothing where there is nothing. */
export async function writeSummaries(context: Reminding): Promise<number> {
	const sender = await findSender(context);
	return byTheClock(context.db, async (tx) => {
		const { today, envelopes, waiting } = await findOwed(tx, context.at);
		const [people, refusals] = await Promise.all([listRecipients(tx), listRefusals(tx)]);
		const week = mondayOf(today);
		const late = envelopes.flatMap((owed) => listLate(owed, today));
		const text = writeSummary(sender, week, { late, waiting });
		if (!text) return 0;
		const cause = `weekly:${week}`;
		const mails = people
			.filter(({ id, role }) => role === 'finance' && !refusals.has(`${id} weekly`))
			.map(({ id }): NewMail => ({ recipientId: id, kind: 'weekly', cause, ...text }));
		return addMails(tx, mails);
	});
}

/** A demonstration stands still on its day: what its morning and its Monday bring is written at once, and once. */
export async function writeStandingMails(context: Reminding): Promise<number> {
	const { demonstration } = await findSender(context);
	if (!demonstration) return 0;
	return (await writeReminders(context)) + (await writeSummaries(context));
}
