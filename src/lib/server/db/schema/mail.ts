import { sql } from 'drizzle-orm';
import {
	bigint,
	check,
	foreignKey,
	index,
	integer,
	pgTable,
	primaryKey,
	text,
	timestamp,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import { users } from './user.ts';

/** A mail to a person, written once for its cause and sent until the server has taken it. */
export const mails = pgTable(
	'mails',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		recipientId: uuid('recipient_id').notNull(),
		kind: text('kind', {
			enum: ['opened', 'due_soon', 'late', 'weekly', 'receipt', 'arrived', 'decided', 'message']
		}).notNull(),
		/** What it follows from: `event:12`, `late:<envelope>:2022-04-01`, `weekly:2022-06-27`. */
		cause: text('cause').notNull(),
		subject: text('subject').notNull(),
		body: text('body').notNull(),
		createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
		attempts: integer('attempts').notNull().default(0),
		/** Not before: a failure puts it off. */
		nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }).notNull().defaultNow(),
		lastError: text('last_error'),
		sentAt: timestamp('sent_at', { withTimezone: true })
	},
	(table) => [
		unique('mails_cause_key').on(table.recipientId, table.cause),
		foreignKey({
			name: 'mails_recipient_fk',
			columns: [table.recipientId],
			foreignColumns: [users.id]
		}),
		check(
			'mails_kind_known',
			sql`${table.kind} in ('opened', 'due_soon', 'late', 'weekly', 'receipt', 'arrived', 'decided', 'message')`
		),
		index('mails_waiting_idx')
			.on(table.nextAttemptAt)
			.where(sql`sent_at is null`),
		index('mails_created_idx').on(table.createdAt, table.id),
		index('mails_written_idx').on(table.cause)
	]
);

/** Up to which event of a declaration all mails are written: the one row of its table. */
export const mailProgress = pgTable(
	'mail_progress',
	{
		id: integer('id').notNull().default(1),
		eventsThrough: bigint('events_through', { mode: 'bigint' }).notNull()
	},
	(table) => [
		primaryKey({ name: 'mail_progress_pkey', columns: [table.id] }),
		check('mail_progress_one_row', sql`${table.id} = 1`)
	]
);

/** The kinds of mail that a person does not want. */
export const mailRefusals = pgTable(
	'mail_refusals',
	{
		userId: uuid('user_id').notNull(),
		kind: text('kind').notNull()
	},
	(table) => [
		primaryKey({ name: 'mail_refusals_pkey', columns: [table.userId, table.kind] }),
		foreignKey({
			name: 'mail_refusals_user_fk',
			columns: [table.userId],
			foreignColumns: [users.id]
		})
	]
);
