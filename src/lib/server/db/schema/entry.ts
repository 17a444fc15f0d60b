import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	date,
	foreignKey,
	index,
	pgTable,
	primaryKey,
	smallint,
	text,
	timestamp,
	unique,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Cents } from '../../../domain/money.ts';
import type { Day } from '../../../domain/day.ts';
import { declarationLines } from './declaration.ts';
import { citations, deliberations } from './deliberation.ts';
import { envelopes, measures, operations } from './envelope.ts';
import { organisations } from './organisation.ts';
import { users } from './user.ts';

/**
 * One line of the ledger. Append-only: no role may update or delete, and triggers refuse even the
 * owner. The only correction is a reversal, an equal and opposite entry that names it.
 */
export const entries = pgTable(
	'entries',
	{
		id: bigint('id', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
		envelopeId: uuid('envelope_id').notNull(),
		measureId: uuid('measure_id'),
		operationId: uuid('operation_id'),
		kind: text('kind', {
			enum: ['allocation', 'commitment', 'receipt', 'disbursement']
		}).notNull(),
		amountCents: bigint('amount_cents', { mode: 'bigint' }).$type<Cents>().notNull(),
		/** The day the fact happened. */
		effectiveOn: date('effective_on').$type<Day>().notNull(),
		/** The year it is booked in; later than the effective day where that year was closed. */
		fiscalYear: smallint('fiscal_year').notNull(),
		/** The instant the database learnt of it. */
		recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 6 })
			.notNull()
			.default(sql`clock_timestamp()`),
		recordedBy: uuid('recorded_by').notNull(),
		/** Why, in a few words. */
		label: text('label').notNull(),
		counterpartyId: uuid('counterparty_id'),
		deliberationId: uuid('deliberation_id'),
		citationId: uuid('citation_id'),
		/** The line of the declaration by whose acceptance it was posted, or reversed. */
		declarationLineId: uuid('declaration_line_id'),
		reversesEntryId: bigint('reverses_entry_id', { mode: 'bigint' }),
		/** Why finance let the disbursed exceed the promised. */
		overrunReason: text('overrun_reason'),
		fictitious: boolean('fictitious').notNull().default(false)
	},
	(table) => [
		primaryKey({ name: 'entries_pkey', columns: [table.id] }),
		unique('entries_reversed_once').on(table.reversesEntryId),
		foreignKey({
			name: 'entries_envelope_fk',
			columns: [table.envelopeId],
			foreignColumns: [envelopes.id]
		}),
		foreignKey({
			name: 'entries_measure_fk',
			columns: [table.measureId, table.envelopeId],
			foreignColumns: [measures.id, measures.envelopeId]
		}),
		foreignKey({
			name: 'entries_operation_fk',
			columns: [table.operationId, table.envelopeId],
			foreignColumns: [operations.id, operations.envelopeId]
		}),
		foreignKey({
			name: 'entries_recorded_by_fk',
			columns: [table.recordedBy],
			foreignColumns: [users.id]
		}),
		foreignKey({
			name: 'entries_counterparty_fk',
			columns: [table.counterpartyId],
			foreignColumns: [organisations.id]
		}),
		foreignKey({
			name: 'entries_deliberation_fk',
			columns: [table.deliberationId],
			foreignColumns: [deliberations.id]
		}),
		foreignKey({
			name: 'entries_citation_fk',
			columns: [table.citationId],
			foreignColumns: [citations.id]
		}),
		foreignKey({
			name: 'entries_cites_its_act',
			columns: [table.citationId, table.deliberationId],
			foreignColumns: [citations.id, citations.deliberationId]
		}),
		foreignKey({
			name: 'entries_declaration_line_fk',
			columns: [table.declarationLineId],
			foreignColumns: [declarationLines.id]
		}),
		foreignKey({
			name: 'entries_reverses_fk',
			columns: [table.reversesEntryId],
			foreignColumns: [table.id as AnyPgColumn]
		}),
		check(
			'entries_kind_known',
			sql`${table.kind} in ('allocation', 'commitment', 'receipt', 'disbursement')`
		),
		check('entries_amount_not_zero', sql`${table.amountCents} <> 0`),
		check('entries_label_given', sql`btrim(${table.label}) <> ''`),
		check('entries_overrun_reason_given', sql`btrim(${table.overrunReason}) <> ''`),
		check(
			'entries_allocation_from_an_act',
			sql`${table.kind} <> 'allocation' or ${table.deliberationId} is not null or ${table.fictitious}`
		),
		check(
			'entries_fiscal_year_not_before_fact',
			sql`${table.fiscalYear} >= extract(year from ${table.effectiveOn})`
		),
		// With the amounts in it, a month that is cut by a day is summed without opening the ledger.
		index('entries_envelope_effective_idx').on(
			table.envelopeId,
			table.effectiveOn,
			table.id,
			table.kind,
			table.measureId,
			table.amountCents
		),
		// A line is posted once, whatever our own code does.
		uniqueIndex('entries_line_posted_once')
			.on(table.declarationLineId)
			.where(sql`reverses_entry_id is null and declaration_line_id is not null`),
		index('entries_line_idx')
			.on(table.declarationLineId)
			.where(sql`declaration_line_id is not null`),
		index('entries_envelope_recording_idx').on(table.envelopeId, table.id),
		index('entries_envelope_amount_idx').on(table.envelopeId, table.amountCents, table.id),
		index('entries_recorded_idx').on(table.recordedAt),
		index('entries_operation_idx')
			.on(table.operationId)
			.where(sql`operation_id is not null`)
	]
);

