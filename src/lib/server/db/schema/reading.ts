import { sql } from 'drizzle-orm';
import {
	bigint,
	check,
	foreignKey,
	index,
	integer,
	jsonb,
	pgTable,
	text,
	timestamp,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { ActPlan } from '../../../domain/act/plan/plan.ts';
import type {
	ProposalRole,
	ProposalStep,
	ProposalValue,
	ProposedPromise
} from '../../../domain/act/desk/proposal.ts';
import { citations, deliberations } from './deliberation.ts';
import { users } from './user.ts';

/**
 * The work of reading one act at the desk: its text as it was given, what was read in it, and what
 * is to become of it. Nothing of it is in the books until it is entered, all at once.
 */
export const readings = pgTable(
	'readings',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		/** Open while somebody works on it; entered once it is in the books; set aside when given up. */
		state: text('state', { enum: ['open', 'entered', 'set_aside'] })
			.notNull()
			.default('open'),
		/** The act that it became; of one that is opened again to cite more, the act from the start. */
		deliberationId: uuid('deliberation_id'),
		text: text('text').notNull(),
		/** SHA-256 of the text in UTF-8, hexadecimal. */
		textDigest: text('text_digest').notNull(),
		source: text('source', { enum: ['paste', 'txt', 'docx', 'odt', 'pdf'] }).notNull(),
		/** The file as it was given, kept under its digest; null for a text that was pasted. */
		fileDigest: text('file_digest'),
		fileName: text('file_name'),
		fileSizeBytes: bigint('file_size_bytes', { mode: 'number' }),
		/** What is to become of it, as far as it is thought out. */
		plan: jsonb('plan').$type<ActPlan>(),
		/** Counts the changes, so that two people do not undo each other’s. */
		revision: integer('revision').notNull().default(0),
		createdBy: uuid('created_by').notNull(),
		createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
		updatedBy: uuid('updated_by').notNull(),
		updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow()
	},
	(table) => [
		foreignKey({
			name: 'readings_deliberation_fk',
			columns: [table.deliberationId],
			foreignColumns: [deliberations.id]
		}),
		foreignKey({
			name: 'readings_created_by_fk',
			columns: [table.createdBy],
			foreignColumns: [users.id]
		}),
		foreignKey({
			name: 'readings_updated_by_fk',
			columns: [table.updatedBy],
			foreignColumns: [users.id]
		}),
		check('readings_state_known', sql`${table.state} in ('open', 'entered', 'set_aside')`),
		check('readings_source_known', sql`${table.source} in ('paste', 'txt', 'docx', 'odt', 'pdf')`),
		check(
			'readings_digest_of_text',
			sql`${table.textDigest} = encode(sha256(convert_to(${table.text}, 'UTF8')), 'hex')`
		),
		check(
			'readings_entered_as_an_act',
			sql`${table.state} <> 'entered' or ${table.deliberationId} is not null`
		),
		check(
			'readings_file_whole',
			sql`(${table.source} = 'paste') = (${table.fileDigest} is null) and (${table.fileDigest} is null) = (${table.fileName} is null) and (${table.fileDigest} is null) = (${table.fileSizeBytes} is null)`
		),
		check('readings_file_digest_shape', sql`${table.fileDigest} ~ '^[0-9a-f]{64}$'`),
		index('readings_state_idx').on(table.state, table.updatedAt)
	]
);

/** Something read in an act, or marked by hand, with what a person decided about it. Kept for good beside its citation. */
export const readingProposals = pgTable(
	'reading_proposals',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		readingId: uuid('reading_id').notNull(),
		step: text('step').$type<ProposalStep>().notNull(),
		role: text('role').$type<ProposalRole>().notNull(),
		/** Where it was read; null for what stands nowhere, and for what was marked by hand. */
		readStart: integer('read_start'),
		readEnd: integer('read_end'),
		/** The value that was read; null for what was marked by hand. */
		readValue: jsonb('read_value').$type<ProposalValue>(),
		confidence: text('confidence', { enum: ['high', 'medium', 'low'] }),
		because: text('because'),
		promise: jsonb('promise').$type<ProposedPromise>(),
		section: text('section', { enum: ['header', 'statement_of_reasons', 'decision'] }).notNull(),
		/** The proposal of the same reading that this one is a part of. */
		wholeProposalId: uuid('whole_proposal_id'),
		/** Null until somebody decided. */
		choice: text('choice', { enum: ['accepted', 'corrected', 'refused', 'marked'] }),
		/** What is kept instead of what was read, or of what was marked by hand. */
		keptStart: integer('kept_start'),
		keptEnd: integer('kept_end'),
		keptValue: jsonb('kept_value').$type<ProposalValue>(),
		decidedBy: uuid('decided_by'),
		decidedAt: timestamp('decided_at', { withTimezone: true }),
		/** The citation that it became. */
		citationId: uuid('citation_id')
	},
	(table) => [
		unique('reading_proposals_id_reading_key').on(table.id, table.readingId),
		foreignKey({
			name: 'reading_proposals_reading_fk',
			columns: [table.readingId],
			foreignColumns: [readings.id]
		}),
		foreignKey({
			name: 'reading_proposals_whole_fk',
			columns: [table.wholeProposalId, table.readingId],
			foreignColumns: [table.id as AnyPgColumn, table.readingId as AnyPgColumn]
		}),
		foreignKey({
			name: 'reading_proposals_decided_by_fk',
			columns: [table.decidedBy],
			foreignColumns: [users.id]
		}),
		foreignKey({
			name: 'reading_proposals_citation_fk',
			columns: [table.citationId],
			foreignColumns: [citations.id]
		}),
		check(
			'reading_proposals_step_known',
			sql`${table.step} in ('identity', 'attendance', 'vote', 'decisions', 'figures', 'words')`
		),
		check(
			'reading_proposals_choice_known',
			sql`${table.choice} in ('accepted', 'corrected', 'refused', 'marked')`
		),
		check(
			'reading_proposals_kept_of_choice',
			sql`(coalesce(${table.choice}, '') in ('corrected', 'marked')) = (${table.keptValue} is not null)`
		),
		check(
			'reading_proposals_read_or_marked',
			sql`(${table.readValue} is null) = (coalesce(${table.choice}, '') = 'marked')`
		),
		check(
			'reading_proposals_decided_by_somebody',
			sql`(${table.choice} is null) = (${table.decidedBy} is null) and (${table.choice} is null) = (${table.decidedAt} is null)`
		),
		check(
			'reading_proposals_read_span',
			sql`(${table.readStart} is null) = (${table.readEnd} is null) and ${table.readStart} >= 0 and ${table.readEnd} > ${table.readStart}`
		),
		check(
			'reading_proposals_kept_span',
			sql`(${table.keptStart} is null) = (${table.keptEnd} is null) and ${table.keptStart} >= 0 and ${table.keptEnd} > ${table.keptStart}`
		),
		check('reading_proposals_not_own_whole', sql`${table.wholeProposalId} <> ${table.id}`),
		index('reading_proposals_reading_idx').on(table.readingId)
	]
);
