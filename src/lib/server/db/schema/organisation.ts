import { sql } from 'drizzle-orm';
import { boolean, check, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';

/** Who promises, pays, builds or receives: the authority, funders, landlords, operators. */
export const organisations = pgTable(
	'organisations',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		name: text('name').notNull(),
		kind: text('kind', {
			enum: ['authority', 'state', 'funder', 'landlord', 'operator', 'association']
		}).notNull(),
		siren: text('siren'),
		fictitious: boolean('fictitious').notNull().default(false)
	},
	(table) => [
		unique('organisations_name_key').on(table.name),
		check(
			'organisations_kind_known',
			sql`${table.kind} in ('authority', 'state', 'funder', 'landlord', 'operator', 'association')`
		),
		check('organisations_siren_shape', sql`${table.siren} ~ '^[0-9]{9}$'`)
	]
);

/** A commune by its INSEE code. */
export const communes = pgTable(
	'communes',
	{
		code: text('code').notNull(),
		name: text('name').notNull()
	},
	(table) => [
		primaryKey({ name: 'communes_pkey', columns: [table.code] }),
		check('communes_code_shape', sql`${table.code} ~ '^[0-9AB]{5}$'`)
	]
);
