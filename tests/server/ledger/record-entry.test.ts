import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import { recordEntry, type TypedEntry } from '#lib/server/ledger/record-entry.ts';
import { openBooks, type Books, type Ledger } from '../../support/books.ts';
import { table } from '../../support/table.ts';

let books: Books;
beforeAll(async () => {
	books = await openBooks();
});
afterAll(() => books.close());

/** Promised 10 000 €, disbursed 8 000 €; today is 30 June 2022. */
async function openLedger(): Promise<Ledger> {
	const ledger = await books.open({ Aides: 'off_budget' }, { Aides: ['Prêts'] });
	await ledger.post(`
		day        | envelope | kind         | amount
		2020-12-17 | Aides    | allocation   | 10 000,00
		2021-06-30 | Aides    | disbursement |  8 000,00`);
	return ledger;
}

const typed = (ledger: Ledger, changes: Partial<TypedEntry> = {}): TypedEntry => ({
	envelopeId: ledger.id('Aides'),
	kind: 'disbursement',
	amountCents: cents(150_000n),
	effectiveOn: day('2022-06-30'),
	fiscalYear: null,
	label: 'Aides du trimestre',
	measureId: ledger.measureId('Prêts'),
	operationId: null,
	counterpartyId: null,
	overrunReason: null,
	...changes
});

const record = (entry: TypedEntry, key = randomUUID()) => recordEntry(books.finance, key, entry);

it('writes an entry in the year of the fact, once whatever the number of times it is sent', async () => {
	const ledger = await openLedger();
	const key = randomUUID();
	const id = await record(typed(ledger), key);
	expect(await record(typed(ledger), key)).toBe(id);
	expect(await ledger.journal()).toBe(
		table(`
			n | day        | envelope | measure | kind         | amount    | year | reverses | reason
			1 | 2020-12-17 | Aides    | —       | allocation   | 10 000,00 | 2020 |          |
			2 | 2021-06-30 | Aides    | —       | disbursement |  8 000,00 | 2021 |          |
			3 | 2022-06-30 | Aides    | Prêts   | disbursement |  1 500,00 | 2022 |          |
		`)
	);
});

it('says what is left when a disbursement is too much, and takes it with a reason', async () => {
	const ledger = await openLedger();
	const tooMuch = typed(ledger, { amountCents: cents(250_000n) });
	await expect(record(tooMuch)).rejects.toMatchObject({
		field: 'overrunReason',
		message: expect.stringMatching(/^Il reste 2.000.€ à verser .* à 500.€\./u) as string
	});
	await record({ ...tooMuch, overrunReason: 'Avenant en cours de signature' });
	expect(await ledger.journal()).toContain('Avenant en cours de signature');
});

it('answers a repeated request although the first one took what was left', async () => {
	const ledger = await openLedger();
	const key = randomUUID();
	const all = typed(ledger, { amountCents: cents(200_000n) });
	expect(await record(all, key)).toBe(await record(all, key));
});

it('keeps no reason where nothing was exceeded', async () => {
	const ledger = await openLedger();
	await record(typed(ledger, { overrunReason: 'Au cas où' }));
	expect(await ledger.journal()).not.toContain('Au cas où');
});

it('refuses a fact of tomorrow and an amount that is not above zero', async () => {
	const ledger = await openLedger();
	await expect(record(typed(ledger, { effectiveOn: day('2022-07-01') }))).rejects.toMatchObject({
		field: 'effectiveOn'
	});
	for (const amount of [0n, -100n]) {
		await expect(record(typed(ledger, { amountCents: cents(amount) }))).rejects.toMatchObject({
			field: 'amount'
		});
	}
});

it('is refused to whoever is not finance', async () => {
	const ledger = await openLedger();
	const { actor } = books.finance;
	for (const role of ['admin', 'elected', 'partner'] as const) {
		const context = { ...books.finance, actor: { ...actor, role } };
		await expect(recordEntry(context, randomUUID(), typed(ledger))).rejects.toMatchObject({
			kind: 'forbidden'
		});
	}
});
