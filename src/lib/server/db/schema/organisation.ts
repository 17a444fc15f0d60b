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
		/** Its establishment, which the publication of acts names. */
		siret: text('siret'),
		fictitious: boolean('fictitious').notNull().default(false)
	},
	(table) => [
		unique('organisations_name_key').on(table.name),
		check(
			'organisations_kind_known',
			sql`${table.kind} in ('authority', 'state', 'funder', 'landlord', 'operator', 'association')`
		),
		check('organisations_siren_shape', sql`${table.siren} ~ '^[0-9]{9}$'`),
		check('organisations_siret_shape', sql`${table.siret} ~ '^[0-9]{14}$'`),
		check(
			'organisations_siret_of_siren',
			sql`${table.siren} is null or left(${table.siret}, 9) = ${table.siren}`
		)
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
