import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REQUEST_ROLES } from '#lib/server/db/roles.ts';
import { openBooks, type Books } from '../../support/books.ts';

/** What was written once and for all, with its key and a column that somebody may want to change. */
const APPEND_ONLY = [
	['audit_events', 'id', 'action'],
	['citations', 'id', 'quote'],
	['command_receipts', 'key', 'command'],
	['decisions', 'id', 'quote'],
	['declaration_counts', 'id', 'number'],
	['declaration_events', 'id', 'text'],
	['declaration_lines', 'id', 'comment'],
	['deliberations', 'id', 'text'],
	['entries', 'id', 'label'],
	['last_day_moves', 'id', 'ends_on_after'],
	['observations', 'id', 'kind'],
	['undertaking_events', 'id', 'text'],
	['undertaking_files', 'id', 'name']
] as const;

let books: Books;
let superuser: pg.Client;

beforeAll(async () => {
	books = await openBooks();
	superuser = new pg.Client(books.database.superuser);
	await superuser.connect();
	const ledger = await books.open({ Aides: 'off_budget' });
	await ledger.post(`
		day        | envelope | kind       | amount
		2020-12-17 | Aides    | allocation | 15 000,00
	`);
});
afterAll(async () => {
	await superuser.end();
	await books.close();
});

describe.each(APPEND_ONLY)('%s is append-only', (name, key, column) => {
	const changes = [
		['update', `update ${name} set ${column} = ${column}`],
		['delete', `delete from ${name}`],
		['truncate', `truncate ${name} cascade`]
	] as const;

	it.each(changes)('refuses the owner %s, in words', async (_, statement) => {
		const refused = await refusalOf(books.owner, statement);
		expect(refused).toMatchObject({ code: '23001' });
		expect(refused?.constraint).toMatch(/_append_only$/);
	});

	it.each(changes)('refuses the administrator of the server %s', async (_, statement) => {
		expect(await refusalOf(superuser, statement)).toMatchObject({ code: '23001' });
	});

	it.each(changes)('refuses every request role %s, by grant', async (_, statement) => {
		for (const role of REQUEST_ROLES) {
			expect(await refusalOf(superuser, statement, role), role).toMatchObject({ code: '42501' });
		}
	});

	it('refuses a change that hides in an insert or a merge', async () => {
		const statements = [
			`insert into ${name} overriding system value select * from ${name}
				on conflict (${key}) do update set ${column} = excluded.${column}`,
			`merge into ${name} t using ${name} s on s.${key} = t.${key} when matched then delete`
		];
		for (const statement of statements) {
			expect(await refusalOf(superuser, statement)).toMatchObject({ code: '23001' });
		}
	});
});

it('covers every table that has the trigger, and every such table has all three events', async () => {
	const { rows } = await superuser.query<{ name: string; events: number; enabled: string }>(
		`select c.relname as name, t.tgtype & 60 as events, t.tgenabled as enabled
		from pg_trigger t join pg_class c on c.oid = t.tgrelid
		where t.tgname = 'append_only' order by c.relname`
	);
	expect(rows.map(({ name }) => name)).toEqual(APPEND_ONLY.map(([name]) => name));
	// 8 delete, 16 update, 32 truncate.
	for (const row of rows) expect(row).toMatchObject({ events: 56, enabled: 'O' });
});

/** The error of a statement in a transaction that is rolled back, or null where it went through. */
async function refusalOf(
	client: pg.Client,
	statement: string,
	role?: string
): Promise<pg.DatabaseError | null> {
	await client.query('begin');
	try {
		if (role) await client.query(`set local role ${role}`);
		await client.query(statement);
		return null;
	} catch (error) {
		return error as pg.DatabaseError;
	} finally {
		await client.query('rollback');
	}
}
