import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '#lib/server/context.ts';
import { createDatabase, type Database } from '#lib/server/db/client.ts';
import { inTransaction, isPassing } from '#lib/server/db/transaction.ts';
import { openBooks, type Books } from '../../support/books.ts';
import { openProxy, type Proxy } from '../../support/proxy.ts';

/** Longer than any of these transactions may take, shorter than anything that hangs. */
const TOO_LONG_MS = 10_000;
const WORKERS = 16;

let books: Books;
let superuser: pg.Client;
let proxy: Proxy;
let db: Database;

beforeAll(async () => {
	books = await openBooks();
	superuser = new pg.Client(books.database.superuser);
	await superuser.connect();
	await superuser.query(
		`create table markers (marker uuid, part int, person text, backend int, transaction text);
		grant insert, select on markers to tenu_finance;
		grant insert on markers to ${books.database.login.user}`
	);
	proxy = await openProxy(books.database.login);
	db = createDatabase({ connection: proxy.connection, poolSize: 8 });
});
afterAll(async () => {
	await db.close();
	await proxy.close();
	await superuser.end();
	await books.close();
});

type Tally = {
	marker: string;
	person: string;
	outcome: 'done' | 'failed' | 'hung';
	error?: unknown;
};

/** Writes a marker twice and checks that each answer is its own. */
type Writing = (context: Context, marker: string) => Promise<void>;

const mark = (marker: string, part: number) => sql`
	insert into markers
	select ${marker}::uuid, ${part}::int, current_setting('tenu.user_id'), pg_backend_pid(), pg_current_xact_id()::text
	returning marker, part`;

const together: Writing = (context, marker) =>
	inTransaction(context, async (tx) => {
		const [first, second] = await Promise.all([
			tx.execute(mark(marker, 1)),
			tx.execute(mark(marker, 2))
		]);
		expect([first.rows[0], second.rows[0]]).toEqual([
			{ marker, part: 1 },
			{ marker, part: 2 }
		]);
	});

const inTurn: Writing = (context, marker) =>
	inTransaction(context, async (tx) => {
		const first = await tx.execute(mark(marker, 1));
		await wait(Math.random() * 4);
		const second = await tx.execute(mark(marker, 2));
		expect([first.rows[0], second.rows[0]]).toEqual([
			{ marker, part: 1 },
			{ marker, part: 2 }
		]);
	});

const FAULTS: Record<string, () => Promise<number>> = {
	terminated: async () => {
		const { rows } = await superuser.query<{ killed: number }>(
			`with victims as (
				select pid from pg_stat_activity where usename = $1 and datname = $2 order by random() limit 1
			)
			select count(pg_terminate_backend(pid))::int as killed from victims`,
			[books.database.login.user, books.database.name]
		);
		return rows[0]?.killed ?? 0;
	},
	reset: () => Promise.resolve(proxy.cut('reset', 1)),
	closed: () => Promise.resolve(proxy.cut('end', 1))
};

describe.each([
	['terminated', together],
	['terminated', inTurn],
	['reset', together],
	['reset', inTurn],
	['closed', together],
	['closed', inTurn]
] as const)('connections %s under transactions of two statements', (fault, writing) => {
	const manner = writing === together ? 'sent together' : 'sent in turn';

	it(`${manner}: none by halves, none mixed, none hanging, and the process lives`, async () => {
		await superuser.query('truncate markers');
		const { tallies, faults } = await underFire(400, fault, writing);
		const written = await readMarkers();

		expect(tallies.filter(({ outcome }) => outcome === 'hung')).toEqual([]);
		const done = tallies.filter(({ outcome }) => outcome === 'done');
		const failed = tallies.filter(({ outcome }) => outcome === 'failed');
		// The fire was real, and so was the work.
		expect(faults).toBeGreaterThan(20);
		expect(failed.length).toBeGreaterThan(5);
		expect(done.length).toBeGreaterThan(50);

		for (const { marker, person } of done) {
			expect(written.get(marker)).toEqual({ parts: [1, 2], persons: [person], transactions: 1 });
		}
		// What failed may have been committed with its answer lost, but never by halves.
		for (const { marker, person } of failed) {
			const found = written.get(marker);
			if (found) expect(found).toEqual({ parts: [1, 2], persons: [person], transactions: 1 });
		}
		expect(await mixedTransactions()).toBe(0);
		// Each failure says that it is worth trying again.
		expect(failed.filter(({ error }) => !isPassing(error)).map(({ error }) => error)).toEqual([]);
		// And the pool serves as before, once it has seen which of its connections are gone.
		await wait(50);
		for (let turn = 0; turn < 20; turn++) await together({ ...books.finance, db }, randomUUID());
	}, 60_000);
});

