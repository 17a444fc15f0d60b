import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { entryCollection, type Entry } from '#lib/server/api/entry.ts';
import { answerEntries } from '#lib/server/api/read-entries.ts';
import { answerProgramme } from '#lib/server/api/read-programmes.ts';
import { openBooks, type Books, type Ledger } from '../support/books.ts';

let books: Books;

beforeAll(async () => {
	books = await openBooks();
});
afterAll(() => books.close());

/** Follows the cursors to the end; `between` runs after each page. */
async function walk(
	envelopeId: string,
	query: string,
	between: () => Promise<unknown> = async () => undefined
): Promise<Entry[]> {
	const all: Entry[] = [];
	let cursor: string | null = null;
	do {
		const parameters = new URLSearchParams(query);
		if (cursor) parameters.set('cursor', cursor);
		const { body } = await answerEntries(books.finance, parameters, envelopeId);
		entryCollection.parse(body);
		all.push(...body.items);
		cursor = body.next_cursor;
		await between();
	} while (cursor);
	return all;
}

const lines = (count: number): string =>
	Array.from(
		{ length: count },
		(_, index) => `2021-0${1 + (index % 6)}-1${index % 10} | A | disbursement | ${index + 1}`
	).join('\n');

async function openLedger(count: number): Promise<Ledger> {
	const ledger = await books.open({ A: 'off_budget' });
	await ledger.post(`
		day        | envelope | kind       | amount
		2020-12-17 | A        | allocation | 15000
		${lines(count)}`);
	return ledger;
}

const amounts = (entries: readonly Entry[]): string[] => entries.map(({ amount }) => amount);
const oneTo = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => `${index + 1}.00`);

describe('the entries of an envelope', () => {
	it.each([1, 2, 7, 24, 25, 26, 200])('are given once each, %i at a time', async (limit) => {
		const ledger = await openLedger(24);
		const entries = await walk(ledger.id('A'), `au=2022-06-30&limit=${limit}`);
		expect(amounts(entries)).toEqual(['15000.00', ...oneTo(24)]);
	});

	it('are given fifty at a time where nothing is said', async () => {
		const ledger = await openLedger(60);
		const { body } = await answerEntries(books.finance, new URLSearchParams(), ledger.id('A'));
		expect(body.items).toHaveLength(50);
	});

	it('are given once each while others are added, which come at the end', async () => {
		const ledger = await openLedger(20);
		let added = 0;
		const entries = await walk(ledger.id('A'), 'limit=3&au=2022-06-30', async () => {
			if (added >= 4) return;
			// Each takes effect before all that was read: the order of recording does not mind.
			await ledger.post(`
				day        | envelope | kind       | amount
				2020-12-18 | A        | commitment | ${1000 + ++added}`);
		});
		expect(amounts(entries)).toEqual([
			'15000.00',
			...oneTo(20),
			...['1001.00', '1002.00', '1003.00', '1004.00']
		]);
	});

	it('are given once each while several people post at the same moment', async () => {
		const ledger = await openLedger(30);
		const posting: Promise<unknown>[] = [];
		const entries = await walk(ledger.id('A'), 'limit=2&au=2022-06-30', async () => {
			if (posting.length >= 12) return;
			for (let poster = 0; poster < 3; poster++) {
				posting.push(
					ledger.post(`
						day        | envelope | kind       | amount
						2021-02-01 | A        | commitment | 7`)
				);
			}
		});
		await Promise.all(posting);
		expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
		expect(amounts(entries.slice(0, 31))).toEqual(['15000.00', ...oneTo(30)]);
	});

	it('end with the day that is asked for', async () => {
		const ledger = await openLedger(24);
		const entries = await walk(ledger.id('A'), 'au=2021-02-28&limit=2');
		expect(entries.map((entry) => entry.effective_on <= '2021-02-28')).not.toContain(false);
		expect(amounts(entries)).toEqual([
			'15000.00',
			'1.00',
			'2.00',
			'7.00',
			'8.00',
			'13.00',
			'14.00',
			'19.00',
			'20.00'
		]);
	});

	it('are those that were known on the day that is asked for', async () => {
		const ledger = await openLedger(2);
		const known = await walk(ledger.id('A'), 'au=2022-06-30&connu=2021-01-01');
		expect(known).toEqual([]);
		expect(await walk(ledger.id('A'), 'au=2022-06-30&connu=2999-12-31')).toHaveLength(3);
	});

	it('show what a reversal takes back', async () => {
		const ledger = await openLedger(1);
		await ledger.post(`
			day        | envelope | kind         | amount | reverses
			2021-01-10 | A        | disbursement | -1     | 2`);
		const [, wrong, reversal] = await walk(ledger.id('A'), 'au=2022-06-30');
		expect(reversal).toMatchObject({ amount: '-1.00', reverses: wrong?.id });
		expect(wrong?.reverses).toBeNull();
	});

	it('are refused with a cursor that was altered or belongs to another envelope', async () => {
		const ledger = await openLedger(3);
		const other = await openLedger(3);
		const ask = (envelopeId: string, cursor: string) =>
			answerEntries(books.finance, new URLSearchParams({ limit: '1', cursor }), envelopeId);
		const { body } = await answerEntries(
			books.finance,
			new URLSearchParams({ limit: '1' }),
			ledger.id('A')
		);
		const cursor = body.next_cursor ?? '';
		await expect(ask(ledger.id('A').toUpperCase(), cursor)).resolves.toBeTruthy();
		const refused = expect.objectContaining({ kind: 'invalid', field: 'cursor' }) as Refusal;
		await expect(ask(other.id('A'), cursor)).rejects.toEqual(refused);
		for (let index = 0; index < cursor.length; index++) {
			const letter = cursor[index] === 'A' ? 'B' : 'A';
			const altered = cursor.slice(0, index) + letter + cursor.slice(index + 1);
			await expect(ask(ledger.id('A'), altered), altered).rejects.toEqual(refused);
		}
	});
});

