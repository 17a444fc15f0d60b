import { sql } from 'drizzle-orm';
import { recordChange } from '#lib/server/audit/record-change.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type NewDeclarationEvent = {
	declarationId: string;
	actorId: string;
	action: keyof typeof AUDITED;
	submission: number;
	rowKey?: string | null;
	/** The reason, the message or the remark. */
	text?: string | null;
	details?: Record<string, string | number | boolean | null>;
	/** The entries that were posted with it have told the audit trail already. */
	isAudited?: boolean;
};

/** What the audit trail calls each action; what is only said is not a change. */
const AUDITED = {
	create: 'begin_declaration',
	submit: 'submit_declaration',
	withdraw: 'withdraw_declaration',
	accept: 'accept_declaration',
	return: 'return_declaration',
	reopen: 'reopen_declaration',
	attach: 'attach_file',
	detach: 'detach_file',
	import: 'apply_import',
	message: null,
	remark: null
} as const;

/**
 * Adds to the history of a declaration and to the audit trail, in the transaction of what it tells.
 * Mails follow from the history once this is committed.
 */
export async function recordDeclarationEvent(
	tx: Transaction,
	event: NewDeclarationEvent
): Promise<void> {
	const details = event.details ? JSON.stringify(event.details) : null;
	const action = event.isAudited ? null : AUDITED[event.action];
	await Promise.all([
		tx.execute(sql`insert into declaration_events
			(declaration_id, actor_id, action, submission, row_key, text, details)
			values (${event.declarationId}, ${event.actorId}, ${event.action}, ${event.submission},
				${event.rowKey ?? null}, ${event.text ?? null}, ${details}::jsonb)`),
		action &&
			recordChange(tx, {
				actorId: event.actorId,
				action,
				subjectType: 'declaration',
				subjectId: event.declarationId,
				details: { ...event.details, ...(event.text ? { reason: event.text } : {}) }
			})
	]);
}
