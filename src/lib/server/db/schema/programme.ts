import { sql } from 'drizzle-orm';
import {
	check,
	date,
	foreignKey,
	index,
	integer,
	pgTable,
	primaryKey,
	smallint,
	text,
	timestamp,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import type { Day } from '../../../domain/day.ts';
import { citations, deliberations } from './deliberation.ts';
import { communes, organisations } from './organisation.ts';

/** A promise with a name and a horizon. */
export const programmes = pgTable(
	'programmes',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		slug: text('slug').notNull(),
		name: text('name').notNull(),
		summary: text('summary'),
		startsOn: date('starts_on').$type<Day>().notNull(),
		/** The last day an act covers. */
		endsOn: date('ends_on').$type<Day>().notNull(),
		/** The last day that was hoped for, where it is later than what an act covers. */
		horizonEndsOn: date('horizon_ends_on').$type<Day>(),
		horizonCitationId: uuid('horizon_citation_id'),
		/** Until finance has validated it, elected officials and partners do not see it. */
		validatedAt: timestamp('validated_at', { withTimezone: true })
	},
	(table) => [
		unique('programmes_slug_key').on(table.slug),
		foreignKey({
			name: 'programmes_horizon_citation_fk',
			columns: [table.horizonCitationId],
			foreignColumns: [citations.id]
		}),
		check('programmes_slug_shape', sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
		check('programmes_days_in_order', sql`${table.endsOn} >= ${table.startsOn}`),
		check('programmes_horizon_after_end', sql`${table.horizonEndsOn} >= ${table.endsOn}`)
	]
);

/** What was signed. An amendment points to its root agreement, never to another amendment. */
export const agreements = pgTable(
	'agreements',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		programmeId: uuid('programme_id').notNull(),
		title: text('title').notNull(),
		/** 0 for the root, then 1, 2, 3 for its amendments. */
		rank: smallint('rank').notNull().default(0),
		rootAgreementId: uuid('root_agreement_id'),
		/** Always 0 where there is a root: with it the foreign key can only reach a root. */
		rootRank: smallint('root_rank').generatedAlwaysAs(
			sql`case when root_agreement_id is null then null else 0 end`
		),
		deliberationId: uuid('deliberation_id'),
		citationId: uuid('citation_id'),
		/** The day from which it binds: the day of the vote where no signature is known. */
		effectiveOn: date('effective_on').$type<Day>().notNull(),
		startsOn: date('starts_on').$type<Day>(),
		endsOn: date('ends_on').$type<Day>()
	},
	(table) => [
		unique('agreements_id_rank_key').on(table.id, table.rank),
		unique('agreements_id_programme_key').on(table.id, table.programmeId),
		unique('agreements_root_rank_key').on(table.rootAgreementId, table.rank),
		foreignKey({
			name: 'agreements_programme_fk',
			columns: [table.programmeId],
			foreignColumns: [programmes.id]
		}),
		foreignKey({
			name: 'agreements_amends_a_root',
			columns: [table.rootAgreementId, table.rootRank],
			foreignColumns: [table.id, table.rank]
		}),
		foreignKey({
			name: 'agreements_root_of_its_programme',
			columns: [table.rootAgreementId, table.programmeId],
			foreignColumns: [table.id, table.programmeId]
		}),
		foreignKey({
			name: 'agreements_deliberation_fk',
			columns: [table.deliberationId],
			foreignColumns: [deliberations.id]
		}),
		foreignKey({
			name: 'agreements_citation_fk',
			columns: [table.citationId],
			foreignColumns: [citations.id]
		}),
		foreignKey({
			name: 'agreements_cites_its_act',
			columns: [table.citationId, table.deliberationId],
			foreignColumns: [citations.id, citations.deliberationId]
		}),
		check(
			'agreements_rank_of_amendment',
			sql`(${table.rootAgreementId} is null) = (${table.rank} = 0) and ${table.rank} >= 0`
		),
		check('agreements_days_in_order', sql`${table.endsOn} >= ${table.startsOn}`),
		index('agreements_programme_idx').on(table.programmeId)
	]
);

/** A promise in words that the parties made each other. */
export const undertakings = pgTable(
	'undertakings',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		programmeId: uuid('programme_id').notNull(),
		position: integer('position').notNull(),
		text: text('text').notNull(),
		citationId: uuid('citation_id'),
		ownerId: uuid('owner_id'),
		/** How it stands now, as its log tells. Null while nobody has said: unknown is not "not started". */
		status: text('status', { enum: ['not_started', 'under_way', 'kept', 'not_kept'] }),
		/** When it is looked at again, as its log tells. */
		reviewOn: date('review_on').$type<Day>()
	},
	(table) => [
		unique('undertakings_position_key').on(table.programmeId, table.position),
		foreignKey({
			name: 'undertakings_programme_fk',
			columns: [table.programmeId],
			foreignColumns: [programmes.id]
		}),
		foreignKey({
			name: 'undertakings_citation_fk',
			columns: [table.citationId],
			foreignColumns: [citations.id]
		}),
		foreignKey({
			name: 'undertakings_owner_fk',
			columns: [table.ownerId],
			foreignColumns: [organisations.id]
		}),
		check(
			'undertakings_status_known',
			sql`${table.status} in ('not_started', 'under_way', 'kept', 'not_kept')`
		)
	]
);

/** A district of urban policy; its official code is asked of the user, never invented. */
export const districts = pgTable(
	'districts',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		name: text('name').notNull(),
		communeCode: text('commune_code').notNull(),
		code: text('code')
	},
	(table) => [
		unique('districts_name_key').on(table.communeCode, table.name),
		foreignKey({
			name: 'districts_commune_fk',
			columns: [table.communeCode],
			foreignColumns: [communes.code]
		}),
		check('districts_code_shape', sql`${table.code} ~ '^(QP[0-9]{6}|QN[0-9]{5}[A-Z])$'`)
	]
);

/** The districts that a programme names, with the sentence that names them. */
export const programmeDistricts = pgTable(
	'programme_districts',
	{
		programmeId: uuid('programme_id').notNull(),
		districtId: uuid('district_id').notNull(),
		citationId: uuid('citation_id')
	},
	(table) => [
		primaryKey({
			name: 'programme_districts_pkey',
			columns: [table.programmeId, table.districtId]
		}),
		foreignKey({
			name: 'programme_districts_programme_fk',
			columns: [table.programmeId],
			foreignColumns: [programmes.id]
		}),
		foreignKey({
			name: 'programme_districts_district_fk',
			columns: [table.districtId],
			foreignColumns: [districts.id]
		}),
		foreignKey({
			name: 'programme_districts_citation_fk',
			columns: [table.citationId],
			foreignColumns: [citations.id]
		})
	]
);
