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
	text,
	timestamp,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Cents } from '../../../domain/money.ts';
import type { Day } from '../../../domain/day.ts';
import { citations } from './deliberation.ts';
import { communes, organisations } from './organisation.ts';
import { agreements, districts, programmes } from './programme.ts';

/** A sum promised by a funder for a purpose over a period. What it holds is in the ledger. */
export const envelopes = pgTable(
	'envelopes',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		programmeId: uuid('programme_id').notNull(),
		agreementId: uuid('agreement_id').notNull(),
		position: integer('position').notNull(),
		label: text('label').notNull(),
		/** The purpose in the words of the act. */
		purpose: text('purpose').notNull(),
		funderId: uuid('funder_id').notNull(),
		/** The organisation that declares on it and therefore sees it. */
		partnerId: uuid('partner_id').notNull(),
		circuit: text('circuit', {
			enum: ['off_budget', 'earmarked_revenue', 'own_expenditure']
		}).notNull(),
		strength: text('strength', { enum: ['intention', 'firm'] }).notNull(),
		instrument: text('instrument', { enum: ['grant', 'loan', 'guarantee', 'service'] }),
		startsOn: date('starts_on').$type<Day>().notNull(),
		endsOn: date('ends_on').$type<Day>().notNull(),
		citationId: uuid('citation_id')
	},
	(table) => [
		unique('envelopes_position_key').on(table.programmeId, table.position),
		unique('envelopes_id_programme_key').on(table.id, table.programmeId),
		foreignKey({
			name: 'envelopes_programme_fk',
			columns: [table.programmeId],
			foreignColumns: [programmes.id]
		}),
		foreignKey({
			name: 'envelopes_agreement_fk',
			columns: [table.agreementId, table.programmeId],
			foreignColumns: [agreements.id, agreements.programmeId]
		}),
		foreignKey({
			name: 'envelopes_funder_fk',
			columns: [table.funderId],
			foreignColumns: [organisations.id]
		}),
		foreignKey({
			name: 'envelopes_partner_fk',
			columns: [table.partnerId],
			foreignColumns: [organisations.id]
		}),
		foreignKey({
			name: 'envelopes_citation_fk',
			columns: [table.citationId],
			foreignColumns: [citations.id]
		}),
		check(
			'envelopes_circuit_known',
			sql`${table.circuit} in ('off_budget', 'earmarked_revenue', 'own_expenditure')`
		),
		check('envelopes_strength_known', sql`${table.strength} in ('intention', 'firm')`),
		check(
			'envelopes_instrument_known',
			sql`${table.instrument} in ('grant', 'loan', 'guarantee', 'service')`
		),
		check('envelopes_days_in_order', sql`${table.endsOn} >= ${table.startsOn}`),
		index('envelopes_partner_idx').on(table.partnerId)
	]
);

/** A line of use inside an envelope, a small tree. */
export const measures = pgTable(
	'measures',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		envelopeId: uuid('envelope_id').notNull(),
		parentId: uuid('parent_id'),
		position: integer('position').notNull(),
		label: text('label').notNull(),
		/** A guarantee is not cash: it is counted and never summed with money. */
		instrument: text('instrument', { enum: ['grant', 'loan', 'guarantee', 'service'] }),
		citationId: uuid('citation_id')
	},
	(table) => [
		unique('measures_id_envelope_key').on(table.id, table.envelopeId),
		unique('measures_position_key').on(table.envelopeId, table.position),
		foreignKey({
			name: 'measures_envelope_fk',
			columns: [table.envelopeId],
			foreignColumns: [envelopes.id]
		}),
		foreignKey({
			name: 'measures_parent_fk',
			columns: [table.parentId, table.envelopeId],
			foreignColumns: [table.id as AnyPgColumn, table.envelopeId as AnyPgColumn]
		}),
		foreignKey({
			name: 'measures_citation_fk',
			columns: [table.citationId],
			foreignColumns: [citations.id]
		}),
		check('measures_not_own_parent', sql`${table.parentId} <> ${table.id}`),
		check(
			'measures_instrument_known',
			sql`${table.instrument} in ('grant', 'loan', 'guarantee', 'service')`
		)
	]
);

/** A housing development that an envelope supports. */
export const operations = pgTable(
	'operations',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		envelopeId: uuid('envelope_id').notNull(),
		name: text('name').notNull(),
		landlordId: uuid('landlord_id').notNull(),
		communeCode: text('commune_code').notNull(),
		districtId: uuid('district_id'),
		/** Until finance has confirmed it, elected officials do not see it. */
		confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
		fictitious: boolean('fictitious').notNull().default(false)
	},
	(table) => [
		unique('operations_id_envelope_key').on(table.id, table.envelopeId),
		unique('operations_name_key').on(table.envelopeId, table.name),
		foreignKey({
			name: 'operations_envelope_fk',
			columns: [table.envelopeId],
			foreignColumns: [envelopes.id]
		}),
		foreignKey({
			name: 'operations_landlord_fk',
			columns: [table.landlordId],
			foreignColumns: [organisations.id]
		}),
		foreignKey({
			name: 'operations_commune_fk',
			columns: [table.communeCode],
			foreignColumns: [communes.code]
		}),
		foreignKey({
			name: 'operations_district_fk',
			columns: [table.districtId],
			foreignColumns: [districts.id]
		})
	]
);

/** What was planned to be paid by when; an amendment replaces the plan from its date. */
export const instalments = pgTable(
	'instalments',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		envelopeId: uuid('envelope_id').notNull(),
		agreementId: uuid('agreement_id').notNull(),
		dueOn: date('due_on').$type<Day>().notNull(),
		amountCents: bigint('amount_cents', { mode: 'bigint' }).$type<Cents>().notNull(),
		citationId: uuid('citation_id')
	},
	(table) => [
		unique('instalments_due_key').on(table.envelopeId, table.agreementId, table.dueOn),
		foreignKey({
			name: 'instalments_envelope_fk',
			columns: [table.envelopeId],
			foreignColumns: [envelopes.id]
		}),
		foreignKey({
			name: 'instalments_agreement_fk',
			columns: [table.agreementId],
			foreignColumns: [agreements.id]
		}),
		foreignKey({
			name: 'instalments_citation_fk',
			columns: [table.citationId],
			foreignColumns: [citations.id]
		}),
		check('instalments_amount_positive', sql`${table.amountCents} > 0`)
	]
);
