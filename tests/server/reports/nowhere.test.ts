import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { readDeliberationPage } from '#lib/server/reports/deliberation-page.ts';
import { readEnvelopeLedger } from '#lib/server/reports/envelope-ledger.ts';
import { readFigure } from '#lib/server/reports/figure.ts';
import { readProgramme } from '#lib/server/reports/programme.ts';
import { openBooks, type Books } from '../../support/books.ts';

/** What an address can carry and no name is made of: the database would refuse the first outright. */
const NO_NAMES = ['a\u0000b', '\uD800', ' ', '%', 'a'.repeat(201), '../../etc/passwd'];

let books: Books;
let context: Context;

beforeAll(async () => {
	books = await openBooks();
	context = books.finance;
	await books.open({ Parcours: 'off_budget' }); // So that a figure of nothing is not one of everything.
});

afterAll(async () => {
	await books.close();
});

describe.each(NO_NAMES)('an address with a name that nothing has (%j)', (name) => {
	it('leads to no programme', async () => {
		await expect(readProgramme(context, name, asked(''))).rejects.toMatchObject(NOT_FOUND);
	});

	it('leads to no deliberation and no envelope', async () => {
		expect(await readDeliberationPage(context, name)).toBeNull();
		expect(await readEnvelopeLedger(context, name, asked(''))).toBeNull();
	});

	it.each(['enveloppe', 'programme'])('leads to no figure of that %s', async (parameter) => {
		const parameters = new URLSearchParams({ [parameter]: name });
		await expect(readFigure(context, 'promis', parameters)).rejects.toMatchObject(NOT_FOUND);
	});
});

const NOT_FOUND: Partial<Refusal> = { name: 'Refusal', kind: 'not-found' };

const asked = (search: string): URLSearchParams => new URLSearchParams(search);
