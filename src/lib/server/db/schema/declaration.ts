import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	date,
	foreignKey,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	timestamp,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import type { Cents } from '../../../domain/money.ts';
import type { Day } from '../../../domain/day.ts';
import { envelopes, measures, operations } from './envelope.ts';
import { indicators } from './indicator.ts';
import { communes, organisations } from './organisation.ts';
import { users } from './user.ts';

/** How often the partner of an envelope declares, and how long after the end of a period it is due. */
export const declarationDuties = pgTable(
	'declaration_duties',
	{
		envelopeId: uuid('envelope_id').notNull(),
		frequency: text('frequency', { enum: ['month', 'quarter', 'half_year', 'year'] }).notNull(),
		/** Days after the last day of the period. */
		dueDays: integer('due_days').notNull(),
		/** Periods that begin before are not owed: they were known otherwise. */
		startsOn: date('starts_on').$type<Day>().notNull(),
		/** Whether what is declared is said operation by operation. */
		byOperation: boolean('by_operation').notNull().default(false),
		setBy: uuid('set_by').notNull(),
		setAt: timestamp('set_at', { withTimezone: true }).notNull().defaultNow()
	},
	(table) => [
		primaryKey({ name: 'declaration_duties_pkey', columns: [table.envelopeId] }),
		foreignKey({
			name: 'declaration_duties_envelope_fk',
			columns: [table.envelopeId],
			foreignColumns: [envelopes.id]
		}),
		foreignKey({
			name: 'declaration_duties_set_by_fk',
			columns: [table.setBy],
			foreignColumns: [users.id]
		}),
		check(
			'declaration_duties_frequency_known',
			sql`${table.frequency} in ('month', 'quarter', 'half_year', 'year')`
		),
		check('declaration_duties_due_days_range', sql`${table.dueDays} between 1 and 366`)
	]
);

/**
 * What a partner says it disbursed in a period. Its state follows `drizzle/0014_declaration_rules.sql`;
 * what was sent is in its lines, what is being typed in its cells.
 */
export const declarations = pgTable(
	'declarations',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		/** By which people call it: `nº 12`. */
		number: bigint('number', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
		envelopeId: uuid('envelope_id').notNull(),
		/** Who declares. */
		organisationId: uuid('organisation_id').notNull(),
		periodStartsOn: date('period_starts_on').$type<Day>().notNull(),
		periodEndsOn: date('period_ends_on').$type<Day>().notNull(),
		state: text('state', { enum: ['draft', 'submitted', 'returned', 'accepted', 'reopened'] })
			.notNull()
			.default('draft'),
		/** How many times it was sent; the lines of the last time count. */
		submission: integer('submission').notNull().default(0),
		/** Sent as `rien à déclarer`. */
		nothingToDeclare: boolean('nothing_to_declare').notNull().default(false),
		comment: text('comment'),
		/** Why it is more than what is left, in the words of who declares. */
		overrunReason: text('overrun_reason'),
		/** SHA-256 of what was sent last. */
		digest: text('digest'),
		createdBy: uuid('created_by').notNull(),
		createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
		submittedBy: uuid('submitted_by'),
		submittedAt: timestamp('submitted_at', { withTimezone: true }),
		decidedBy: uuid('decided_by'),
		decidedAt: timestamp('decided_at', { withTimezone: true }),
		/** Why it was returned or reopened the last time. */
		reason: text('reason'),
		fictitious: boolean('fictitious').notNull().default(false)
	},
	(table) => [
		unique('declarations_number_key').on(table.number),
		unique('declarations_period_key').on(table.envelopeId, table.periodStartsOn),
		foreignKey({
			name: 'declarations_envelope_fk',
			columns: [table.envelopeId],
			foreignColumns: [envelopes.id]
		}),
		foreignKey({
			name: 'declarations_organisation_fk',
			columns: [table.organisationId],
			foreignColumns: [organisations.id]
		}),
		foreignKey({
			name: 'declarations_created_by_fk',
			columns: [table.createdBy],
			foreignColumns: [users.id]
		}),
		foreignKey({
			name: 'declarations_submitted_by_fk',
			columns: [table.submittedBy],
			foreignColumns: [users.id]
		}),
		foreignKey({
			name: 'declarations_decided_by_fk',
			columns: [table.decidedBy],
			foreignColumns: [users.id]
		}),
		check(
			'declarations_state_known',
			sql`${table.state} in ('draft', 'submitted', 'returned', 'accepted', 'reopened')`
		),
		check('declarations_days_in_order', sql`${table.periodEndsOn} >= ${table.periodStartsOn}`),
		check(
			'declarations_sent_by_somebody',
			sql`${table.state} = 'draft' or (${table.submission} > 0 and ${table.submittedBy} is not null and ${table.submittedAt} is not null and ${table.digest} is not null)`
		),
		check(
			'declarations_decided_by_somebody',
			sql`${table.state} in ('draft', 'submitted') or (${table.decidedBy} is not null and ${table.decidedAt} is not null)`
		),
		check(
			'declarations_reason_given',
			sql`${table.state} not in ('returned', 'reopened') or btrim(coalesce(${table.reason}, '')) <> ''`
		),
		check(
			'declarations_overrun_reason_given',
			sql`btrim(${table.overrunReason}) <> '' and length(${table.overrunReason}) <= 500`
		),
		index('declarations_organisation_idx').on(table.organisationId, table.periodStartsOn),
		index('declarations_waiting_idx')
			.on(table.submittedAt, table.id)
			.where(sql`state = 'submitted'`)
	]
);

