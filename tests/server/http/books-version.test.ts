import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBooks, type Books } from '../../support/books.ts';

/** The ledger and what moves with it: their number of entries is in the version. */
const COUNTED_BY_ENTRIES = [
	'entries',
	'envelope_balances',
	'envelope_counterparties',
	'month_totals'
];

let books: Books;

beforeAll(async () => {
	books = await openBooks();
});

afterAll(async () => {
	await books.close();
});

describe('the version under which pages are kept', () => {
	it('moves with every table that a page can show: none may be forgotten', async () => {
		const { rows } = await books.owner.query<{ name: string; counted: boolean }>(
			`select c.relname as name, exists (
				select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'z_count_content_change'
					and t.tgenabled = 'O' and t.tgtype & 28 = 28 -- after insert, update and delete
			) as counted
			from pg_class c
			where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
				and exists (
					select from pg_attribute a
					where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
						and has_column_privilege('tenu_elected', c.oid, a.attnum, 'select')
				)
			order by 1`
		);
		expect(rows.length).toBeGreaterThan(20);
		expect(rows.filter(({ counted }) => !counted).map(({ name }) => name)).toEqual(
			COUNTED_BY_ENTRIES
		);
	});

	it('moves with an entry, even with one that takes another back', async () => {
		const before = await version();
		const ledger = await books.open({ Aides: 'off_budget' });
		const opened = await version();
		await ledger.post(`
			day        | envelope | kind       | amount
			2020-12-17 | Aides    | allocation | 1 000,00
			2021-03-15 | Aides    | commitment |   500,00
		`);
		const posted = await version();
		await ledger.post(`
			day        | envelope | kind       | amount  | | | | reverses
			2021-03-15 | Aides    | commitment | -500,00 | | | | 2
		`);
		expect(new Set([before, opened, posted, await version()]).size).toBe(4);
	});

	it('moves when a person is let in, and when they are given another role', async () => {
		const before = await version();
		await books.owner.query(
			`insert into users (email, name, role, password_hash) values ('e@example.org', 'E', 'elected', '-')`
		);
		const joined = await version();
		await books.owner.query(`update users set role = 'admin' where email = 'e@example.org'`);
		expect(new Set([before, joined, await version()]).size).toBe(3);
	});

	it('stays while people only come, look and go', async () => {
		const before = await version();
		const person = books.finance.actor.id;
		await books.owner.query(
			`insert into sessions (id, user_id, expires_at) values ('digest', $1, now())`,
			[person]
		);
		await books.owner.query(
			`insert into audit_events (actor_id, action, subject_type) values ($1, 'sign_in', 'user')`,
			[person]
		);
		await books.owner.query('delete from sessions');
		expect(await version()).toBe(before);
	});
});

async function version(): Promise<string> {
	const { rows } = await books.owner.query<{ version: string }>(
		'select books_version() as version'
	);
	return rows[0]?.version ?? '';
}
