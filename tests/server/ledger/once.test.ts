import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '#lib/server/context.ts';
import { createDatabase } from '#lib/server/db/client.ts';
import { recordEntries } from '#lib/server/ledger/record-entries.ts';
import { reverseEntry } from '#lib/server/ledger/reverse-entry.ts';
import { openBooks, type Books, type Ledger } from '../../support/books.ts';
import { openProxy, type Proxy } from '../../support/proxy.ts';

let books: Books;
let proxy: Proxy;
let throughProxy: Context;

beforeAll(async () => {
	books = await openBooks();
	proxy = await openProxy(books.database.login);
	const db = createDatabase({ connection: proxy.connection });
	throughProxy = { ...books.finance, db };
});
afterAll(async () => {
	await throughProxy.db.close();
	await proxy.close();
	await books.close();
});

async function openLedger(): Promise<Ledger> {
	const ledger = await books.open({ Aides: 'off_budget' });
	await ledger.post(`
		day        | envelope | kind       | amount
		2020-12-17 | Aides    | allocation | 1 000,00
	`);
	return ledger;
}

const ONE = `
	day        | envelope | kind         | amount
	2021-01-31 | Aides    | disbursement | 10,00
`;

describe('a request with its key', () => {
	it('posts once when it comes fifty times at once, and is answered the same each time', async () => {
		const ledger = await openLedger();
		const lines = await ledger.lines(ONE);
		const key = randomUUID();
		const answers = await Promise.all(
			Array.from({ length: 50 }, () => recordEntries(books.finance, key, lines))
		);
		const id = await ledger.entryId(2);
		expect(new Set(answers.map(String))).toEqual(new Set([String(id)]));
		expect(await ledger.balances()).toContain('1 000,00 | 0,00 | 0,00 | 10,00 | 2');
	});

	it('posts once over several servers of the application, and leaves one trace in the audit', async () => {
		const ledger = await openLedger();
		const lines = await ledger.lines(ONE);
		const key = randomUUID();
		const others = Array.from({ length: 5 }, () => ({
			...books.finance,
			db: createDatabase({ connection: books.database.login, poolSize: 2 })
		}));
		await Promise.all(
			others.flatMap((other) => [
				recordEntries(other, key, lines),
				recordEntries(other, key, lines)
			])
		);
		await Promise.all(others.map(({ db }) => db.close()));
		expect(await ledger.balances()).toContain('10,00 | 2');
		const { rows } = await books.owner.query(
			`select count(*)::int as events from audit_events where subject_id = $1`,
			[ledger.id('Aides')]
		);
		expect(rows).toEqual([{ events: 2 }]);
	});

	it('is tried again when the answer to its commit was lost, finds itself done, and answers the first time’s numbers', async () => {
		const ledger = await openLedger();
		const lines = await ledger.lines(ONE);
		for (let round = 1; round <= 10; round++) {
			proxy.loseAnswersTo('COMMIT', 1);
			const ids = await recordEntries(throughProxy, randomUUID(), lines);
			expect(ids).toEqual([await ledger.entryId(round + 1)]);
		}
		expect(proxy.lost()).toBe(10);
		expect(await ledger.balances()).toContain('100,00 | 11');
	});

	it('is answered also when the question for the first answer is lost in its turn', async () => {
		const ledger = await openLedger();
		const lines = await ledger.lines(ONE);
		const before = proxy.lost();
		proxy.loseAnswersTo('COMMIT', 3);
		const ids = await recordEntries(throughProxy, randomUUID(), lines);
		expect(proxy.lost() - before).toBe(3);
		expect(ids).toEqual([await ledger.entryId(2)]);
		expect(await ledger.balances()).toContain('10,00 | 2');
	});

	it('that was refused leaves its key free for the corrected request', async () => {
		const ledger = await openLedger();
		const key = randomUUID();
		const tooMuch = await ledger.lines(`
			day        | envelope | kind         | amount
			2021-01-31 | Aides    | disbursement | 1 000,01
		`);
		await expect(recordEntries(books.finance, key, tooMuch)).rejects.toThrow('dépasserait');
		const ids = await recordEntries(books.finance, key, await ledger.lines(ONE));
		expect(ids).toHaveLength(1);
	});

	it('of somebody else is not answered', async () => {
		const ledger = await openLedger();
		const key = randomUUID();
		await recordEntries(books.finance, key, await ledger.lines(ONE));
		const { rows } = await books.owner.query<{ id: string }>(
			`insert into users (email, name, role, password_hash) values ('b@demo.example', 'B', 'finance', '-') returning id`
		);
		const other = {
			...books.finance,
			actor: { ...books.finance.actor, id: rows[0]?.id ?? '' }
		};
		await expect(recordEntries(other, key, await ledger.lines(ONE))).rejects.toThrow('déjà servi');
		expect(await ledger.balances()).toContain('10,00 | 2');
	});

	it('of another command is not answered in its place', async () => {
		const ledger = await openLedger();
		const key = randomUUID();
		const [id = 0n] = await recordEntries(books.finance, key, await ledger.lines(ONE));
		await expect(
			reverseEntry(books.finance, key, { entryId: id, fiscalYear: 2021, reason: 'Erreur' })
		).rejects.toMatchObject({ kind: 'conflict' });
	});
});
