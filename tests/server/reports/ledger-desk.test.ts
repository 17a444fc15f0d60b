import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEntryDesk, readEntryToReverse } from '#lib/server/reports/entry-desk.ts';
import { openBooks, type Books } from '../../support/books.ts';

let books: Books;
beforeAll(async () => {
	books = await openBooks();
});
afterAll(() => books.close());

it('shows finance where the envelope stands today, and what an entry is chosen from', async () => {
	const ledger = await books.open({ Aides: 'off_budget' }, { Aides: ['Prêts', 'Dons'] });
	await ledger.post(`
		day        | envelope | kind         | amount
		2020-12-17 | Aides    | allocation   | 10 000,00
		2021-06-30 | Aides    | disbursement |  8 000,00`);
	const desk = await readEntryDesk(books.finance, ledger.id('Aides'));
	expect(desk?.situation.leftToDisburseCents).toBe(200_000n);
	expect(desk?.today).toBe('2022-06-30');
	expect(desk?.measures.map(({ name }) => name)).toEqual(['Prêts', 'Dons']);
	expect(desk?.organisations.map(({ name }) => name)).toEqual(['Métropole']);
	expect(await readEntryDesk(books.finance, randomUUID())).toBeNull();
	expect(await readEntryDesk(books.finance, 'aides')).toBeNull();
});

it('offers no closed year', async () => {
	const ledger = await books.open({ Aides: 'off_budget' });
	const { owner, finance } = books;
	await owner.query('insert into fiscal_years values (2021, now(), $1)', [finance.actor.id]);
	const desk = await readEntryDesk(finance, ledger.id('Aides'));
	expect(desk?.years).toEqual([2022, 2020]);
	await owner.query('delete from fiscal_years');
});

it('finds the entry to reverse in its own ledger and nowhere else', async () => {
	const ledger = await books.open({ Aides: 'off_budget', Autres: 'off_budget' });
	await ledger.post(`
		day        | envelope | kind         | amount
		2020-12-17 | Aides    | allocation   | 10 000,00
		2020-12-17 | Autres   | allocation   | 10 000,00
		2021-06-30 | Aides    | disbursement |  8 000,00`);
	const first = await ledger.entryId(1);
	const other = await ledger.entryId(2);
	const last = await ledger.entryId(3);
	const find = (envelope: string, id: unknown) =>
		readEntryToReverse(books.finance, ledger.id(envelope), String(id));
	expect((await find('Aides', first))?.entry.id).toBe(first);
	expect((await find('Aides', last))?.entry.label).toBe('Écriture');
	expect(await find('Aides', other)).toBeNull();
	expect(await find('Autres', last)).toBeNull();
	for (const nonsense of ['0', '-1', '1e3', '99999999999999999999', 'x']) {
		expect(await find('Aides', nonsense)).toBeNull();
	}
});
