import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	date,
	foreignKey,
	index,
	integer,
	numeric,
	pgTable,
	text,
	timestamp,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Cents } from '../../../domain/money.ts';
import type { Day } from '../../../domain/day.ts';
import { organisations } from './organisation.ts';
import { users } from './user.ts';

/**
 * The words of an act as they are searched: in French, and without accents, so that what is typed without
 * them is found. All of them, as far as an index takes so many. The index is on these words to the letter.
 */
export const wordsOf = (act: { title: AnyPgColumn; text: AnyPgColumn }) =>
	sql`act_words(${act.title}, ${act.text})`;

/**
 * The act of a council, word for word, with its attendance and its vote as the act states them.
 * Immutable once entered (trigger); councillors are counted, their names are in the text alone.
 */
export const deliberations = pgTable(
	'deliberations',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		slug: text('slug').notNull(),
		authorityId: uuid('authority_id').notNull(),
		/** The number of the act; many transcriptions carry none. */
		number: text('number'),
		sittingOn: date('sitting_on').$type<Day>().notNull(),
		convenedOn: date('convened_on').$type<Day>(),
		president: text('president'),
		secretary: text('secretary'),
		theme: text('theme'),
		title: text('title').notNull(),
		text: text('text').notNull(),
		/** SHA-256 of the text in UTF-8, hexadecimal. */
		textDigest: text('text_digest').notNull(),
		members: integer('members'),
		inOffice: integer('in_office'),
		present: integer('present'),
		proxies: integer('proxies'),
		/** Absent without proxy. */
		absent: integer('absent'),
		/** Names in the list of those present, counted and not stored. */
		namesCounted: integer('names_counted'),
		votesFor: integer('votes_for'),
		votesAgainst: integer('votes_against'),
		abstentions: integer('abstentions'),
		notVoting: integer('not_voting'),
		/** Took no part in the vote, as somebody with an interest does. */
		notTakingPart: integer('not_taking_part'),
		/** Null where the act does not say. */
		unanimous: boolean('unanimous'),
		/** Whether the counts of the vote follow from unanimity and are not written in the act. */
		voteImplied: boolean('vote_implied').notNull().default(false),
		/** Those who voted, where the act states it. */
		voting: integer('voting'),
		/** The day on which it was posted or published, as its text says. */
		publishedOn: date('published_on').$type<Day>(),
		/** The day on which the State’s representative received it, as its text says. */
		receivedOn: date('received_on').$type<Day>(),
		/** The file as it was given, kept under its digest; null for a text that was pasted or shipped. */
		fileDigest: text('file_digest'),
		fileName: text('file_name'),
		enteredAt: timestamp('entered_at', { withTimezone: true }).notNull().defaultNow(),
		enteredBy: uuid('entered_by').notNull()
	},
	(table) => [
		unique('deliberations_slug_key').on(table.slug),
		unique('deliberations_text_digest_key').on(table.textDigest),
		foreignKey({
			name: 'deliberations_authority_fk',
			columns: [table.authorityId],
			foreignColumns: [organisations.id]
		}),
		foreignKey({
			name: 'deliberations_entered_by_fk',
			columns: [table.enteredBy],
			foreignColumns: [users.id]
		}),
		check('deliberations_slug_shape', sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
		check(
			'deliberations_digest_of_text',
			sql`${table.textDigest} = encode(sha256(convert_to(${table.text}, 'UTF8')), 'hex')`
		),
		index('deliberations_sitting_idx').on(table.sittingOn.desc(), table.slug),
		index('deliberations_words_idx').using('gin', wordsOf(table)),
		check('deliberations_convened_before_sitting', sql`${table.convenedOn} <= ${table.sittingOn}`),
		check(
			'deliberations_file_whole',
			sql`(${table.fileDigest} is null) = (${table.fileName} is null)`
		),
		check('deliberations_file_digest_shape', sql`${table.fileDigest} ~ '^[0-9a-f]{64}$'`)
	]
);

