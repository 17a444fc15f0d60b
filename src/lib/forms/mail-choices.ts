import { z } from 'zod';
import { MAIL_CHOICES, type MailKind } from '#lib/domain/mail.ts';
import type { Role } from '#lib/domain/role.ts';

/** The boxes that are ticked: a browser sends only those. */
const ticked = z.array(z.string()).max(20);

/** The kinds that a person does not want: those of their role whose box is not ticked. Anything else is passed over. */
export function readRefusedKinds(role: Role, given: unknown): MailKind[] {
	const wanted = ticked.catch([]).parse(given);
	return MAIL_CHOICES[role].map(({ kind }) => kind).filter((kind) => !wanted.includes(kind));
}
