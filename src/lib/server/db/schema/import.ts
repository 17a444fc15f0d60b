import { sql } from 'drizzle-orm';
import {
	bigint,
	check,
	foreignKey,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	timestamp,
	uuid
} from 'drizzle-orm/pg-core';
import type { Cents } from '../../../domain/money.ts';
import { declarations } from './declaration.ts';
import { organisations } from './organisation.ts';
import { users } from './user.ts';

/** A spreadsheet given for a declaration: read, shown, then applied to the draft or set aside. */
export const imports = pgTable(
	'imports',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		declarationId: uuid('declaration_id').notNull(),
		fileDigest: text('file_digest').notNull(),
		fileName: text('file_name').notNull(),
		mediaType: text('media_type').notNull(),
		sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
		state: text('state', {
			enum: ['waiting', 'reading', 'matching', 'ready', 'refused', 'applied', 'discarded']
		})
			.notNull()
			.default('waiting'),
		/** The columns that were found and what each was taken for. */
		columns: jsonb('columns').$type<Record<string, string | number | null>[]>(),
		/** Lines read so far, and in all once that is known. */
		readCount: integer('read_count').notNull().default(0),
		lineCount: integer('line_count'),
		problemCount: integer('problem_count').notNull().default(0),
		/** Why the file as a whole was refused, in words. */
		problem: text('problem'),
		createdBy: uuid('created_by').notNull(),
		createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
		appliedAt: timestamp('applied_at', { withTimezone: true })
	},
	(table) => [
		foreignKey({
			name: 'imports_declaration_fk',
			columns: [table.declarationId],
			foreignColumns: [declarations.id]
		}),
		foreignKey({
			name: 'imports_created_by_fk',
			columns: [table.createdBy],
			foreignColumns: [users.id]
		}),
		check(
			'imports_state_known',
			sql`${table.state} in ('waiting', 'reading', 'matching', 'ready', 'refused', 'applied', 'discarded')`
		),
		check('imports_digest_shape', sql`${table.fileDigest} ~ '^[0-9a-f]{64}$'`),
		check(
			'imports_refusal_says_why',
			sql`${table.state} <> 'refused' or btrim(coalesce(${table.problem}, '')) <> ''`
		),
		index('imports_declaration_idx').on(table.declarationId, table.fileDigest)
	]
);

/** A line of a spreadsheet as it was understood, with what was not. */
export const importRows = pgTable(
	'import_rows',
	{
		importId: uuid('import_id').notNull(),
		/** As the spreadsheet numbers it, from 1. */
		lineNumber: integer('line_number').notNull(),
		/** The cells as they stand in the file. */
		cells: jsonb('cells').$type<string[]>().notNull(),
		/** The row of the declaration it is about; null where that was not understood. */
		rowKey: text('row_key'),
		amountCents: bigint('amount_cents', { mode: 'bigint' }).$type<Cents>(),
		/** What else it says: draft field by draft field. */
		fields: jsonb('fields').$type<Record<string, string>>(),
		/** Why it is left out, as for a line of totals; null where it counts. */
		skipped: text('skipped'),
		problems: jsonb('problems').$type<{ column: string; message: string }[]>()
	},
	(table) => [
		primaryKey({ name: 'import_rows_pkey', columns: [table.importId, table.lineNumber] }),
		foreignKey({
			name: 'import_rows_import_fk',
			columns: [table.importId],
			foreignColumns: [imports.id]
		}),
		index('import_rows_problem_idx')
			.on(table.importId, table.lineNumber)
			.where(sql`problems is not null`)
	]
);

/** What an organisation said the columns of a spreadsheet mean, remembered by their headings. */
export const columnMatches = pgTable(
	'column_matches',
	{
		organisationId: uuid('organisation_id').notNull(),
		/** SHA-256 of the headings as they stand. */
		headingDigest: text('heading_digest').notNull(),
		matches: jsonb('matches').$type<Record<string, string>>().notNull(),
		updatedBy: uuid('updated_by').notNull(),
		updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow()
	},
	(table) => [
		primaryKey({
			name: 'column_matches_pkey',
			columns: [table.organisationId, table.headingDigest]
		}),
		foreignKey({
			name: 'column_matches_organisation_fk',
			columns: [table.organisationId],
			foreignColumns: [organisations.id]
		}),
		foreignKey({
			name: 'column_matches_updated_by_fk',
			columns: [table.updatedBy],
			foreignColumns: [users.id]
		})
	]
);
