import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	date,
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
import { organisations } from './organisation.ts';

/** A person who may sign in. Never deleted: their name stays on what they did. */
export const users = pgTable(
	'users',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		email: text('email').notNull(),
		name: text('name').notNull(),
		role: text('role', { enum: ['finance', 'partner', 'elected', 'admin'] }).notNull(),
		organisationId: uuid('organisation_id'),
		/** argon2id in PHC form; readable by the sign-in door alone. */
		passwordHash: text('password_hash').notNull(),
		createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
		deactivatedAt: timestamp('deactivated_at', { withTimezone: true }),
		fictitious: boolean('fictitious').notNull().default(false)
	},
	(table) => [
		unique('users_email_key').on(table.email),
		foreignKey({
			name: 'users_organisation_fk',
			columns: [table.organisationId],
			foreignColumns: [organisations.id]
		}),
		check('users_email_lowercase', sql`${table.email} = lower(${table.email})`),
		check('users_role_known', sql`${table.role} in ('finance', 'partner', 'elected', 'admin')`),
		check(
			'users_partner_has_organisation',
			sql`${table.role} <> 'partner' or ${table.organisationId} is not null`
		)
	]
);

/** A signed-in browser. The cookie holds the token; this table only its SHA-256 digest. */
export const sessions = pgTable(
	'sessions',
	{
		id: text('id').notNull(),
		userId: uuid('user_id').notNull(),
		createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
		expiresAt: timestamp('expires_at', { withTimezone: true }).notNull()
	},
	(table) => [
		primaryKey({ name: 'sessions_pkey', columns: [table.id] }),
		foreignKey({
			name: 'sessions_user_fk',
			columns: [table.userId],
			foreignColumns: [users.id]
		}),
		index('sessions_user_idx').on(table.userId),
		index('sessions_expires_idx').on(table.expiresAt)
	]
);

/** A key for programs that read the API with the rights of a person. Digest only. */
export const apiTokens = pgTable(
	'api_tokens',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		digest: text('digest').notNull(),
		userId: uuid('user_id').notNull(),
		label: text('label').notNull(),
		createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
		expiresAt: timestamp('expires_at', { withTimezone: true }),
		revokedAt: timestamp('revoked_at', { withTimezone: true }),
		lastUsedOn: date('last_used_on')
	},
	(table) => [
		unique('api_tokens_digest_key').on(table.digest),
		foreignKey({
			name: 'api_tokens_user_fk',
			columns: [table.userId],
			foreignColumns: [users.id]
		})
	]
);

/** Counts of sign-in attempts by account and by address, in the shape of rate-limiter-flexible. */
export const throttles = pgTable(
	'throttles',
	{
		key: text('key').notNull(),
		points: integer('points').notNull().default(0),
		/** Milliseconds since 1970. */
		expire: bigint('expire', { mode: 'number' })
	},
	(table) => [primaryKey({ name: 'throttles_pkey', columns: [table.key] })]
);
