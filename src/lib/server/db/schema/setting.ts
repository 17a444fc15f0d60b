import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	date,
	integer,
	pgTable,
	primaryKey,
	smallint,
	text
} from 'drizzle-orm/pg-core';
import type { Day } from '../../../domain/day.ts';

/** The one row of what an authority may choose. */
export const settings = pgTable(
	'settings',
	{
		id: boolean('id').notNull().default(true),
		authorityName: text('authority_name'),
		authoritySiren: text('authority_siren'),
		publicationDirector: text('publication_director'),
		hostName: text('host_name'),
		contactEmail: text('contact_email'),
		/** True only where the demonstration was loaded: nothing else may hold fictitious rows. */
		demonstration: boolean('demonstration').notNull().default(false),
		/** The day on which pages open when the address names none; null is today. */
		opensOn: date('opens_on').$type<Day>(),
		/** Gap in points under which an envelope is behind, above which it is ahead. */
		behindPoints: integer('behind_points').notNull().default(10),
		aheadPoints: integer('ahead_points').notNull().default(10),
		endingNoticeDays: integer('ending_notice_days').notNull().default(365)
	},
	(table) => [
		primaryKey({ name: 'settings_pkey', columns: [table.id] }),
		check('settings_one_row', sql`${table.id}`),
		check(
			'settings_thresholds_positive',
			sql`${table.behindPoints} > 0 and ${table.aheadPoints} > 0 and ${table.endingNoticeDays} > 0`
		),
		check('settings_siren_shape', sql`${table.authoritySiren} ~ '^[0-9]{9}$'`)
	]
);

/**
 * How many times anything but the ledger has changed, moved by triggers. With the number of entries it
 * tells whether a finished page still says what the database does (`books_version()`). Several rows,
 * of which a connection always takes its own: one would make all changes wait for each other.
 */
export const contentRevision = pgTable(
	'content_revision',
	{
		id: smallint('id').notNull(),
		revision: bigint('revision', { mode: 'bigint' }).notNull()
	},
	(table) => [
		primaryKey({ name: 'content_revision_pkey', columns: [table.id] }),
		check('content_revision_sixteen_rows', sql`${table.id} between 0 and 15`)
	]
);
