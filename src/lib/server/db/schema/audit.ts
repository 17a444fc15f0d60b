import {
	bigint,
	foreignKey,
	index,
	jsonb,
	pgTable,
	primaryKey,
	text,
	timestamp,
	uuid
} from 'drizzle-orm/pg-core';
import { users } from './user.ts';

/** Who did what, when. Append-only, written in the transaction of what it tells. */
export const auditEvents = pgTable(
	'audit_events',
	{
		id: bigint('id', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
		at: timestamp('at', { withTimezone: true, precision: 6 }).notNull().defaultNow(),
		/** Null where nobody was signed in, as for a refused sign-in. */
		actorId: uuid('actor_id'),
		/** Verb in the infinitive and its object: `post_entries`, `sign_in`. */
		action: text('action').notNull(),
		subjectType: text('subject_type').notNull(),
		subjectId: text('subject_id'),
		details: jsonb('details').$type<Record<string, string | number | boolean | null>>()
	},
	(table) => [
		primaryKey({ name: 'audit_events_pkey', columns: [table.id] }),
		foreignKey({
			name: 'audit_events_actor_fk',
			columns: [table.actorId],
			foreignColumns: [users.id]
		}),
		index('audit_events_at_idx').on(table.at, table.id),
		index('audit_events_subject_idx').on(table.subjectType, table.subjectId)
	]
);

/** The answer of a money command under its idempotency key, so that a repeated request posts once. */
export const commandReceipts = pgTable(
	'command_receipts',
	{
		key: uuid('key').notNull(),
		actorId: uuid('actor_id').notNull(),
		command: text('command').notNull(),
		answer: jsonb('answer').notNull(),
		createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow()
	},
	(table) => [
		primaryKey({ name: 'command_receipts_pkey', columns: [table.key] }),
		foreignKey({
			name: 'command_receipts_actor_fk',
			columns: [table.actorId],
			foreignColumns: [users.id]
		})
	]
);
