import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	date,
	foreignKey,
	index,
	pgTable,
	text,
	timestamp,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Day } from '../../../domain/day.ts';
import { organisations } from './organisation.ts';
import { undertakings } from './programme.ts';
import { users } from './user.ts';

/**
 * The log of an undertaking: what was reported, proposed and confirmed, who keeps it and when it is
 * looked at again. Append-only; how it stands on a day is read from what was confirmed.
 */
export const undertakingEvents = pgTable(
	'undertaking_events',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		/** The order in which things were said, whatever the clock. */
		number: bigint('number', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
		undertakingId: uuid('undertaking_id').notNull(),
		actorId: uuid('actor_id').notNull(),
		/** The partner in whose name it was said; null for finance. Set by the database. */
		organisationId: uuid('organisation_id'),
		at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
		/**
		 * note: a fact with its evidence. propose: how a partner says it stands. confirm, refuse: the
		 * answer of finance to a proposal. decide: how finance says it stands, itself. assign: who keeps
		 * it. schedule: when it is looked at again.
		 */
		action: text('action', {
			enum: ['note', 'propose', 'confirm', 'refuse', 'decide', 'assign', 'schedule']
		}).notNull(),
		/** The day of the fact; how it stands holds from then on. */
		occurredOn: date('occurred_on').$type<Day>(),
		status: text('status', { enum: ['not_started', 'under_way', 'kept', 'not_kept'] }),
		/** What happened, or why it is refused, in words. */
		text: text('text'),
		/** Null where it is said that nobody in particular keeps it. */
		ownerId: uuid('owner_id'),
		/** Null where it is said that no review is planned. */
		reviewOn: date('review_on').$type<Day>(),
		/** The proposal that is confirmed or refused, of the same undertaking. */
		proposalId: uuid('proposal_id'),
		/** Of a demonstration. Set by the database. */
		fictitious: boolean('fictitious').notNull().default(false)
	},
	(table) => [
		unique('undertaking_events_id_undertaking_key').on(table.id, table.undertakingId),
		unique('undertaking_events_answered_once').on(table.proposalId),
		foreignKey({
			name: 'undertaking_events_undertaking_fk',
			columns: [table.undertakingId],
			foreignColumns: [undertakings.id]
		}),
		foreignKey({
			name: 'undertaking_events_actor_fk',
			columns: [table.actorId],
			foreignColumns: [users.id]
		}),
		foreignKey({
			name: 'undertaking_events_organisation_fk',
			columns: [table.organisationId],
			foreignColumns: [organisations.id]
		}),
		foreignKey({
			name: 'undertaking_events_owner_fk',
			columns: [table.ownerId],
			foreignColumns: [organisations.id]
		}),
		foreignKey({
			name: 'undertaking_events_proposal_fk',
			columns: [table.proposalId, table.undertakingId],
			foreignColumns: [table.id as AnyPgColumn, table.undertakingId as AnyPgColumn]
		}),
		check(
			'undertaking_events_action_known',
			sql`${table.action} in ('note', 'propose', 'confirm', 'refuse', 'decide', 'assign', 'schedule')`
		),
		check(
			'undertaking_events_status_known',
			sql`${table.status} in ('not_started', 'under_way', 'kept', 'not_kept')`
		),
		check(
			'undertaking_events_status_of_action',
			sql`(${table.status} is not null) = (${table.action} in ('propose', 'confirm', 'refuse', 'decide'))`
		),
		check(
			'undertaking_events_day_of_action',
			sql`(${table.occurredOn} is not null) = (${table.action} in ('note', 'propose', 'confirm', 'refuse', 'decide'))`
		),
		check(
			'undertaking_events_answer_to_proposal',
			sql`(${table.proposalId} is not null) = (${table.action} in ('confirm', 'refuse'))`
		),
		check(
			'undertaking_events_text_given',
			sql`coalesce(${table.text}, '') ~ '\\S' or ${table.action} in ('confirm', 'assign', 'schedule')`
		),
		check(
			'undertaking_events_owner_of_action',
			sql`${table.ownerId} is null or ${table.action} = 'assign'`
		),
		check(
			'undertaking_events_review_of_action',
			sql`${table.reviewOn} is null or ${table.action} = 'schedule'`
		),
		index('undertaking_events_undertaking_idx').on(table.undertakingId, table.number)
	]
);

/** A file that proves what an event of the log says. Append-only. */
export const undertakingFiles = pgTable(
	'undertaking_files',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		eventId: uuid('event_id').notNull(),
		/** SHA-256 of the content, hexadecimal; it is kept under it. */
		digest: text('digest').notNull(),
		name: text('name').notNull(),
		mediaType: text('media_type').notNull(),
		sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull()
	},
	(table) => [
		unique('undertaking_files_content_key').on(table.eventId, table.digest),
		foreignKey({
			name: 'undertaking_files_event_fk',
			columns: [table.eventId],
			foreignColumns: [undertakingEvents.id]
		}),
		check('undertaking_files_digest_shape', sql`${table.digest} ~ '^[0-9a-f]{64}$'`),
		check(
			'undertaking_files_size',
			sql`${table.sizeBytes} > 0 and ${table.sizeBytes} <= 20 * 1024 * 1024`
		)
	]
);
