import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSentText } from '#lib/domain/sent-text.ts';
import { day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import { saveCells } from '#lib/server/declarations/save-cells.ts';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { readDraftCheck } from '#lib/server/reports/declaration-check.ts';
import { withdrawDeclaration } from '#lib/server/declarations/withdraw-declaration.ts';
import { openDraftBooks, type, type DraftBooks } from './draft-books.ts';

let books: DraftBooks;
beforeAll(async () => void (books = await openDraftBooks()));
afterAll(() => books.close());

const send = (id: string, key = randomUUID(), context = books.ada) =>
	submitDeclaration(context, key, id);

/** What of a declaration stands in the database. */
async function sent(id: string) {
	const { rows: declarations } = await books.owner.query(
		`select state, submission, nothing_to_declare as nothing, comment, overrun_reason as reason
		from declarations where id = $1`,
		[id]
	);
	const { rows: lines } = await books.owner.query(
		`select l.submission, l.amount_cents::text as cents, l.corrects_from::text as corrects,
			(select sum(number)::int from declaration_counts c where c.line_id = l.id) as counted
		from declaration_lines l where declaration_id = $1 order by submission, position`,
		[id]
	);
	const { rows: events } = await books.owner.query<{ action: string }>(
		'select action from declaration_events where declaration_id = $1 order by id',
		[id]
	);
	return { ...declarations[0], lines, events: events.map(({ action }) => action) };
}

describe('sending', () => {
	it('writes state, lines, counts and history, and answers number, submission and digest', async () => {
		const { begin, amount, count, id: envelopeId } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, {
			[amount]: '1 234,50',
			[count]: '27',
			commentaire: 'Deux reports.'
		});
		const answer = await send(id);
		expect(await sent(id)).toEqual({
			state: 'submitted',
			submission: 1,
			nothing: false,
			comment: 'Deux reports.',
			reason: null,
			lines: [{ submission: 1, cents: '123450', corrects: null, counted: 27 }],
			events: ['create', 'submit']
		});

		// The digest can be found again by whoever has the same figures.
		const [, measureId = ''] = /^m\.(.+)\.montant$/.exec(amount) ?? [];
		const [, indicatorId = ''] = /nombre\.(.+)$/.exec(count) ?? [];
		const text = buildSentText({
			number: answer.number,
			submission: 1,
			envelopeId,
			organisationId: books.organisationId,
			periodStartsOn: day('2022-04-01'),
			periodEndsOn: day('2022-06-30'),
			nothing: false,
			comment: 'Deux reports.',
			overrunReason: null,
			lines: [
				{
					rowKey: `m.${measureId}`,
					measureId,
					operationId: null,
					newOperation: null,
					amountCents: cents(123_450n),
					comment: null,
					corrects: null,
					counts: [{ indicatorId, product: null, stage: null, communeCode: null, number: 27 }]
				}
			],
			files: []
		});
		expect(answer.digest).toBe(createHash('sha256').update(text).digest('hex'));
	});

	it('takes "nothing to declare"', async () => {
		const { begin } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { rien: 'oui' });
		await send(id);
		expect(await sent(id)).toMatchObject({ state: 'submitted', nothing: true, lines: [] });
	});

	it('says from which day on, while the period is not over, and keeps the draft', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '100' });
		const early = { ...books.ada, at: new Date('2022-06-29T10:00:00Z') };
		await expect(send(id, randomUUID(), early)).rejects.toMatchObject({
			kind: 'conflict',
			message: expect.stringContaining('à partir du 30\u00A0juin 2022') as string
		});
		expect(await sent(id)).toMatchObject({ state: 'draft', events: ['create'] });
	});

	it('refuses what cannot be read, at its field', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await expect(send(id)).rejects.toMatchObject({ field: 'rien' });
		await type(books.ada, id, { [amount]: '1.234,50' });
		await expect(send(id)).rejects.toMatchObject({ field: amount });
		expect(await sent(id)).toMatchObject({ state: 'draft', lines: [] });
	});

	it('asks a reason for more than what is left, says how much that is, and takes it with one', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '10 000,01' });
		await expect(send(id)).rejects.toMatchObject({
			field: 'motif',
			message: expect.stringMatching(/^Il reste 10.000.€ .* de 0,01.€/u) as string
		});
		await type(books.ada, id, { motif: 'Avenant en cours' });
		await send(id);
		expect(await sent(id)).toMatchObject({ state: 'submitted', reason: 'Avenant en cours' });
	});

	it('measures what the State pays by what was received, not by what was spent of it', async () => {
		const { begin, amount, ledger } = await books.openEnvelope('earmarked_revenue');
		const label = (
			await books.owner.query(`select label from envelopes order by position desc limit 1`)
		).rows[0] as { label: string };
		await ledger.post(`
			day        | envelope       | kind         | amount
			2022-01-31 | ${label.label} | receipt      | 4 000,00
			2022-02-28 | ${label.label} | disbursement | 3 000,00`);
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '6 000,01' });
		await expect(send(id)).rejects.toMatchObject({ field: 'motif' });
		await saveCells(books.ada, id, [{ key: amount, base: '6 000,01', value: '6 000' }]);
		await send(id);
		expect(await sent(id)).toMatchObject({ lines: [{ cents: '600000' }] });
	});

	it('writes a correction with the period it corrects', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		const row = amount.replace(/\.montant$/, '');
		await type(books.ada, id, { [amount]: '-50', [`${row}.corrige`]: '2022-01-01' });
		await send(id);
		expect(await sent(id)).toMatchObject({ lines: [{ cents: '-5000', corrects: '2022-01-01' }] });
	});

	it('sends nothing else than what was read over', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '100' });
		const seen = (await readDraftCheck(books.ada, id))?.digest ?? '';
		await saveCells(books.ben, id, [{ key: amount, base: '100', value: '200' }]);
		await expect(submitDeclaration(books.ada, randomUUID(), id, seen)).rejects.toMatchObject({
			kind: 'conflict',
			message: expect.stringContaining('a changé') as string
		});
		const again = (await readDraftCheck(books.ada, id))?.digest ?? '';
		const { digest } = await submitDeclaration(books.ada, randomUUID(), id, again);
		expect(digest).toBe(again);
	});

	it('again after a withdrawal keeps the lines of the first time', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '100' });
		const first = await send(id);
		await withdrawDeclaration(books.ada, id);
		await saveCells(books.ben, id, [{ key: amount, base: '100', value: '200' }]);
		const second = await send(id, randomUUID(), books.ben);
		expect(second).toMatchObject({ number: first.number, submission: 2 });
		expect(second.digest).not.toBe(first.digest);
		expect(await sent(id)).toMatchObject({
			submission: 2,
			lines: [
				{ submission: 1, cents: '10000' },
				{ submission: 2, cents: '20000' }
			],
			events: ['create', 'submit', 'withdraw', 'submit']
		});
	});
});

