import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	date,
	foreignKey,
	index,
	numeric,
	pgTable,
	primaryKey,
	text,
	timestamp,
	unique,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Cents } from '../../../domain/money.ts';
import type { Day } from '../../../domain/day.ts';
import { declarationCounts } from './declaration.ts';
import { citations } from './deliberation.ts';
import { operations } from './envelope.ts';
import { indicators } from './indicator.ts';
import { communes } from './organisation.ts';
import { districts } from './programme.ts';
import { users } from './user.ts';

/** A value of an indicator for a period. Append-only: a correction is a new one that replaces it. */
export const observations = pgTable(
	'observations',
	{
		id: bigint('id', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
		indicatorId: uuid('indicator_id').notNull(),
		kind: text('kind', { enum: ['baseline', 'target', 'actual'] }).notNull(),
		periodStartsOn: date('period_starts_on').$type<Day>().notNull(),
		periodEndsOn: date('period_ends_on').$type<Day>().notNull(),
		amountCents: bigint('amount_cents', { mode: 'bigint' }).$type<Cents>(),
		/** A count, or a percentage in points. */
		number: numeric('number', { precision: 20, scale: 4, mode: 'number' }),
		product: text('product', { enum: ['PLAI', 'PLUS', 'PLS', 'LI'] }),
		/** Stages are a dimension and are never added together. */
		stage: text('stage', { enum: ['programmed', 'approved', 'started', 'delivered'] }),
		communeCode: text('commune_code'),
		districtId: uuid('district_id'),
		operationId: uuid('operation_id'),
		citationId: uuid('citation_id'),
		/** Not yet validated: elected officials do not see it. */
		provisional: boolean('provisional').notNull().default(false),
		replacesObservationId: bigint('replaces_observation_id', { mode: 'bigint' }),
		/** The count of a declaration by whose acceptance it was recorded, or withdrawn. */
		declarationCountId: uuid('declaration_count_id'),
		/** Takes back the one it replaces and says nothing instead: a declaration was reopened. */
		withdrawn: boolean('withdrawn').notNull().default(false),
		recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 6 })
			.notNull()
			.default(sql`clock_timestamp()`),
		recordedBy: uuid('recorded_by').notNull(),
		fictitious: boolean('fictitious').notNull().default(false)
	},
	(table) => [
		primaryKey({ name: 'observations_pkey', columns: [table.id] }),
		unique('observations_replaced_once').on(table.replacesObservationId),
		foreignKey({
			name: 'observations_indicator_fk',
			columns: [table.indicatorId],
			foreignColumns: [indicators.id]
		}),
		foreignKey({
			name: 'observations_commune_fk',
			columns: [table.communeCode],
			foreignColumns: [communes.code]
		}),
		foreignKey({
			name: 'observations_district_fk',
			columns: [table.districtId],
			foreignColumns: [districts.id]
		}),
		foreignKey({
			name: 'observations_operation_fk',
			columns: [table.operationId],
			foreignColumns: [operations.id]
		}),
		foreignKey({
			name: 'observations_citation_fk',
			columns: [table.citationId],
			foreignColumns: [citations.id]
		}),
		foreignKey({
			name: 'observations_declaration_count_fk',
			columns: [table.declarationCountId],
			foreignColumns: [declarationCounts.id]
		}),
		foreignKey({
			name: 'observations_replaces_fk',
			columns: [table.replacesObservationId],
			foreignColumns: [table.id as AnyPgColumn]
		}),
		foreignKey({
			name: 'observations_recorded_by_fk',
			columns: [table.recordedBy],
			foreignColumns: [users.id]
		}),
		check('observations_kind_known', sql`${table.kind} in ('baseline', 'target', 'actual')`),
		check('observations_product_known', sql`${table.product} in ('PLAI', 'PLUS', 'PLS', 'LI')`),
		check(
			'observations_stage_known',
			sql`${table.stage} in ('programmed', 'approved', 'started', 'delivered')`
		),
		check('observations_days_in_order', sql`${table.periodEndsOn} >= ${table.periodStartsOn}`),
		check(
			'observations_one_value',
			sql`num_nonnulls(${table.amountCents}, ${table.number}) = case when ${table.withdrawn} then 0 else 1 end`
		),
		check(
			'observations_withdrawn_replaces',
			sql`not ${table.withdrawn} or ${table.replacesObservationId} is not null`
		),
		uniqueIndex('observations_count_recorded_once')
			.on(table.declarationCountId)
			.where(sql`declaration_count_id is not null and not withdrawn`),
		index('observations_indicator_idx').on(table.indicatorId, table.periodEndsOn)
	]
);