/** What is being typed: one row a field, as it was typed, with who typed it. */
export const declarationCells = pgTable(
	'declaration_cells',
	{
		declarationId: uuid('declaration_id').notNull(),
		/** The name of the field, see `domain/declaration-cell.ts`. */
		key: text('key').notNull(),
		value: text('value').notNull(),
		updatedBy: uuid('updated_by').notNull(),
		updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 })
			.notNull()
			.default(sql`clock_timestamp()`)
	},
	(table) => [
		primaryKey({ name: 'declaration_cells_pkey', columns: [table.declarationId, table.key] }),
		foreignKey({
			name: 'declaration_cells_declaration_fk',
			columns: [table.declarationId],
			foreignColumns: [declarations.id]
		}),
		foreignKey({
			name: 'declaration_cells_updated_by_fk',
			columns: [table.updatedBy],
			foreignColumns: [users.id]
		}),
		check('declaration_cells_key_length', sql`length(${table.key}) between 1 and 200`),
		check('declaration_cells_value_length', sql`length(${table.value}) <= 2000`)
	]
);

/** One line of what was sent, for a measure, an operation or the envelope as a whole. Append-only. */
export const declarationLines = pgTable(
	'declaration_lines',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		declarationId: uuid('declaration_id').notNull(),
		submission: integer('submission').notNull(),
		position: integer('position').notNull(),
		/** The row of the form it was typed in, which is the same from one submission to the next. */
		rowKey: text('row_key').notNull(),
		envelopeId: uuid('envelope_id').notNull(),
		measureId: uuid('measure_id'),
		operationId: uuid('operation_id'),
		/** An operation that is not known yet: finance confirms it by accepting. */
		newOperationName: text('new_operation_name'),
		newOperationLandlord: text('new_operation_landlord'),
		newOperationCommune: text('new_operation_commune'),
		/** Null where nothing was said: it is not zero. */
		amountCents: bigint('amount_cents', { mode: 'bigint' }).$type<Cents>(),
		comment: text('comment'),
		/** The first and last day of the earlier period that a negative amount corrects. */
		correctsFrom: date('corrects_from').$type<Day>(),
		correctsTo: date('corrects_to').$type<Day>()
	},
	(table) => [
		unique('declaration_lines_position_key').on(
			table.declarationId,
			table.submission,
			table.position
		),
		unique('declaration_lines_row_key').on(table.declarationId, table.submission, table.rowKey),
		foreignKey({
			name: 'declaration_lines_declaration_fk',
			columns: [table.declarationId],
			foreignColumns: [declarations.id]
		}),
		foreignKey({
			name: 'declaration_lines_measure_fk',
			columns: [table.measureId, table.envelopeId],
			foreignColumns: [measures.id, measures.envelopeId]
		}),
		foreignKey({
			name: 'declaration_lines_operation_fk',
			columns: [table.operationId, table.envelopeId],
			foreignColumns: [operations.id, operations.envelopeId]
		}),
		foreignKey({
			name: 'declaration_lines_new_commune_fk',
			columns: [table.newOperationCommune],
			foreignColumns: [communes.code]
		}),
		check(
			'declaration_lines_new_operation_whole',
			sql`num_nonnulls(${table.newOperationName}, ${table.newOperationLandlord}, ${table.newOperationCommune}) in (0, 3) and (${table.newOperationName} is null or ${table.operationId} is null)`
		),
		check(
			'declaration_lines_correction_says_which',
			sql`coalesce(${table.amountCents}, 0) >= 0 or num_nonnulls(${table.correctsFrom}, ${table.correctsTo}) = 2`
		)
	]
);

