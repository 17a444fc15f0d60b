import { sql } from 'drizzle-orm';
import {
	check,
	date,
	foreignKey,
	integer,
	pgTable,
	text,
	timestamp,
	uuid
} from 'drizzle-orm/pg-core';
import type { Day } from '../../../domain/day.ts';
import { deliberations } from './deliberation.ts';
import { users } from './user.ts';

/**
 * What the publication of an act as open data needs and the act does not say. Acts never change, so it
 * stands beside them.
 */
export const deliberationPublications = pgTable(
	'deliberation_publications',
	{
		deliberationId: uuid('deliberation_id').primaryKey(),
		/** The number of the act, where its text has none. */
		number: text('number'),
		/** What the act is about, in the nomenclature of acts: 8.5 is housing. */
		matterCode: text('matter_code'),
		matterName: text('matter_name'),
		/** The prefecture to which the act was sent, `PREF021`, and the day on which it was received there. */
		prefectureId: text('prefecture_id'),
		prefectureOn: date('prefecture_on').$type<Day>(),
		budgetYear: integer('budget_year'),
		budgetName: text('budget_name'),
		url: text('url'),
		updatedBy: uuid('updated_by').notNull(),
		updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow()
	},
	(table) => [
		foreignKey({
			name: 'deliberation_publications_deliberation_fk',
			columns: [table.deliberationId],
			foreignColumns: [deliberations.id]
		}),
		foreignKey({
			name: 'deliberation_publications_updated_by_fk',
			columns: [table.updatedBy],
			foreignColumns: [users.id]
		}),
		check(
			'deliberation_publications_matter_shape',
			sql`${table.matterCode} ~ '^[0-9][.][0-9]{1,2}$' and (${table.matterCode} is null) = (${table.matterName} is null)`
		),
		check(
			'deliberation_publications_prefecture_shape',
			sql`${table.prefectureId} ~ '^PREF[0-9]{2}[0-9AB]$'`
		),
		check(
			'deliberation_publications_budget_whole',
			sql`(${table.budgetYear} is null) = (${table.budgetName} is null) and ${table.budgetYear} between 1900 and 2200`
		),
		check('deliberation_publications_url_shape', sql`${table.url} ~ '^https?://[^[:space:]]+$'`)
	]
);