describe('amounts', () => {
	/** As the owner, since the application takes none that large. */
	async function insert(envelopeId: string, amountCents: string): Promise<void> {
		await books.owner.query(
			`insert into entries (envelope_id, kind, amount_cents, effective_on, fiscal_year, label, recorded_by, deliberation_id)
			values ($1, 'allocation', $2, '2021-01-01', 2021, 'Grand', $3, $4)`,
			[envelopeId, amountCents, books.finance.actor.id, books.deliberationId]
		);
	}

	it('keep every cent beyond 2^53, where a number would lose them', async () => {
		const ledger = await books.open({ A: 'off_budget' });
		for (const amountCents of ['9007199254740993', '-9007199254740991']) {
			await insert(ledger.id('A'), amountCents);
		}
		expect(amounts(await walk(ledger.id('A'), 'au=2022-06-30'))).toEqual([
			'90071992547409.93',
			'-90071992547409.91'
		]);
	});

	it('keep every cent in the sums of an envelope', async () => {
		const ledger = await books.open({ A: 'off_budget', B: 'earmarked_revenue' });
		await insert(ledger.id('A'), '8999999999999999');
		await ledger.post(`
			day        | envelope | kind         | amount
			2021-01-02 | A        | disbursement | 0,01`);
		const { body } = await answerProgramme(
			books.finance,
			new URLSearchParams('au=2022-06-30'),
			'programme'
		);
		const [large, empty] = body.envelopes.slice(-2);
		expect(large).toMatchObject({
			promised: '89999999999999.99',
			committed: '0.00',
			received: null,
			disbursed: '0.01',
			left_to_disburse: '89999999999999.98'
		});
		expect(empty).toMatchObject({ promised: '0.00', received: '0.00', execution_rate: null });
	});
});
