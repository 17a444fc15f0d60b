import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Circuit } from '#lib/domain/envelope.ts';
import { LARGEST_ENTRY_CENTS } from '#lib/domain/ledger.ts';
import { cents, LARGEST_CENTS, type Cents } from '#lib/domain/money.ts';
import type { Role } from '#lib/domain/role.ts';
import { recordEntries } from '#lib/server/ledger/record-entries.ts';
import { openBooks, type Books, type Ledger } from '../../support/books.ts';

let books: Books;
beforeAll(async () => {
	books = await openBooks();
});
afterAll(() => books.close());

async function openLedger(circuit: Circuit = 'off_budget'): Promise<Ledger> {
	const ledger = await books.open({ Aides: circuit });
	await ledger.post(`
		day        | envelope | kind       | amount
		2020-12-17 | Aides    | allocation | 1 000,00
	`);
	return ledger;
}

const RECEIPT = `
	day        | envelope | kind    | amount
	2021-03-15 | Aides    | receipt | 500,00
`;
const COMMITMENT = `
	day        | envelope | kind       | amount
	2021-03-15 | Aides    | commitment | 500,00
`;

describe('a receipt', () => {
	it('is recorded on earmarked revenue, and is no spending', async () => {
		const ledger = await openLedger('earmarked_revenue');
		await ledger.post(RECEIPT);
		expect(await ledger.balances()).toContain('Aides | 1 000,00 | 0,00 | 500,00 | 0,00 | 2');
	});

	it.each(['off_budget', 'own_expenditure'] as const)('is refused on %s', async (circuit) => {
		const ledger = await openLedger(circuit);
		await expect(ledger.post(RECEIPT)).rejects.toThrow(
			'Un encaissement ne s’enregistre que sur une recette fléchée.'
		);
	});
});

describe('a closed fiscal year', () => {
	const close = (client: pg.Client, year: number) =>
		client.query('insert into fiscal_years values ($1, now(), $2)', [year, books.finance.actor.id]);

	it('takes no new entry; a late fact goes into the open year with its true day', async () => {
		const ledger = await openLedger();
		await close(books.owner, 2021);
		try {
			await expect(ledger.post(COMMITMENT)).rejects.toMatchObject({
				message: expect.stringContaining('Cet exercice est clos') as string,
				field: 'fiscalYear'
			});
			await ledger.post(`
				day        | envelope | kind       | amount | year
				2021-03-15 | Aides    | commitment | 500,00 | 2022
			`);
			expect(await ledger.journal()).toContain(
				'2 | 2021-03-15 | Aides | — | commitment | 500,00 | 2022'
			);
		} finally {
			await books.owner.query('delete from fiscal_years');
		}
	});

	it('waits for an entry that is being posted in it, and shuts behind it', async () => {
		const ledger = await openLedger();
		const posting = new pg.Client(books.database.owner);
		const closing = new pg.Client(books.database.owner);
		await Promise.all([posting.connect(), closing.connect()]);
		try {
			await posting.query('begin');
			await commit(posting, ledger);
			let isClosed = false;
			const closed = close(closing, 2021).finally(() => (isClosed = true));
			await new Promise((resolve) => setTimeout(resolve, 80));
			expect(isClosed).toBe(false);
			await posting.query('commit');
			await closed;
			await expect(commit(posting, ledger)).rejects.toMatchObject({
				constraint: 'entries_fiscal_year_open'
			});
		} finally {
			await Promise.all([posting.end(), closing.end()]);
			await books.owner.query('delete from fiscal_years');
		}
	});

	it('refuses the entry that waited while it was being closed', async () => {
		const ledger = await openLedger();
		const posting = new pg.Client(books.database.owner);
		const closing = new pg.Client(books.database.owner);
		await Promise.all([posting.connect(), closing.connect()]);
		try {
			await closing.query('begin');
			await close(closing, 2021);
			const waiting = commit(posting, ledger);
			waiting.catch(() => {});
			await new Promise((resolve) => setTimeout(resolve, 80));
			await closing.query('commit');
			await expect(waiting).rejects.toMatchObject({ constraint: 'entries_fiscal_year_open' });
		} finally {
			await Promise.all([posting.end(), closing.end()]);
			await books.owner.query('delete from fiscal_years');
		}
	});

	const commit = (client: pg.Client, ledger: Ledger) =>
		client.query(
			`insert into entries (envelope_id, kind, amount_cents, effective_on, fiscal_year, label, recorded_by)
			values ($1, 'commitment', 100, '2021-05-05', 2021, 'Engagement', $2)`,
			[ledger.id('Aides'), books.finance.actor.id]
		);
});