it('is a test that statements without a transaction fail', async () => {
	await superuser.query('truncate markers');
	const careless: Writing = async (context, marker) => {
		const client = await context.db.connect();
		try {
			await client.query('insert into markers values ($1, 1)', [marker]);
			await wait(Math.random() * 4);
			await client.query('insert into markers values ($1, 2)', [marker]);
			client.release();
		} catch (error) {
			client.release(true);
			throw error;
		}
	};
	await underFire(400, 'reset', careless);
	const halves = [...(await readMarkers()).values()].filter(({ parts }) => parts.length === 1);
	expect(halves.length).toBeGreaterThan(0);
}, 60_000);

describe('a database that says nothing any more', () => {
	it('is given up after a while, and used again when it is back', async () => {
		const patient = createDatabase({
			connection: proxy.connection,
			poolSize: 2,
			connectTimeoutMs: 500,
			statementTimeoutMs: 400
		});
		const context = { ...books.finance, db: patient };
		try {
			await together(context, randomUUID());
			proxy.freeze(true);
			const tally = await tallied(context, together);
			expect(tally.outcome).toBe('failed');
			expect(isPassing(tally.error)).toBe(true);
			proxy.freeze(false);
			await together(context, randomUUID());
		} finally {
			proxy.freeze(false);
			await patient.close();
		}
	});
});

/** Runs many transactions over few connections while some are cut every few milliseconds. */
async function underFire(
	count: number,
	fault: string,
	writing: Writing
): Promise<{ tallies: Tally[]; faults: number }> {
	const tallies: Tally[] = [];
	let faults = 0;
	let isOver = false;
	const fire = (async () => {
		while (!isOver) {
			await wait(6 + Math.random() * 10);
			faults += (await FAULTS[fault]?.()) ?? 0;
		}
	})();
	await Promise.all(
		Array.from({ length: WORKERS }, async () => {
			while (tallies.length < count || (faults <= 20 && tallies.length < 20 * count)) {
				tallies.push(await tallied({ ...books.finance, db }, writing));
			}
		})
	);
	isOver = true;
	await fire;
	return { tallies, faults };
}

async function tallied(context: Context, writing: Writing): Promise<Tally> {
	const [marker, person] = [randomUUID(), randomUUID()];
	const own = { ...context, actor: { ...context.actor, id: person } };
	const hung = new AbortController();
	const outcome = await Promise.race([
		writing(own, marker).then(
			() => ({ outcome: 'done' as const }),
			(error: unknown) => ({ outcome: 'failed' as const, error })
		),
		wait(TOO_LONG_MS, { outcome: 'hung' as const }, { signal: hung.signal })
	]);
	hung.abort();
	return { marker, person, ...outcome };
}

type Written = { parts: number[]; persons: string[]; transactions: number };

async function readMarkers(): Promise<Map<string, Written>> {
	const { rows } = await superuser.query<Written & { marker: string }>(
		`select marker, array_agg(part order by part) as parts, array_agg(distinct person) as persons,
			count(distinct transaction)::int as transactions
		from markers group by marker`
	);
	return new Map(rows.map(({ marker, ...written }) => [marker, written]));
}

/** Transactions of the database in which more than one marker stands. */
async function mixedTransactions(): Promise<number> {
	const { rowCount } = await superuser.query(
		'select from markers group by transaction having count(distinct marker) > 1'
	);
	return rowCount ?? 0;
}
