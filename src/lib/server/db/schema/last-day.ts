import { sql } from 'drizzle-orm';
import {
	bigint,
	check,
	date,
	foreignKey,
	index,
	pgTable,
	primaryKey,
	timestamp,
	uuid
} from 'drizzle-orm/pg-core';
import type { Day } from '../../../domain/day.ts';
import { citations, deliberations } from './deliberation.ts';
import { envelopes } from './envelope.ts';
import { programmes } from './programme.ts';
import { users } from './user.ts';

/**
 * How an act moved the last day of a programme, with its horizon, or of an envelope. The row of either
 * says what is so now; from an earlier viewpoint it is read here. Append-only. What was so before is
 * set by the database.
 */
export const lastDayMoves = pgTable(
	'last_day_moves',
	{
		/** The order in which they were entered. */
		id: bigint('id', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
		programmeId: uuid('programme_id'),
		envelopeId: uuid('envelope_id'),
		endsOnBefore: date('ends_on_before').$type<Day>().notNull(),
		endsOnAfter: date('ends_on_after').$type<Day>().notNull(),
		/** Of a programme: what was hoped for, before and after. */
		horizonEndsOnBefore: date('horizon_ends_on_before').$type<Day>(),
		horizonCitationIdBefore: uuid('horizon_citation_id_before'),
		horizonEndsOnAfter: date('horizon_ends_on_after').$type<Day>(),
		horizonCitationIdAfter: uuid('horizon_citation_id_after'),
		deliberationId: uuid('deliberation_id').notNull(),
		/** The day of the sitting. */
		effectiveOn: date('effective_on').$type<Day>().notNull(),
		recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
		recordedBy: uuid('recorded_by').notNull()
	},
	(table) => [
		primaryKey({ name: 'last_day_moves_pkey', columns: [table.id] }),
		foreignKey({
			name: 'last_day_moves_programme_fk',
			columns: [table.programmeId],
			foreignColumns: [programmes.id]
		}),
		foreignKey({
			name: 'last_day_moves_envelope_fk',
			columns: [table.envelopeId],
			foreignColumns: [envelopes.id]
		}),
		foreignKey({
			name: 'last_day_moves_citation_before_fk',
			columns: [table.horizonCitationIdBefore],
			foreignColumns: [citations.id]
		}),
		foreignKey({
			name: 'last_day_moves_citation_after_fk',
			columns: [table.horizonCitationIdAfter],
			foreignColumns: [citations.id]
		}),
		foreignKey({
			name: 'last_day_moves_deliberation_fk',
			columns: [table.deliberationId],
			foreignColumns: [deliberations.id]
		}),
		foreignKey({
			name: 'last_day_moves_recorded_by_fk',
			columns: [table.recordedBy],
			foreignColumns: [users.id]
		}),
		check(
			'last_day_moves_of_one',
			sql`(${table.programmeId} is null) <> (${table.envelopeId} is null)`
		),
		check('last_day_moves_later', sql`${table.endsOnAfter} >= ${table.endsOnBefore}`),
		check(
			'last_day_moves_horizon_of_programme',
			sql`${table.programmeId} is not null or coalesce(${table.horizonEndsOnBefore}, ${table.horizonEndsOnAfter}) is null`
		),
		index('last_day_moves_programme_idx').on(table.programmeId),
		index('last_day_moves_envelope_idx').on(table.envelopeId)
	]
);
