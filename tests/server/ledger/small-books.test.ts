import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBooks, type Books } from '../../support/books.ts';
import { table } from '../../support/table.ts';

let books: Books;
beforeAll(async () => {
	books = await openBooks();
});
afterAll(() => books.close());

describe('small books', () => {
	it('keeps promised, committed, received and disbursed apart, by envelope, measure and month', async () => {
		const ledger = await books.open(
			{ Aides: 'off_budget', État: 'earmarked_revenue' },
			{ Aides: ['Accession', 'Mobilité'] }
		);
		await ledger.post(`
			day        | envelope | kind         | amount    | measure
			2020-12-17 | Aides    | allocation   | 15 000,00 |
			2021-01-10 | Aides    | commitment   |  4 000,00 | Accession
			2021-01-31 | Aides    | disbursement |  1 500,50 | Accession
			2021-02-01 | Aides    | disbursement |    499,50 | Mobilité
			2021-02-28 | Aides    | disbursement |    100,00 |
		`);
		await ledger.post(`
			day        | envelope | kind         | amount
			2021-01-01 | État     | allocation   | 494 000,00
			2021-03-15 | État     | receipt      | 247 000,00
			2021-03-20 | État     | disbursement | 120 000,01
		`);

		expect(await ledger.balances()).toBe(
			table(`
				envelope | promised   | committed | received   | disbursed  | entries | reason
				Aides    |  15 000,00 |  4 000,00 |       0,00 |   2 100,00 |       5 |
				État     | 494 000,00 |      0,00 | 247 000,00 | 120 000,01 |       3 |
			`)
		);
		expect(await ledger.months()).toBe(
			table(`
				month   | envelope | measure   | kind         | amount     | entries
				2020-12 | Aides    | —         | allocation   |  15 000,00 | 1
				2021-01 | Aides    | —         | commitment   |   4 000,00 | 1
				2021-01 | Aides    | —         | disbursement |   1 500,50 | 1
				2021-01 | Aides    | Accession | commitment   |   4 000,00 | 1
				2021-01 | Aides    | Accession | disbursement |   1 500,50 | 1
				2021-01 | État     | —         | allocation   | 494 000,00 | 1
				2021-02 | Aides    | —         | disbursement |     599,50 | 2
				2021-02 | Aides    | Mobilité  | disbursement |     499,50 | 1
				2021-03 | État     | —         | disbursement | 120 000,01 | 1
				2021-03 | État     | —         | receipt      | 247 000,00 | 1
			`)
		);
	});

	it('takes an amendment as an allocation with its sign, and a reversal as the equal and opposite', async () => {
		const ledger = await books.open({ Aides: 'off_budget' }, { Aides: ['Prêts'] });
		await ledger.post(`
			day        | envelope | kind         | amount    | measure | label
			2020-12-17 | Aides    | allocation   | 10 000,00 |         | Convention
			2021-06-30 | Aides    | disbursement |  3 000,00 | Prêts   | Saisie deux fois
			2021-06-30 | Aides    | disbursement |  3 000,00 | Prêts   | Saisie deux fois
			2021-09-30 | Aides    | allocation   | -2 500,00 |         | Avenant nº 1
		`);
		await ledger.post(`
			day        | envelope | kind         | amount    | measure | reverses | label
			2021-06-30 | Aides    | disbursement | -3 000,00 | Prêts   | 3        | Doublon
		`);

		expect(await ledger.journal()).toBe(
			table(`
				n | day        | envelope | measure | kind         | amount    | year | reverses | reason
				1 | 2020-12-17 | Aides    | —       | allocation   | 10 000,00 | 2020 |          |
				2 | 2021-06-30 | Aides    | Prêts   | disbursement |  3 000,00 | 2021 |          |
				3 | 2021-06-30 | Aides    | Prêts   | disbursement |  3 000,00 | 2021 |          |
				4 | 2021-09-30 | Aides    | —       | allocation   | -2 500,00 | 2021 |          |
				5 | 2021-06-30 | Aides    | Prêts   | disbursement | -3 000,00 | 2021 | 3        |
			`)
		);
		expect(await ledger.balances()).toBe(
			table(`
				envelope | promised | committed | received | disbursed | entries | reason
				Aides    | 7 500,00 |      0,00 |     0,00 |  3 000,00 |       5 |
			`)
		);
	});

	it('posts all the lines of a command or none', async () => {
		const ledger = await books.open({ Aides: 'off_budget', Autres: 'off_budget' });
		await expect(
			ledger.post(`
				day        | envelope | kind         | amount
				2021-01-01 | Aides    | allocation   | 100,00
				2021-01-02 | Aides    | disbursement | 100,00
				2021-01-02 | Autres   | disbursement |   0,01
			`)
		).rejects.toThrow('Le versé dépasserait le promis');
		expect(await ledger.journal()).toBe(
			'n | day | envelope | measure | kind | amount | year | reverses | reason'
		);
		expect(await ledger.months()).toBe('month | envelope | measure | kind | amount | entries');
	});

	it('books a late fact in the open year, with its true day', async () => {
		const ledger = await books.open({ Aides: 'off_budget' });
		await ledger.post(`
			day        | envelope | kind       | amount   | year
			2020-12-28 | Aides    | allocation | 1 000,00 | 2021
		`);
		expect(await ledger.journal()).toBe(
			table(`
				n | day        | envelope | measure | kind       | amount   | year | reverses | reason
				1 | 2020-12-28 | Aides    | —       | allocation | 1 000,00 | 2021 |          |
			`)
		);
	});
});
