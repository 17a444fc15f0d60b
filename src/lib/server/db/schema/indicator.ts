import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	foreignKey,
	integer,
	pgTable,
	text,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import { envelopes, measures } from './envelope.ts';
import { programmes } from './programme.ts';

/** Something that is counted or summed to see whether a promise is kept. */
export const indicators = pgTable(
	'indicators',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		programmeId: uuid('programme_id').notNull(),
		/** The envelope it belongs to; without one it speaks of the whole programme. */
		envelopeId: uuid('envelope_id'),
		measureId: uuid('measure_id'),
		position: integer('position').notNull(),
		label: text('label').notNull(),
		unit: text('unit', {
			enum: ['euros', 'aids', 'households', 'dwellings', 'percent']
		}).notNull(),
		/** Part of another count (households already inside a headline): never added to the others. */
		included: boolean('included').notNull().default(false)
	},
	(table) => [
		unique('indicators_position_key').on(table.programmeId, table.position),
		foreignKey({
			name: 'indicators_programme_fk',
			columns: [table.programmeId],
			foreignColumns: [programmes.id]
		}),
		foreignKey({
			name: 'indicators_envelope_fk',
			columns: [table.envelopeId, table.programmeId],
			foreignColumns: [envelopes.id, envelopes.programmeId]
		}),
		foreignKey({
			name: 'indicators_measure_fk',
			columns: [table.measureId, table.envelopeId],
			foreignColumns: [measures.id, measures.envelopeId]
		}),
		check(
			'indicators_unit_known',
			sql`${table.unit} in ('euros', 'aids', 'households', 'dwellings', 'percent')`
		)
	]
);
