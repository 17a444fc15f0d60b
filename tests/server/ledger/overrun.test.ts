import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordEntries } from '#lib/server/ledger/record-entries.ts';
import { openBooks, type Books, type Ledger } from '../../support/books.ts';
import { table } from '../../support/table.ts';

let books: Books;
beforeAll(async () => {
	books = await openBooks();
});
afterAll(() => books.close());

const REFUSED = 'Le versé dépasserait le promis de cette enveloppe';

async function openLedger(promised: string): Promise<Ledger> {
	const ledger = await books.open({ Aides: 'off_budget' });
	await ledger.post(`
		day        | envelope | kind       | amount
		2020-12-17 | Aides    | allocation | ${promised}
	`);
	return ledger;
}

describe('disbursed above promised', () => {
	it('is allowed to the last cent, and refused one cent further without a reason', async () => {
		const ledger = await openLedger('1 000,00');
		await ledger.post(`
			day        | envelope | kind         | amount
			2021-01-31 | Aides    | disbursement | 1 000,00
		`);
		await expect(
			ledger.post(`
				day        | envelope | kind         | amount
				2021-02-01 | Aides    | disbursement | 0,01
			`)
		).rejects.toMatchObject({
			message: expect.stringContaining(REFUSED) as string,
			field: 'overrunReason'
		});
	});

	it('is allowed with a reason, which is kept and shown', async () => {
		const ledger = await openLedger('1 000,00');
		await ledger.post(`
			day        | envelope | kind         | amount   | reason
			2021-01-31 | Aides    | disbursement | 1 000,01 | Régularisation de la dernière tranche
		`);
		expect(await ledger.balances()).toBe(
			table(`
				envelope | promised | committed | received | disbursed | entries | reason
				Aides    | 1 000,00 |      0,00 |     0,00 |  1 000,01 |       2 | Régularisation de la dernière tranche
			`)
		);
	});

	it('needs a new reason for each step further', async () => {
		const ledger = await openLedger('1 000,00');
		await ledger.post(`
			day        | envelope | kind         | amount   | reason
			2021-01-31 | Aides    | disbursement | 1 500,00 | Premier motif
		`);
		await expect(
			ledger.post(`
				day        | envelope | kind         | amount
				2021-02-01 | Aides    | disbursement | 0,01
			`)
		).rejects.toThrow(REFUSED);
		await ledger.post(`
			day        | envelope | kind         | amount | reason
			2021-02-01 | Aides    | disbursement | 0,01   | Second motif
		`);
		expect(await ledger.balances()).toContain('1 500,01 | 3 | Second motif');
	});

	it('keeps its reason while coming back, and loses it once under the promised again', async () => {
		const ledger = await openLedger('1 000,00');
		await ledger.post(`
			day        | envelope | kind         | amount   | reason
			2021-01-31 | Aides    | disbursement | 1 200,00 | Avance
			2021-01-31 | Aides    | disbursement |   100,00 | Avance
		`);
		await ledger.post(`
			day        | envelope | kind         | amount  | reverses
			2021-01-31 | Aides    | disbursement | -100,00 | 3
		`);
		expect(await ledger.balances()).toContain('1 200,00 | 4 | Avance');
		await ledger.post(`
			day        | envelope | kind       | amount
			2021-02-15 | Aides    | allocation | 200,00
		`);
		expect(await ledger.balances()).toBe(
			table(`
				envelope | promised | committed | received | disbursed | entries | reason
				Aides    | 1 200,00 |      0,00 |     0,00 |  1 200,00 |       5 |
			`)
		);
		await expect(
			ledger.post(`
				day        | envelope | kind         | amount
				2021-02-16 | Aides    | disbursement | 0,01
			`)
		).rejects.toThrow(REFUSED);
	});

	it('is refused when it comes from an amendment that takes the promise back', async () => {
		const ledger = await openLedger('1 000,00');
		await ledger.post(`
			day        | envelope | kind         | amount
			2021-01-31 | Aides    | disbursement | 800,00
		`);
		await expect(
			ledger.post(`
				day        | envelope | kind       | amount
				2021-03-01 | Aides    | allocation | -200,01
			`)
		).rejects.toThrow(REFUSED);
	});

	it('takes blanks for no reason', async () => {
		const ledger = await openLedger('1,00');
		const [line] = await ledger.lines(`
			day        | envelope | kind         | amount
			2021-01-31 | Aides    | disbursement | 2,00
		`);
		if (!line) throw new Error('one line');
		await expect(
			recordEntries(books.finance, randomUUID(), [{ ...line, overrunReason: '   ' }])
		).rejects.toThrow('Le motif du dépassement ne peut pas être vide');
	});
});

describe('two transactions at the same moment', () => {
	it('cannot slip through: the second waits, sees the first, and is refused', async () => {
		const ledger = await openLedger('1 000,00');
		const [first, second] = [
			new pg.Client(books.database.owner),
			new pg.Client(books.database.owner)
		];
		await Promise.all([first.connect(), second.connect()]);
		try {
			await Promise.all([first.query('begin'), second.query('begin')]);
			await disburse(first, ledger, 60_000);
			const waiting = disburse(second, ledger, 60_000);
			let isSettled = false;
			void waiting.catch(() => {}).finally(() => (isSettled = true));
			await new Promise((resolve) => setTimeout(resolve, 100));
			expect(isSettled).toBe(false);
			await first.query('commit');
			await expect(waiting).rejects.toMatchObject({
				constraint: 'envelope_balances_disbursed_within_promised'
			});
			await second.query('rollback');
		} finally {
			await Promise.all([first.end(), second.end()]);
		}
		expect(await ledger.balances()).toContain('1 000,00 | 0,00 | 0,00 | 600,00 | 2 |');
	});

	it.each(['repeatable read', 'serializable'])(
		'cannot slip through under %s either',
		async (level) => {
			const ledger = await openLedger('1 000,00');
			const [first, second] = [
				new pg.Client(books.database.owner),
				new pg.Client(books.database.owner)
			];
			await Promise.all([first.connect(), second.connect()]);
			try {
				for (const client of [first, second]) {
					await client.query(`begin isolation level ${level}`);
					await client.query('select count(*) from envelope_balances');
				}
				await disburse(first, ledger, 60_000);
				const waiting = disburse(second, ledger, 60_000);
				waiting.catch(() => {});
				await first.query('commit');
				await expect(waiting).rejects.toMatchObject({ code: '40001' });
				await second.query('rollback');
			} finally {
				await Promise.all([first.end(), second.end()]);
			}
			expect(await ledger.balances()).toContain('600,00 | 2 |');
		}
	);
});

const disburse = (client: pg.Client, ledger: Ledger, amountCents: number) =>
	client.query(
		`insert into entries (envelope_id, kind, amount_cents, effective_on, fiscal_year, label, recorded_by)
		values ($1, 'disbursement', $2, '2021-05-05', 2021, 'Versement', $3)`,
		[ledger.id('Aides'), amountCents, books.finance.actor.id]
	);
