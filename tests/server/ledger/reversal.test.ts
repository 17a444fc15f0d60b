import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordEntries } from '#lib/server/ledger/record-entries.ts';
import { reverseEntry } from '#lib/server/ledger/reverse-entry.ts';
import { openBooks, type Books, type Ledger } from '../../support/books.ts';
import { table } from '../../support/table.ts';

let books: Books;
beforeAll(async () => {
	books = await openBooks();
});
afterAll(() => books.close());

/** Promised 10 000 €, disbursed 3 000 € on 30 June under the measure "Prêts" (entry 2). */
async function openLedger(): Promise<Ledger> {
	const ledger = await books.open(
		{ Aides: 'earmarked_revenue', Autres: 'off_budget' },
		{ Aides: ['Prêts', 'Dons'] }
	);
	await ledger.post(`
		day        | envelope | kind         | amount    | measure
		2020-12-17 | Aides    | allocation   | 10 000,00 |
		2021-06-30 | Aides    | disbursement |  3 000,00 | Prêts
	`);
	return ledger;
}

const reverse = async (ledger: Ledger, number: number, reason = 'Erreur de saisie') =>
	reverseEntry(books.finance, randomUUID(), {
		entryId: await ledger.entryId(number),
		fiscalYear: 2021,
		reason
	});

describe('a reversal', () => {
	it('takes an entry back by its equal and opposite, under the same measure and on the same day', async () => {
		const ledger = await openLedger();
		const id = await reverse(ledger, 2);
		expect(id).toBe(await ledger.entryId(3));
		expect(await ledger.journal()).toBe(
			table(`
				n | day        | envelope | measure | kind         | amount    | year | reverses | reason
				1 | 2020-12-17 | Aides    | —       | allocation   | 10 000,00 | 2020 |          |
				2 | 2021-06-30 | Aides    | Prêts   | disbursement |  3 000,00 | 2021 |          |
				3 | 2021-06-30 | Aides    | Prêts   | disbursement | -3 000,00 | 2021 | 2        |
			`)
		);
		expect(await ledger.months()).toBe(
			table(`
				month   | envelope | measure | kind         | amount    | entries
				2020-12 | Aides    | —       | allocation   | 10 000,00 | 1
				2021-06 | Aides    | —       | disbursement |      0,00 | 2
				2021-06 | Aides    | Prêts   | disbursement |      0,00 | 2
			`)
		);
	});

	it('happens once', async () => {
		const ledger = await openLedger();
		await reverse(ledger, 2);
		await expect(reverse(ledger, 2)).rejects.toThrow('déjà été contre-passée');
	});

	it('is answered the same when its form is sent twice', async () => {
		const ledger = await openLedger();
		const [key, entryId] = [randomUUID(), await ledger.entryId(2)];
		const send = () =>
			reverseEntry(books.finance, key, { entryId, fiscalYear: 2021, reason: 'Double envoi' });
		expect(await send()).toBe(await send());
	});

	it('happens once when eight officers do it at the same moment', async () => {
		const ledger = await openLedger();
		const entryId = await ledger.entryId(2);
		const outcomes = await Promise.allSettled(
			Array.from({ length: 8 }, () =>
				reverseEntry(books.finance, randomUUID(), { entryId, fiscalYear: 2021, reason: 'Doublon' })
			)
		);
		const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
		expect(refused).toHaveLength(7);
		for (const { reason } of refused) expect(String(reason)).toMatch(/déjà (été )?contre-passée/);
		expect(await ledger.balances()).toContain('Aides | 10 000,00 | 0,00 | 0,00 | 0,00 | 3');
	});

	it('is never reversed itself', async () => {
		const ledger = await openLedger();
		await reverse(ledger, 2);
		await expect(reverse(ledger, 3)).rejects.toThrow('est elle-même une contre-passation');
	});

	it('needs a reason in words', async () => {
		const ledger = await openLedger();
		await expect(reverse(ledger, 2, '  ')).rejects.toThrow('Dites pourquoi');
	});

	it('of what is not there is not found', async () => {
		await expect(
			reverseEntry(books.finance, randomUUID(), {
				entryId: 999_999_999n,
				fiscalYear: 2021,
				reason: 'x'
			})
		).rejects.toMatchObject({ kind: 'not-found' });
	});

	it('is not for an administrator', async () => {
		const ledger = await openLedger();
		const admin = { ...books.finance, actor: { ...books.finance.actor, role: 'admin' as const } };
		await expect(
			reverseEntry(admin, randomUUID(), {
				entryId: await ledger.entryId(2),
				fiscalYear: 2021,
				reason: 'x'
			})
		).rejects.toMatchObject({ kind: 'forbidden' });
	});

	it('marks fiction as fiction, and keeps the evidence of what it reverses', async () => {
		const ledger = await openLedger();
		await books.owner.query('update settings set demonstration = true');
		try {
			await books.owner.query(
				`insert into entries (envelope_id, kind, amount_cents, effective_on, fiscal_year, label,
					recorded_by, fictitious)
				values ($1, 'receipt', 5000, '2021-07-01', 2021, 'Versement fictif', $2, true)`,
				[ledger.id('Aides'), books.finance.actor.id]
			);
			const id = await reverse(ledger, 3);
			const { rows } = await books.owner.query('select fictitious from entries where id = $1', [
				id
			]);
			expect(rows).toEqual([{ fictitious: true }]);
		} finally {
			await books.owner.query('update settings set demonstration = false');
		}
	});
});

describe('the database refuses a reversal that', () => {
	const message = 'Une contre-passation reprend exactement l’écriture visée';
	it.each([
		['has another amount', '2021-06-30 | Aides  | disbursement | -2 999,99 | Prêts | 2'],
		['has the same sign', ' 2021-06-30 | Aides  | disbursement |  3 000,00 | Prêts | 2'],
		['is of another kind', '2021-06-30 | Aides  | receipt      | -3 000,00 | Prêts | 2'],
		['is in another envelope', '2021-06-30 | Autres | disbursement | -3 000,00 |   | 2'],
		['is under another measure', '2021-06-30 | Aides | disbursement | -3 000,00 | Dons | 2'],
		['drops the measure', '2021-06-30 | Aides  | disbursement | -3 000,00 |       | 2'],
		['comes before it', '  2021-06-29 | Aides  | disbursement | -3 000,00 | Prêts | 2']
	])('%s', async (_, line) => {
		const ledger = await openLedger();
		await expect(
			ledger.post(`
				day | envelope | kind | amount | measure | reverses
				${line}
			`)
		).rejects.toThrow(message);
	});

	it('names an entry that is being written beside it but does not match', async () => {
		const ledger = await openLedger();
		const [first] = await ledger.post(`
			day        | envelope | kind         | amount
			2021-07-01 | Aides    | disbursement | 1,00
		`);
		const next = (first ?? 0n) + 1n;
		const lines = await ledger.lines(`
			day        | envelope | kind         | amount
			2021-07-02 | Aides    | disbursement |  5,00
			2021-07-02 | Aides    | disbursement | -4,00
		`);
		const [correct, wrong] = lines;
		if (!correct || !wrong) throw new Error('two lines');
		await expect(
			recordEntries(books.finance, randomUUID(), [correct, { ...wrong, reversesEntryId: next }])
		).rejects.toThrow(message);
	});
});