/** What the council decided, one row an item of the decision. */
export const decisions = pgTable(
	'decisions',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		deliberationId: uuid('deliberation_id').notNull(),
		position: integer('position').notNull(),
		/** approve, authorise, allocate, levy: the verb as the act writes it, in the infinitive. */
		verb: text('verb').notNull(),
		quote: text('quote').notNull(),
		startOffset: integer('start_offset').notNull(),
		endOffset: integer('end_offset').notNull()
	},
	(table) => [
		foreignKey({
			name: 'decisions_deliberation_fk',
			columns: [table.deliberationId],
			foreignColumns: [deliberations.id]
		}),
		unique('decisions_position_key').on(table.deliberationId, table.position),
		check(
			'decisions_span',
			sql`${table.startOffset} >= 0 and ${table.endOffset} > ${table.startOffset}`
		)
	]
);

/** A span of an act with the value read in it. Offsets count UTF-16 units, the end excluded. */
export const citations = pgTable(
	'citations',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		deliberationId: uuid('deliberation_id').notNull(),
		startOffset: integer('start_offset').notNull(),
		endOffset: integer('end_offset').notNull(),
		quote: text('quote').notNull(),
		kind: text('kind', { enum: ['amount', 'count', 'percentage', 'date', 'words'] }).notNull(),
		section: text('section', { enum: ['header', 'statement_of_reasons', 'decision'] }).notNull(),
		amountCents: bigint('amount_cents', { mode: 'bigint' }).$type<Cents>(),
		/** Half the width of what the writing leaves open: "15,2 M€" is ± 5 000 000 cents. */
		precisionCents: bigint('precision_cents', { mode: 'bigint' }).$type<Cents>(),
		/** A count, or a percentage in points. */
		number: numeric('number', { precision: 20, scale: 4, mode: 'number' }),
		precision: numeric('precision', { precision: 20, scale: 4, mode: 'number' }),
		day: date('day').$type<Day>(),
		/** The figure of the same act that this one is a part of; all parts together make up the whole. */
		wholeCitationId: uuid('whole_citation_id')
	},
	(table) => [
		unique('citations_id_deliberation_key').on(table.id, table.deliberationId),
		foreignKey({
			name: 'citations_whole_fk',
			columns: [table.wholeCitationId, table.deliberationId],
			foreignColumns: [table.id as AnyPgColumn, table.deliberationId as AnyPgColumn]
		}),
		check('citations_not_own_whole', sql`${table.wholeCitationId} <> ${table.id}`),
		foreignKey({
			name: 'citations_deliberation_fk',
			columns: [table.deliberationId],
			foreignColumns: [deliberations.id]
		}),
		unique('citations_span_key').on(
			table.deliberationId,
			table.startOffset,
			table.endOffset,
			table.kind
		),
		index('citations_deliberation_idx').on(table.deliberationId, table.startOffset),
		check(
			'citations_span',
			sql`${table.startOffset} >= 0 and ${table.endOffset} > ${table.startOffset}`
		),
		check(
			'citations_section_known',
			sql`${table.section} in ('header', 'statement_of_reasons', 'decision')`
		),
		check(
			'citations_value_of_kind',
			sql`case ${table.kind}
				when 'amount' then ${table.amountCents} is not null and ${table.precisionCents} is not null and ${table.number} is null and ${table.day} is null
				when 'count' then ${table.number} is not null and ${table.precision} is not null and ${table.amountCents} is null and ${table.day} is null
				when 'percentage' then ${table.number} is not null and ${table.precision} is not null and ${table.amountCents} is null and ${table.day} is null
				when 'date' then ${table.day} is not null and ${table.amountCents} is null and ${table.number} is null
				when 'words' then ${table.amountCents} is null and ${table.number} is null and ${table.day} is null
				else false end`
		)
	]
);
