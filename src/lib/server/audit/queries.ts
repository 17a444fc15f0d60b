import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { AuditQuery } from '#lib/domain/audit.ts';
import { addDays, endOfDayInParis } from '#lib/domain/day.ts';
import {
	auditEvents,
	declarations,
	envelopes,
	organisations,
	users
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** A line of the journal: when, who, what, on what. */
export type AuditEvent = {
	id: bigint;
	at: Date;
	/** Null where nobody was signed in, or a command did it. */
	actorName: string | null;
	action: string;
	subjectType: string;
	subjectId: string | null;
	/** Whose account it is, which envelope, or the number of which declaration. */
	subjectName: string | null;
	details: Record<string, unknown> | null;
};

const subject = alias(users, 'subject');

/** A page of the audit trail, the latest first. Ask for one more than a page to know whether another follows. */
export function listEvents(
	tx: Transaction,
	query: AuditQuery,
	limit: number
): Promise<AuditEvent[]> {
	return tx
		.select({
			id: auditEvents.id,
			at: auditEvents.at,
			actorName: users.name,
			action: auditEvents.action,
			subjectType: auditEvents.subjectType,
			subjectId: auditEvents.subjectId,
			subjectName: sql<string | null>`coalesce(
				${subject.name}, ${envelopes.label},
				'nº ' || ${declarations.number} || ', ' || ${organisations.name}
			)`,
			details: auditEvents.details
		})
		.from(auditEvents)
		.leftJoin(users, eq(users.id, auditEvents.actorId))
		.leftJoin(
			subject,
			and(eq(auditEvents.subjectType, 'user'), sql`${subject.id}::text = ${auditEvents.subjectId}`)
		)
		.leftJoin(
			envelopes,
			and(
				eq(auditEvents.subjectType, 'envelope'),
				sql`${envelopes.id}::text = ${auditEvents.subjectId}`
			)
		)
		.leftJoin(
			declarations,
			and(
				eq(auditEvents.subjectType, 'declaration'),
				sql`${declarations.id}::text = ${auditEvents.subjectId}`
			)
		)
		.leftJoin(organisations, eq(organisations.id, declarations.organisationId))
		.where(
			and(
				query.action ? eq(auditEvents.action, query.action) : undefined,
				query.from ? gte(auditEvents.at, endOfDayInParis(addDays(query.from, -1))) : undefined,
				query.to ? lt(auditEvents.at, endOfDayInParis(query.to)) : undefined,
				query.before === null ? undefined : lt(auditEvents.id, query.before)
			)
		)
		.orderBy(desc(auditEvents.id))
		.limit(limit);
}
