import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { openBooks, type Books } from '../../support/books.ts';
import { openDesk } from '../../support/declarations.ts';

/** The ledger and what moves with it: their number of entries is in the version. */
const COUNTED_BY_ENTRIES = [
	'entries',
	'envelope_balances',
	'envelope_counterparties',
	'month_totals'
];

/** Shown on pages that are made anew each time: what is typed, said, attached and mailed. */
const NOT_ON_KEPT_PAGES = [
	'column_matches',
	'declaration_cells',
	'declaration_events',
	'declaration_files',
	'deliberation_publications',
	'import_rows',
	'imports',
	'mail_refusals'
];

/** Shown at the desk, made anew each time; what is shown of them with an act comes with the act. */
const ENTERED_WITH_THEIR_ACT = ['reading_proposals', 'readings'];

/** Written with their declaration, whose change of state is counted. */
const COUNTED_BY_DECLARATIONS = ['declaration_counts', 'declaration_lines'];

/** Seen by administrators and officers on pages that are not kept. */
const NEVER_KEPT = ['audit_events', 'command_receipts', 'mails'];

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
					and t.tgenabled = 'O' and t.tgtype & w.events = w.events
			) as counted
			from pg_class c
			-- 4 insert, 16 update, 8 delete: values are only added, of declarations nothing is deleted.
			cross join lateral (
				select case
					when c.relname in ('last_day_moves', 'observations', 'undertaking_events', 'undertaking_files')
						then 4
					when c.relname = 'declarations' then 20 else 28 end as events
			) w
			where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
				and exists (
					select from pg_attribute a
					where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
						and exists (
							select from unnest(array['tenu_elected', 'tenu_finance', 'tenu_partner', 'tenu_admin']) role
							where has_column_privilege(role, c.oid, a.attnum, 'select')
						)
				)
			order by 1`
		);
		expect(rows.length).toBeGreaterThan(20);
		expect(rows.filter(({ counted }) => !counted).map(({ name }) => name)).toEqual(
			[
				...COUNTED_BY_ENTRIES,
				...COUNTED_BY_DECLARATIONS,
				...ENTERED_WITH_THEIR_ACT,
				...NOT_ON_KEPT_PAGES,
				...NEVER_KEPT
			].sort()
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

	it('moves with every step of a declaration, and stays while one is typed', async () => {
		const desk = await openDesk();
		const ask = async () =>
			(await desk.owner.query<{ version: string }>('select books_version() as version')).rows[0]
				?.version;
		const aids = await desk.envelope({ label: 'Aides', promised: '100,00', measures: ['Prêts'] });
		const versions = [await ask()];
		const id = await aids.type('2022-01-01', 'Prêts: 1,00');
		const begun = await ask();
		await aids.write(id, 'Prêts: 2,00');
		expect(await ask()).toBe(begun);
		versions.push(begun);
		await submitDeclaration(desk.people.declarant, randomUUID(), id);
		versions.push(await ask());
		await desk.giveBack(id);
		versions.push(await ask());
		await desk.close();
		expect(new Set(versions).size).toBe(4);
	});

	it('is counted in sixteen rows, of which each connection moves its own', async () => {
		const { rows } = await books.owner.query<{ rows: number; own: string }>(
			`select count(*)::int as rows,
				(select revision from content_revision where id = pg_backend_pid() % 16)::text as own
			from content_revision`
		);
		expect(rows[0]?.rows).toBe(16);
		await books.owner.query("update settings set authority_name = 'Métropole'");
		const { rows: after } = await books.owner.query<{ own: string }>(
			'select revision::text as own from content_revision where id = pg_backend_pid() % 16'
		);
		expect(Number(after[0]?.own)).toBe(Number(rows[0]?.own) + 1);
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
