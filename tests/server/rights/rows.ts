import { createHash, randomUUID } from 'node:crypto';
import { getTableName, is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import * as schema from '#lib/server/db/schema/index.ts';
import type { World } from '../../support/world.ts';
import type { Asker, Outcome, Prober } from './probe.ts';

/**
 * own: of the partner's organisation. foreign: of another. unvalidated: of the partner's
 * organisation, in a programme that finance has not validated. unconfirmed: own and validated, but
 * the operation is not confirmed and the observation provisional.
 */
export const WORLDS = ['own', 'foreign', 'unvalidated', 'unconfirmed'] as const;
export type WorldName = (typeof WORLDS)[number];

const READING: Record<string, readonly WorldName[]> = {
	all: WORLDS,
	own: ['own', 'unconfirmed'],
	validated: ['own', 'foreign', 'unconfirmed'],
	confirmed: ['own', 'foreign'],
	mine: ['own', 'unvalidated', 'unconfirmed'],
	none: [],
	self: []
};

export const ASKERS = ['finance', 'partner', 'elected', 'admin', 'door', 'clock', 'login'] as const;
export type AskerName = (typeof ASKERS)[number];

/** In whose name a row is, by table. */
const NAME_COLUMNS: Record<string, string> = {
	entries: 'recorded_by',
	last_day_moves: 'recorded_by',
	observations: 'recorded_by',
	audit_events: 'actor_id',
	command_receipts: 'actor_id',
	declaration_duties: 'set_by',
	declarations: 'created_by',
	declaration_cells: 'updated_by',
	declaration_files: 'uploaded_by',
	declaration_events: 'actor_id',
	imports: 'created_by',
	column_matches: 'updated_by',
	mail_refusals: 'user_id',
	deliberations: 'entered_by',
	deliberation_publications: 'updated_by',
	readings: 'created_by',
	reading_proposals: 'decided_by',
	undertaking_events: 'actor_id'
};

const NEW_ACT = 'Un acte neuf : 1 000 € sont promis.';

/** What a new row needs besides a new key: what is still free, or can still be changed. */
const FRESH: Record<string, (world: World) => Record<string, string | number>> = {
	organisations: () => ({ name: 'Un bailleur neuf' }),
	operations: () => ({ name: 'Une résidence neuve' }),
	declarations: () => ({ period_starts_on: '2021-07-01', period_ends_on: '2021-09-30' }),
	declaration_cells: ({ draftId }) => ({ declaration_id: draftId }),
	imports: ({ draftId }) => ({ declaration_id: draftId }),
	import_rows: ({ importId }) => ({ import_id: importId, line_number: 2 }),
	declaration_duties: ({ envelopeId }) => ({ envelope_id: envelopeId }),
	column_matches: ({ organisationId }) => ({ organisation_id: organisationId }),
	mails: () => ({ cause: 'event:neuf' }),
	deliberations: () => ({
		slug: 'acte-neuf',
		text: NEW_ACT,
		text_digest: createHash('sha256').update(NEW_ACT).digest('hex')
	}),
	deliberation_publications: ({ otherDeliberationId }) => ({
		deliberation_id: otherDeliberationId
	}),
	citations: () => ({ start_offset: 0 }),
	communes: () => ({ code: '2A004' }),
	decisions: () => ({ position: 2 }),
	districts: () => ({ name: 'Un quartier neuf' }),
	envelopes: () => ({ position: 2 }),
	indicators: () => ({ position: 2 }),
	instalments: () => ({ due_on: '2021-12-31' }),
	measures: () => ({ position: 2 }),
	programme_districts: ({ programmeId, otherDistrictId }) => ({
		programme_id: programmeId,
		district_id: otherDistrictId
	}),
	programmes: () => ({ slug: 'programme-neuf' }),
	undertakings: () => ({ position: 2 })
};

/** Tables in which the row of this test is the only one: a second is refused by its key, where the rights let it through. */
const TAKEN: readonly string[] = ['declaration_duties', 'mail_progress'];

/** The two tables that people read: what each may do, and the columns that are kept from them. */
export type RightsTable = { rights: Record<string, string>[]; columns: Record<string, string>[] };

/** What is tried, by whom and on which rows. */
export type Trial = {
	superuser: pg.Client;
	prober: Prober;
	askers: Record<AskerName, Asker>;
	worlds: Record<WorldName, World>;
	table: RightsTable;
};

/** Tries to read, add, change and delete rows of a table: what was seen or changed, by world. */
export async function tryRows(
	trial: Trial,
	table: string,
	name: AskerName
): Promise<Record<string, unknown>> {
	return {
		select: await seen(trial, table, name),
		insert: await added(trial, table, name),
		update: await changed(trial, table, name),
		delete: await deleted(trial, table, name)
	};
}

/** The same as the table of rights promises it. */
export function promisedRows(
	{ rights, columns }: RightsTable,
	table: string,
	name: AskerName
): Record<string, unknown> {
	const right = rights.find((line) => line['table'] === table)?.[name] ?? '';
	return {
		select: promisedToSee(table, right),
		insert: promisedToAdd(table, right),
		update: promisedToChange(columns, table, name, right),
		delete: Object.fromEntries(
			WORLDS.map((world) => [world, right.includes('×') ? Number(isSeen(right, world)) : 'denied'])
		)
	};
}

export function idOf(asker: Asker): string {
	return typeof asker === 'string' ? '' : asker.id;
}

/** For each world, how many of its rows are seen; the rest of the table is counted where it is one's own. */
async function seen(
	{ prober, askers, worlds, table: { rights } }: Trial,
	table: string,
	name: AskerName
): Promise<Record<string, Outcome>> {
	const asker = askers[name];
	const outcomes: Record<string, Outcome> = {};
	for (const world of WORLDS) {
		const [key = ''] = (worlds[world].rows[table] ?? '').split(' ');
		const statement = `select ${key} from ${table} where ${worlds[world].rows[table]}`;
		outcomes[world] = await prober.ask(asker, statement);
	}
	if (rights.find((line) => line['table'] === table)?.[name]?.startsWith('self')) {
		const own = `id = '${idOf(asker)}'`;
		outcomes['others'] = await prober.ask(asker, `select id from ${table} where not (${own})`);
		outcomes['self'] = await prober.ask(asker, `select id from ${table} where ${own}`);
	}
	return outcomes;
}

const isSeen = (right: string, world: WorldName): boolean =>
	READING[right.split(' ')[0] ?? '']?.includes(world) ?? false;

function promisedToSee(table: string, right: string): Record<string, Outcome> {
	const word = right.split(' ')[0] ?? '';
	const reading = READING[word];
	const rowsOf = (world: WorldName) =>
		// A world has one row a table; a month total, one for the envelope and one for the measure.
		reading?.includes(world) ? (table === 'month_totals' ? 2 : 1) : 0;
	return {
		...Object.fromEntries(WORLDS.map((world) => [world, reading ? rowsOf(world) : 'denied'])),
		...(word === 'self' ? { others: 0, self: 1 } : {})
	};
}

/** Adds a copy of a row with a new key: in one's own name, and in the name of another. */
async function added(
	trial: Trial,
	table: string,
	name: AskerName
): Promise<Record<string, Outcome>> {
	const { prober, askers, worlds } = trial;
	const column = NAME_COLUMNS[table];
	const inTheNameOf = async (id: string) =>
		prober.ask(
			askers[name],
			await copyOf(trial, table, name, column && id ? { [column]: id } : {})
		);
	return {
		inOwnName: await inTheNameOf(idOf(askers[name])),
		inAnotherName: await inTheNameOf(worlds.foreign.financeId)
	};
}

function promisedToAdd(table: string, right: string): Record<string, Outcome> {
	const added = TAKEN.includes(table) ? 'taken' : 1;
	if (right.includes('++')) return { inOwnName: added, inAnotherName: added };
	if (right.includes('+')) return { inOwnName: added, inAnotherName: 'denied' };
	return { inOwnName: 'denied', inAnotherName: 'denied' };
}

async function copyOf(
	{ superuser, worlds, table: { columns: keptColumns } }: Trial,
	table: string,
	name: AskerName,
	changes: Record<string, string>
): Promise<string> {
	const { rows } = await superuser.query<{ row: Record<string, unknown> }>(
		`select to_jsonb(t) as row from ${table} t where ${worlds.own.rows[table]} limit 1`
	);
	const row = { ...rows[0]?.row };
	const config = getTableConfig(tableOf(table));
	const keys = [
		...config.columns.filter(({ primary }) => primary),
		...config.primaryKeys.flatMap(({ columns }) => columns)
	];
	for (const { name: key, columnType } of keys) {
		if (columnType === 'PgUUID') row[key] = randomUUID();
		else if (columnType === 'PgText') row[key] = randomUUID().slice(0, 5).toUpperCase();
	}
	Object.assign(row, FRESH[table]?.(worlds.own), changes);
	// What nobody may give is left out, so that a refusal is never only about that.
	const kept = keptFrom(keptColumns, table, name, 'insert');
	const columns = config.columns
		.filter(
			(column) => !column.generated && !column.generatedIdentity && !kept.includes(column.name)
		)
		.map((column) => column.name);
	const literal = pg.escapeLiteral(JSON.stringify(row));
	return `insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')})
		select ${columns.map((column) => `"${column}"`).join(', ')}
		from jsonb_populate_record(null::${table}, ${literal})`;
}

/** Changes each column of a row to what it is, and then, where that is allowed, of each world's row. */
async function changed(
	{ prober, askers, worlds, table: { rights } }: Trial,
	table: string,
	name: AskerName
): Promise<Record<string, Outcome>> {
	const outcomes: Record<string, Outcome> = {};
	if (rights.find((line) => line['table'] === table)?.[name]?.includes('→')) return outcomes;
	for (const { name: column, generated, generatedIdentity } of getTableConfig(tableOf(table))
		.columns) {
		if (generated || generatedIdentity) continue;
		const value = column === 'deactivated_at' ? 'now()' : `"${column}"`;
		const change = (where: string) => `update ${table} set "${column}" = ${value} where ${where}`;
		const first = await prober.ask(askers[name], change(worlds.own.rows[table] ?? ''));
		if (first === 'denied') continue;
		for (const world of WORLDS) {
			const outcome = await prober.ask(askers[name], change(worlds[world].rows[table] ?? ''));
			outcomes[`${column} of ${world}`] = outcome;
		}
	}
	return outcomes;
}

function promisedToChange(
	keptColumns: Record<string, string>[],
	table: string,
	name: AskerName,
	right: string
): Record<string, Outcome> {
	if (!/[~≈]/.test(right)) return {};
	// In one's own name only: another officer wrote the row of the other organisation.
	const outcomeIn = (world: WorldName): Outcome =>
		right.includes('≈') && world === 'foreign' ? 'denied' : Number(isSeen(right, world));
	const kept = keptFrom(keptColumns, table, name, 'update');
	const columns = getTableConfig(tableOf(table)).columns.map((column) => column.name);
	return Object.fromEntries(
		columns
			.filter((column) => !kept.includes(column))
			.flatMap((column) => WORLDS.map((world) => [`${column} of ${world}`, outcomeIn(world)]))
	);
}

async function deleted(
	{ prober, askers, worlds }: Trial,
	table: string,
	name: AskerName
): Promise<Record<string, Outcome>> {
	const outcomes: Record<string, Outcome> = {};
	for (const world of WORLDS) {
		outcomes[world] = await prober.ask(
			askers[name],
			`delete from ${table} where ${worlds[world].rows[table]}`
		);
	}
	return outcomes;
}

const keptFrom = (
	columns: Record<string, string>[],
	table: string,
	name: AskerName,
	right: string
): string[] =>
	columns
		.filter((line) => line['table'] === table && line['who'] === name && line['right'] === right)
		.flatMap((line) => line['all but']?.split(', ') ?? []);

function tableOf(name: string): PgTable {
	const found = Object.values(schema).find(
		(value) => is(value, PgTable) && getTableName(value) === name
	);
	if (!found) throw new Error(`no such table: ${name}`);
	return found as PgTable;
}