describe('at the same moment', () => {
	it('the same request twenty times sends once, and all get the same answer', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '100' });
		const key = randomUUID();
		const answers = await Promise.all(Array.from({ length: 20 }, () => send(id, key)));
		expect(
			new Set(answers.map((answer) => JSON.stringify(Object.entries(answer).sort()))).size
		).toBe(1);
		expect(await sent(id)).toMatchObject({ submission: 1, events: ['create', 'submit'] });
	});

	it('two people send once: the other is told that it is sent', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '100' });
		const answers = await Promise.allSettled(
			Array.from({ length: 10 }, (_, index) =>
				send(id, randomUUID(), index % 2 ? books.ada : books.ben)
			)
		);
		const refused = answers.filter(({ status }) => status === 'rejected');
		expect(refused).toHaveLength(9);
		for (const answer of refused) {
			expect(answer).toMatchObject({ reason: { kind: 'conflict' } });
		}
		expect(await sent(id)).toMatchObject({ submission: 1 });
	});

	it('what is typed while it is sent is either in what was sent, or refused: never lost silently', async () => {
		let kept = 0;
		for (let round = 0; round < 20; round++) {
			const { begin, amount } = await books.openEnvelope();
			const id = await begin(books.ada);
			await type(books.ada, id, { [amount]: '100' });
			const edit = () => saveCells(books.ben, id, [{ key: amount, base: '100', value: '200' }]);
			const early = round % 2 ? edit() : null;
			const sending = send(id);
			const [typed] = await Promise.allSettled([early ?? edit()]);
			await sending;
			const cents = typed.status === 'fulfilled' ? '20000' : '10000';
			if (typed.status === 'fulfilled') kept++;
			else expect(typed).toMatchObject({ reason: { kind: 'conflict' } });
			expect(await sent(id)).toMatchObject({ lines: [{ cents }] });
		}
		expect(kept).toBeGreaterThan(0);
	});

	it('of two requests with one key, that of another person is not answered', async () => {
		const { begin, amount } = await books.openEnvelope();
		const id = await begin(books.ada);
		await type(books.ada, id, { [amount]: '100' });
		const key = randomUUID();
		await send(id, key);
		await expect(send(id, key, books.ben)).rejects.toMatchObject({ kind: 'conflict' });
	});
});
