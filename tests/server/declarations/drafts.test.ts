import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginDeclaration } from '#lib/server/declarations/begin-declaration.ts';
import { saveCells } from '#lib/server/declarations/save-cells.ts';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { withdrawDeclaration } from '#lib/server/declarations/withdraw-declaration.ts';
import { readDraftPage } from '#lib/server/reports/declaration-draft.ts';
import { openDraftBooks, type, type DraftBooks } from './draft-books.ts';

let books: DraftBooks;
beforeAll(async () => void (books = await openDraftBooks()));
afterAll(() => books.close());

const stored = async (id: string): Promise<Record<string, string>> => {
	const page = await readDraftPage(books.ada, id);
	return Object.fromEntries(page?.cells ?? []);
};

describe('beginning', () => {
	it('answers the same declaration to two people at once, and says once in the history who began', async () => {
		const envelope = await books.openEnvelope();
		const ids = await Promise.all(
			[books.ada, books.ben, books.ada, books.ben].map((context) => envelope.begin(context))
		);
		expect(new Set(ids).size).toBe(1);
		const { rows } = await books.owner.query(
			'select action, submission from declaration_events where declaration_id = $1',
			[ids[0]]
		);
		expect(rows).toEqual([{ action: 'create', submission: 0 }]);
	});

	it('is possible from the first day of a period on, and not before', async () => {
		const envelope = await books.openEnvelope();
		await expect(envelope.begin(books.ada, '2022-07-01')).rejects.toMatchObject({
			kind: 'conflict',
			message: expect.stringContaining('1er\u00A0juillet 2022') as string
		});
		const first = { ...books.ada, at: new Date('2022-07-01T08:00:00Z') };
		await expect(envelope.begin(first, '2022-07-01')).resolves.toMatch(/^[0-9a-f-]{36}$/);
	});

	it('is for a period of the duty alone', async () => {
		const envelope = await books.openEnvelope();
		for (const period of ['2022-05-01', '2021-10-01', 'hier']) {
			await expect(envelope.begin(books.ada, period)).rejects.toMatchObject({ kind: 'not-found' });
		}
	});

	it('is for the partner of the envelope: to others there is nothing to begin', async () => {
		const envelope = await books.openEnvelope();
		for (const context of [books.stranger, books.finance]) {
			await expect(envelope.begin(context)).rejects.toMatchObject({ kind: 'not-found' });
		}
		for (const envelopeId of [randomUUID(), 'rien']) {
			await expect(
				beginDeclaration(books.ada, { envelopeId, periodStartsOn: '2022-04-01' })
			).rejects.toMatchObject({ kind: 'not-found' });
		}
	});
});

describe('what is typed', () => {
	it('is kept as it was typed, readable or not', async () => {
		const { begin, amount, count } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '1.234,50 ', [count]: 'douze', commentaire: 'é' });
		expect(await stored(id)).toEqual({
			[amount]: '1.234,50 ',
			[count]: 'douze',
			commentaire: 'é'
		});
	});

	it('of two people in different fields is kept from both, and each learns of the other’s', async () => {
		const { begin, amount, count } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '100' });
		const answer = await type(books.ben, id, { [count]: '7' });
		expect(answer.conflicts).toEqual([]);
		expect(answer.typed).toMatchObject([
			{ key: amount, value: '100', by: 'Ada Martin' },
			{ key: count, value: '7', by: 'Ben Petit' }
		]);
	});

	it('of two people in the same field is never lost: the second is told both values, by whom and when', async () => {
		const { begin, amount, count } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '412 300' });
		const { conflicts } = await type(books.ben, id, { [amount]: '412 000', [count]: '27' });
		expect(conflicts).toMatchObject([
			{ key: amount, mine: '412 000', theirs: '412 300', by: 'Ada Martin' }
		]);
		expect(conflicts[0]?.at).toBeInstanceOf(Date);
		expect(await stored(id)).toEqual({ [amount]: '412 300', [count]: '27' });

		// Having seen hers, he keeps his.
		const kept = await saveCells(books.ben, id, [
			{ key: amount, base: '412 300', value: '412 000' }
		]);
		expect(kept.conflicts).toEqual([]);
		expect(await stored(id)).toMatchObject({ [amount]: '412 000' });
	});

	it('is no conflict where both typed the same', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '100' });
		expect((await type(books.ben, id, { [amount]: '100' })).conflicts).toEqual([]);
	});

	it('of many at once on one field leaves one value, and tells it to all the others', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		const answers = await Promise.all(
			Array.from({ length: 20 }, (_, index) =>
				type(index % 2 ? books.ada : books.ben, id, { [amount]: String(index + 1) })
			)
		);
		const { [amount]: winner } = await stored(id);
		const losers = answers.filter(({ conflicts }) => conflicts.length === 1);
		expect(losers).toHaveLength(19);
		for (const { conflicts } of losers) expect(conflicts[0]?.theirs).toBe(winner);
	});

	it('can be emptied, and one can say who did', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '100' });
		await saveCells(books.ben, id, [{ key: amount, base: '100', value: '' }]);
		const { conflicts } = await saveCells(books.ada, id, [
			{ key: amount, base: '100', value: '120' }
		]);
		expect(conflicts).toMatchObject([{ mine: '120', theirs: '', by: 'Ben Petit' }]);
	});

	it('in a field that does not exist, or too long, or with an invisible character is refused', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await expect(type(books.ada, id, { 'x.montant': '1' })).rejects.toThrow('n’existe pas');
		await expect(type(books.ada, id, { [amount]: '1'.repeat(2001) })).rejects.toMatchObject({
			field: amount
		});
		await expect(type(books.ada, id, { [amount]: '1\0' })).rejects.toThrow('invisible');
		await expect(type(books.ada, id, { [amount]: '1\ud83d' })).rejects.toThrow('invisible');
		expect(await stored(id)).toEqual({});
	});

	it('is not to be seen nor changed by another organisation nor by finance: it is not found', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '100' });
		for (const context of [books.stranger, books.finance]) {
			await expect(type(context, id, { [amount]: '5' })).rejects.toMatchObject({
				kind: 'not-found'
			});
			await expect(submitDeclaration(context, randomUUID(), id)).rejects.toMatchObject({
				kind: 'not-found'
			});
			await expect(withdrawDeclaration(context, id)).rejects.toMatchObject({ kind: 'not-found' });
			expect(await readDraftPage(context, id)).toBeNull();
		}
		for (const id of [randomUUID(), 'rien']) {
			await expect(type(books.ada, id, {})).rejects.toMatchObject({ kind: 'not-found' });
			expect(await readDraftPage(books.ada, id)).toBeNull();
		}
		expect(await stored(id)).toEqual({ [amount]: '100' });
	});
});

describe('once it is sent', () => {
	it('nothing is typed into it any more, until it is withdrawn: then it is as it was', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '100' });
		await submitDeclaration(books.ada, randomUUID(), id);
		const late = () => saveCells(books.ben, id, [{ key: amount, base: '100', value: '120' }]);
		await expect(late()).rejects.toMatchObject({ kind: 'conflict' });

		await withdrawDeclaration(books.ben, id);
		expect(await stored(id)).toEqual({ [amount]: '100' });
		await late();
		expect(await stored(id)).toEqual({ [amount]: '120' });
		await expect(withdrawDeclaration(books.ben, id)).rejects.toMatchObject({ kind: 'conflict' });
	});
});
