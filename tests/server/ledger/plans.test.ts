import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { openBooks, type Books, type Ledger } from '../../support/books.ts';

let books: Books;
let ledger: Ledger;

beforeAll(async () => {
	books = await openBooks();
	ledger = await books.open({ Aides: 'off_budget', Autres: 'off_budget' }, { Aides: ['Prêts'] });
	// Only what is safely on disk is taken as seen by all, and then the index is enough.
	await books.owner.query('set synchronous_commit = on');
	await books.owner.query(
		`insert into entries (envelope_id, measure_id, kind, amount_cents, effective_on, fiscal_year, label, recorded_by)
		select $1, $2, 'commitment', g, date '2021-01-01' + g % 365, 2021, 'Écriture ' || g, $3
		from generate_series(1, 20000) g`,
		[ledger.id('Aides'), ledger.measureId('Prêts'), books.finance.actor.id]
	);
	await books.owner.query('vacuum analyze');
});
afterAll(() => books.close());

/** The pages of 8 kB that a finance officer's question touches. */
async function pagesTouched(question: ReturnType<typeof sql>): Promise<number> {
	const { rows } = await inTransaction(books.finance, async (tx) => {
		await tx.execute(question); // The first time reads the catalogue too.
		return tx.execute<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
			sql`explain (analyze, buffers, format json) ${question}`
		);
	});
	const plan = rows[0]?.['QUERY PLAN'][0]?.Plan ?? {};
	return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
}

describe('in a ledger of 20 000 entries', () => {
	it('totals as of the end of a month touch no entry', async () => {
		const question = sql`select sum(amount_cents) from month_amounts('2021-06-30', null)`;
		expect(await pagesTouched(question)).toBeLessThan(30);
	});

	it('totals as of any day touch the index of the month alone', async () => {
		const question = sql`select sum(amount_cents) from month_amounts('2021-06-17', null)`;
		// 1 600 entries of the month, for the envelope and again for its measure.
		expect(await pagesTouched(question)).toBeLessThan(100);
	});

	it('the last page of fifty costs what the first does', async () => {
		const page = (after: string) => sql`
			select id, label from entries
			where envelope_id = ${ledger.id('Aides')} and (effective_on, id) < (${after}::date, 0)
			order by effective_on desc, id desc limit 50`;
		const [first, last] = [
			await pagesTouched(page('2022-01-01')),
			await pagesTouched(page('2021-01-03'))
		];
		expect(first).toBeLessThan(200);
		expect(last).toBeLessThan(200);
	});
});