/** The running totals of an envelope. Its row is the lock, and its CHECK is the limit. */
export const envelopeBalances = pgTable(
	'envelope_balances',
	{
		envelopeId: uuid('envelope_id').notNull(),
		promisedCents: bigint('promised_cents', { mode: 'bigint' }).$type<Cents>().notNull(),
		committedCents: bigint('committed_cents', { mode: 'bigint' }).$type<Cents>().notNull(),
		receivedCents: bigint('received_cents', { mode: 'bigint' }).$type<Cents>().notNull(),
		disbursedCents: bigint('disbursed_cents', { mode: 'bigint' }).$type<Cents>().notNull(),
		entryCount: bigint('entry_count', { mode: 'number' }).notNull(),
		/** Present only while the disbursed exceeds the promised. */
		overrunReason: text('overrun_reason')
	},
	(table) => [
		primaryKey({ name: 'envelope_balances_pkey', columns: [table.envelopeId] }),
		foreignKey({
			name: 'envelope_balances_envelope_fk',
			columns: [table.envelopeId],
			foreignColumns: [envelopes.id]
		}),
		check(
			'envelope_balances_disbursed_within_promised',
			sql`${table.disbursedCents} <= ${table.promisedCents} or ${table.overrunReason} is not null`
		)
	]
);

/**
 * Totals by envelope, measure, kind and month of effect, kept in the posting transaction. The row
 * without a measure is the whole envelope; rows with one are its measures.
 */
export const monthTotals = pgTable(
	'month_totals',
	{
		envelopeId: uuid('envelope_id').notNull(),
		measureId: uuid('measure_id'),
		kind: text('kind', {
			enum: ['allocation', 'commitment', 'receipt', 'disbursement']
		}).notNull(),
		/** The first day of the month. */
		month: date('month').$type<Day>().notNull(),
		amountCents: bigint('amount_cents', { mode: 'bigint' }).$type<Cents>().notNull(),
		entryCount: bigint('entry_count', { mode: 'number' }).notNull(),
		/** The latest day in the month with an entry: seen from that day on, the row counts whole. */
		lastEffectiveOn: date('last_effective_on').$type<Day>().notNull()
	},
	(table) => [
		unique('month_totals_key')
			.on(table.envelopeId, table.measureId, table.kind, table.month)
			.nullsNotDistinct(),
		foreignKey({
			name: 'month_totals_envelope_fk',
			columns: [table.envelopeId],
			foreignColumns: [envelopes.id]
		}),
		foreignKey({
			name: 'month_totals_measure_fk',
			columns: [table.measureId, table.envelopeId],
			foreignColumns: [measures.id, measures.envelopeId]
		}),
		index('month_totals_whole_idx')
			.on(table.envelopeId, table.month)
			.where(sql`measure_id is null`)
	]
);

/** Who stands on the other side of an envelope's entries, kept in the posting transaction. */
export const envelopeCounterparties = pgTable(
	'envelope_counterparties',
	{
		envelopeId: uuid('envelope_id').notNull(),
		organisationId: uuid('organisation_id').notNull()
	},
	(table) => [
		primaryKey({
			name: 'envelope_counterparties_pkey',
			columns: [table.envelopeId, table.organisationId]
		}),
		foreignKey({
			name: 'envelope_counterparties_envelope_fk',
			columns: [table.envelopeId],
			foreignColumns: [envelopes.id]
		}),
		foreignKey({
			name: 'envelope_counterparties_organisation_fk',
			columns: [table.organisationId],
			foreignColumns: [organisations.id]
		})
	]
);

/** A fiscal year that was closed takes no new entry. A year without a row is open. */
export const fiscalYears = pgTable(
	'fiscal_years',
	{
		year: smallint('year').notNull(),
		closedAt: timestamp('closed_at', { withTimezone: true }).notNull(),
		closedBy: uuid('closed_by').notNull()
	},
	(table) => [
		primaryKey({ name: 'fiscal_years_pkey', columns: [table.year] }),
		foreignKey({
			name: 'fiscal_years_closed_by_fk',
			columns: [table.closedBy],
			foreignColumns: [users.id]
		})
	]
);
