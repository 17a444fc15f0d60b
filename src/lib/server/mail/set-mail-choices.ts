import { eq } from 'drizzle-orm';
import { MAIL_CHOICES, MAIL_KIND_LABELS, type MailKind } from '#lib/domain/mail.ts';
import { recordChange } from '#lib/server/audit/record-change.ts';
import type { Context } from '#lib/server/context.ts';
import { mailRefusals } from '#lib/server/db/schema/index.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { listRefusedKinds } from '#lib/server/mail/queries.ts';

/** A person says which mails they do not want, of those that their role may refuse. Saying the same again leaves no trace. */
export async function setMailChoices(
	context: Context,
	unwanted: readonly MailKind[]
): Promise<void> {
	const { id, role } = context.actor;
	const refused = MAIL_CHOICES[role]
		.map(({ kind }) => kind)
		.filter((kind) => unwanted.includes(kind))
		.sort();
	await inTransaction(context, async (tx) => {
		const before = await listRefusedKinds(tx, id);
		if (before.join() === refused.join()) return;
		await tx.delete(mailRefusals).where(eq(mailRefusals.userId, id));
		if (refused.length > 0) {
			await tx
				.insert(mailRefusals)
				.values(refused.map((kind) => ({ userId: id, kind })))
				.onConflictDoNothing(); // The same form sent twice at once.
		}
		await recordChange(tx, {
			actorId: id,
			action: 'set_mail_choices',
			subjectType: 'user',
			subjectId: id,
			details: { refused: refused.map((kind) => MAIL_KIND_LABELS[kind]).join(', ') || 'aucun' }
		});
	});
}
