import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { cents } from '#lib/domain/money.ts';
import { recordEntries } from '#lib/server/ledger/record-entries.ts';
import { openBooks, type Books } from '../../support/books.ts';

const CLIENTS = 32;
const SEEDS = Array.from({ length: 20 }, (_, seed) => seed + 1);
const PROMISED_CENTS = 1_000_000;

let books: Books;
beforeAll(async () => {
	books = await openBooks({ poolSize: CLIENTS });
});
afterAll(() => books.close());

describe('32 clients against the limit of one envelope', () => {
	it('overspend 0 cents in 20 runs, and are refused only what no longer fits', async () => {
		let refusals = 0;
		for (const seed of SEEDS) {
			const ledger = await books.open({ [`Aides ${seed}`]: 'off_budget' });
			const envelopeId = ledger.id(`Aides ${seed}`);
			await ledger.post(`
				day        | envelope     | kind       | amount
				2020-12-17 | Aides ${seed} | allocation | 10 000,00
			`);
			const [allocation] = await ledger.lines(`
				day        | envelope     | kind         | amount
				2021-01-01 | Aides ${seed} | disbursement | 1,00
			`);
			if (!allocation) throw new Error('one line');
			const spent: number[] = [];
			const refused: number[] = [];
			await Promise.all(
				amountsOf(seed).map(async (amounts) => {
					for (const amount of amounts) {
						try {
							const line = { ...allocation, amountCents: cents(amount) };
							await recordEntries(books.finance, randomUUID(), [line]);
							spent.push(amount);
						} catch (error) {
							if (!(error instanceof Refusal)) throw error;
							refused.push(amount);
						}
					}
				})
			);
			const disbursed = await readDisbursed(envelopeId);
			expect(disbursed).toBe(spent.reduce((sum, amount) => sum + amount, 0));
			expect(disbursed).toBeLessThanOrEqual(PROMISED_CENTS);
			// What is left only shrinks: whatever was refused would not fit now either.
			for (const amount of refused) expect(amount).toBeGreaterThan(PROMISED_CENTS - disbursed);
			refusals += refused.length;
		}
		expect(refusals).toBeGreaterThan(SEEDS.length);
	}, 120_000);

	it('overspend where the limit is read first and the line added after: the negative control', async () => {
		await books.owner.query('create table careless (run int, amount int)');
		const clients = Array.from({ length: CLIENTS }, () => new pg.Client(books.database.owner));
		await Promise.all(clients.map((client) => client.connect()));
		let overspent = 0;
		for (const seed of SEEDS) {
			await Promise.all(
				amountsOf(seed).map(async (amounts, index) => {
					const client = clients[index];
					for (const amount of amounts) await checkThenInsert(client, seed, amount);
				})
			);
			const { rows } = await books.owner.query<{ total: number }>(
				'select sum(amount)::int as total from careless where run = $1',
				[seed]
			);
			if ((rows[0]?.total ?? 0) > PROMISED_CENTS) overspent += 1;
		}
		await Promise.all(clients.map((client) => client.end()));
		expect(overspent).toBeGreaterThan(0);
	}, 120_000);
});

/** For each client, the amounts it tries to disburse: together about one and a half times the limit. */
function amountsOf(seed: number): number[][] {
	let state = seed * 2_654_435_761;
	const random = () => {
		state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
		return state / 2 ** 32;
	};
	return Array.from({ length: CLIENTS }, () =>
		Array.from({ length: 3 }, () => 1 + Math.floor(random() * 31_000))
	);
}

async function readDisbursed(envelopeId: string): Promise<number> {
	const { rows } = await books.owner.query<{ counter: string; ledger: string }>(
		`select b.disbursed_cents as counter,
			(select sum(amount_cents) from entries e where e.envelope_id = b.envelope_id and kind = 'disbursement') as ledger
		from envelope_balances b where envelope_id = $1`,
		[envelopeId]
	);
	expect(rows[0]?.counter).toBe(rows[0]?.ledger);
	return Number(rows[0]?.ledger);
}

async function checkThenInsert(client: pg.Client | undefined, run: number, amount: number) {
	await client?.query('begin');
	const found = await client?.query<{ total: number }>(
		'select coalesce(sum(amount), 0)::int as total from careless where run = $1',
		[run]
	);
	if ((found?.rows[0]?.total ?? 0) + amount <= PROMISED_CENTS) {
		await client?.query('insert into careless values ($1, $2)', [run, amount]);
	}
	await client?.query('commit');
}