/** A count of an indicator on a line of what was sent, by product, stage and commune. Append-only. */
export const declarationCounts = pgTable(
	'declaration_counts',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		lineId: uuid('line_id').notNull(),
		indicatorId: uuid('indicator_id').notNull(),
		product: text('product', { enum: ['PLAI', 'PLUS', 'PLS', 'LI'] }),
		stage: text('stage', { enum: ['programmed', 'approved', 'started', 'delivered'] }),
		communeCode: text('commune_code'),
		/** Below zero only where the line corrects an earlier period. */
		number: integer('number').notNull()
	},
	(table) => [
		unique('declaration_counts_key')
			.on(table.lineId, table.indicatorId, table.product, table.stage, table.communeCode)
			.nullsNotDistinct(),
		foreignKey({
			name: 'declaration_counts_line_fk',
			columns: [table.lineId],
			foreignColumns: [declarationLines.id]
		}),
		foreignKey({
			name: 'declaration_counts_indicator_fk',
			columns: [table.indicatorId],
			foreignColumns: [indicators.id]
		}),
		foreignKey({
			name: 'declaration_counts_commune_fk',
			columns: [table.communeCode],
			foreignColumns: [communes.code]
		}),
		check(
			'declaration_counts_product_known',
			sql`${table.product} in ('PLAI', 'PLUS', 'PLS', 'LI')`
		),
		check(
			'declaration_counts_stage_known',
			sql`${table.stage} in ('programmed', 'approved', 'started', 'delivered')`
		)
	]
);

/** A file attached as evidence. Its content lies outside the database, by its digest. */
export const declarationFiles = pgTable(
	'declaration_files',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		declarationId: uuid('declaration_id').notNull(),
		/** The row it proves; null is the whole declaration. */
		rowKey: text('row_key'),
		/** SHA-256 of the content, in hexadecimal. */
		digest: text('digest').notNull(),
		name: text('name').notNull(),
		/** Found in the content, never believed. */
		mediaType: text('media_type').notNull(),
		sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
		uploadedBy: uuid('uploaded_by').notNull(),
		uploadedAt: timestamp('uploaded_at', { withTimezone: true }).notNull().defaultNow(),
		removedBy: uuid('removed_by'),
		removedAt: timestamp('removed_at', { withTimezone: true })
	},
	(table) => [
		foreignKey({
			name: 'declaration_files_declaration_fk',
			columns: [table.declarationId],
			foreignColumns: [declarations.id]
		}),
		foreignKey({
			name: 'declaration_files_uploaded_by_fk',
			columns: [table.uploadedBy],
			foreignColumns: [users.id]
		}),
		foreignKey({
			name: 'declaration_files_removed_by_fk',
			columns: [table.removedBy],
			foreignColumns: [users.id]
		}),
		check('declaration_files_digest_shape', sql`${table.digest} ~ '^[0-9a-f]{64}$'`),
		check('declaration_files_size_limit', sql`${table.sizeBytes} between 1 and 20971520`),
		check('declaration_files_name_given', sql`length(btrim(${table.name})) between 1 and 200`),
		check(
			'declaration_files_removed_by_somebody',
			sql`(${table.removedAt} is null) = (${table.removedBy} is null)`
		),
		index('declaration_files_declaration_idx').on(table.declarationId)
	]
);

/** What happened to a declaration, what was said about it and by whom. Append-only; mails follow from it. */
export const declarationEvents = pgTable(
	'declaration_events',
	{
		id: bigint('id', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
		declarationId: uuid('declaration_id').notNull(),
		at: timestamp('at', { withTimezone: true, precision: 6 })
			.notNull()
			.default(sql`clock_timestamp()`),
		actorId: uuid('actor_id').notNull(),
		action: text('action', {
			enum: [
				'create',
				'submit',
				'withdraw',
				'accept',
				'return',
				'reopen',
				'message',
				'remark',
				'attach',
				'detach',
				'import'
			]
		}).notNull(),
		/** Which time it was sent that this is about. */
		submission: integer('submission').notNull(),
		/** The row that a remark is about. */
		rowKey: text('row_key'),
		/** The reason, the message or the remark. */
		text: text('text'),
		details: jsonb('details').$type<Record<string, string | number | boolean | null>>()
	},
	(table) => [
		primaryKey({ name: 'declaration_events_pkey', columns: [table.id] }),
		foreignKey({
			name: 'declaration_events_declaration_fk',
			columns: [table.declarationId],
			foreignColumns: [declarations.id]
		}),
		foreignKey({
			name: 'declaration_events_actor_fk',
			columns: [table.actorId],
			foreignColumns: [users.id]
		}),
		check(
			'declaration_events_action_known',
			sql`${table.action} in ('create', 'submit', 'withdraw', 'accept', 'return', 'reopen', 'message', 'remark', 'attach', 'detach', 'import')`
		),
		check(
			'declaration_events_text_given',
			sql`${table.action} not in ('return', 'reopen', 'message', 'remark') or btrim(coalesce(${table.text}, '')) <> ''`
		),
		check('declaration_events_text_length', sql`length(${table.text}) <= 4000`),
		index('declaration_events_declaration_idx').on(table.declarationId, table.id),
		index('declaration_events_actor_idx').on(table.actorId, table.declarationId)
	]
);
