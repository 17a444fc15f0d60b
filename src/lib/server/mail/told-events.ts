import { sql } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import type { NamedDeclaration } from '#lib/server/mail/mail-text.ts';

/** Something that happened to a declaration and that somebody is told. */
export type ToldEvent = {
	id: string;
	at: Date;
	action: 'submit' | 'accept' | 'return' | 'reopen' | 'message';
	actorId: string;
	actor: string;
	actorRole: string;
	submission: number;
	text: string | null;
	details: { digest?: string; amountCents?: string } | null;
	organisationId: string;
	declaration: NamedDeclaration;
};

/** What happened after this event and has no mails yet, the first to the last. */
export async function listToldEvents(
	tx: Transaction,
	after: string,
	limit: number
): Promise<ToldEvent[]> {
	const { rows } = await tx.execute<EventRow>(sql`
		select ev.id::text as id, ev.at, ev.action, ev.actor_id, u.name as actor, u.role as actor_role,
			ev.submission, ev.text, ev.details, d.id as declaration_id, d.number::int as number,
			d.organisation_id, o.name as organisation, en.label as envelope, p.name as programme,
			d.period_starts_on::text as starts_on, d.period_ends_on::text as ends_on
		from declaration_events ev
			join users u on u.id = ev.actor_id
			join declarations d on d.id = ev.declaration_id
			join organisations o on o.id = d.organisation_id
			join envelopes en on en.id = d.envelope_id
			join programmes p on p.id = en.programme_id
		where ev.id > greatest(${after}::bigint, (select events_through from mail_progress))
			and ev.action in ('submit', 'accept', 'return', 'reopen', 'message')
			and not exists (select from mails m where m.cause = 'event:' || ev.id)
		order by ev.id limit ${limit}`);
	return rows.map((row) => ({
		id: row.id,
		at: new Date(row.at),
		action: row.action,
		actorId: row.actor_id,
		actor: row.actor,
		actorRole: row.actor_role,
		submission: row.submission,
		text: row.text,
		details: row.details,
		organisationId: row.organisation_id,
		declaration: {
			id: row.declaration_id,
			number: row.number,
			organisation: row.organisation,
			envelope: row.envelope,
			programme: row.programme,
			period: { startsOn: row.starts_on, endsOn: row.ends_on }
		}
	}));
}

type EventRow = {
	id: string;
	at: string;
	action: ToldEvent['action'];
	actor_id: string;
	actor: string;
	actor_role: string;
	submission: number;
	text: string | null;
	details: ToldEvent['details'];
	declaration_id: string;
	number: number;
	organisation_id: string;
	organisation: string;
	envelope: string;
	programme: string;
	starts_on: Day;
	ends_on: Day;
};