describe('fiction', () => {
	const insert = (ledger: Ledger) =>
		books.owner.query(
			`insert into entries (envelope_id, kind, amount_cents, effective_on, fiscal_year, label,
				recorded_by, fictitious)
			values ($1, 'commitment', 100, '2021-05-05', 2021, 'Engagement', $2, true)`,
			[ledger.id('Aides'), books.finance.actor.id]
		);

	it('is refused outside a demonstration', async () => {
		const ledger = await openLedger();
		await expect(insert(ledger)).rejects.toMatchObject({
			constraint: 'entries_fictitious_in_demonstration'
		});
	});

	it('is what every movement recorded in a demonstration is, but not what an act allots', async () => {
		const ledger = await openLedger();
		await books.owner.query('update settings set demonstration = true');
		try {
			await ledger.post(COMMITMENT);
			const { rows } = await books.owner.query(
				'select kind, fictitious from entries where envelope_id = $1 order by id',
				[ledger.id('Aides')]
			);
			expect(rows).toEqual([
				{ kind: 'allocation', fictitious: false },
				{ kind: 'commitment', fictitious: true }
			]);
		} finally {
			await books.owner.query('update settings set demonstration = false');
		}
	});
});

describe('recording', () => {
	it.each(['partner', 'elected', 'admin'] as const)(
		'is not for the role %s',
		async (role: Role) => {
			const ledger = await openLedger();
			const context = { ...books.finance, actor: { ...books.finance.actor, role } };
			const lines = await ledger.lines(COMMITMENT);
			await expect(recordEntries(context, randomUUID(), lines)).rejects.toMatchObject({
				kind: 'forbidden'
			});
		}
	);

	it('of nothing is refused', async () => {
		await expect(recordEntries(books.finance, randomUUID(), [])).rejects.toThrow('aucune écriture');
	});

	it('of a character that no text holds is refused, and no failure of ours', async () => {
		const lines = await (await openLedger()).lines(COMMITMENT);
		const hostile = lines.map((line) => ({ ...line, label: 'Prêt\u0000' }));
		await expect(recordEntries(books.finance, randomUUID(), hostile)).rejects.toMatchObject({
			kind: 'invalid',
			message: expect.stringContaining('caractère invisible') as string
		});
	});

	it('of more than any authority has is refused: it would make every sum uncountable', async () => {
		const ledger = await openLedger();
		const record = async (amountCents: Cents) => {
			const lines = await ledger.lines(COMMITMENT);
			return recordEntries(
				books.finance,
				randomUUID(),
				lines.map((line) => ({ ...line, amountCents }))
			);
		};
		for (const amount of [LARGEST_ENTRY_CENTS + 1n, -LARGEST_CENTS, LARGEST_CENTS]) {
			await expect(record(cents(amount))).rejects.toMatchObject({
				kind: 'invalid',
				field: 'amount'
			});
		}
		await record(cents(LARGEST_ENTRY_CENTS));
	});

	it('gives the numbers in the order of the lines, also for a thousand lines', async () => {
		const ledger = await openLedger();
		const [line] = await ledger.lines(COMMITMENT);
		if (!line) throw new Error('one line');
		const lines = Array.from({ length: 1000 }, (_, index) => ({
			...line,
			label: `Ligne ${index}`
		}));
		const ids = await recordEntries(books.finance, randomUUID(), lines);
		const { rows } = await books.owner.query<{ id: string; label: string }>(
			'select id, label from entries where id = any($1) order by id',
			[ids]
		);
		const byId = new Map(rows.map(({ id, label }) => [id, label]));
		expect(ids.map((id) => byId.get(String(id)))).toEqual(lines.map(({ label }) => label));
		expect(await ledger.balances()).toContain('500 000,00 | 0,00 | 0,00 | 1001');
	});
});
