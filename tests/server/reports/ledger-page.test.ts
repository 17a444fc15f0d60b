import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeCursor } from '#lib/domain/ledger-order.ts';
import { ledgerParameters } from '#lib/domain/ledger-query.ts';
import type { Role } from '#lib/domain/role.ts';
import type { Context } from '#lib/server/context.ts';
import { reverseEntry } from '#lib/server/ledger/reverse-entry.ts';
import { readEnvelopeLedger, type EnvelopeLedger } from '#lib/server/reports/envelope-ledger.ts';
import { openBooks, type Books, type Ledger } from '../../support/books.ts';
import { inEuros, table } from '../../support/table.ts';

let books: Books;

beforeAll(async () => {
	books = await openBooks();
});

afterAll(async () => {
	await books.close();
});

it('shows the entries of an envelope, the latest first, with its totals by kind', async () => {
	const ledger = await smallBook();
	const page = await read(ledger, 'au=2022-06-30');
	expect(entriesOf(page)).toBe(
		table(`
			day        | kind         | measure   | label          | amount     | year
			2022-03-31 | disbursement | Mobilité  | Aides du T1    |     800,00 | 2022
			2022-02-15 | disbursement | Accession | Prêts          |   2 000,00 | 2022
			2021-05-10 | commitment   | Accession | Convention     |   3 000,00 | 2021
			2020-12-17 | allocation   |           | Promesse       |  15 000,00 | 2020`)
	);
	expect(totalsOf(page)).toBe(
		table(`
			kind         | amount    | entries
			allocation   | 15 000,00 | 1
			commitment   |  3 000,00 | 1
			disbursement |  2 800,00 | 2`)
	);
	expect([page.entryCount, page.next, page.notes, page.filter]).toEqual([4, null, [], []]);
	expect(page.choices.years).toEqual([2022, 2021, 2020]);
	expect(page.situation.disbursedCents).toBe(280_000n);
});

it('is seen as of a day: later facts are not there', async () => {
	const ledger = await smallBook();
	const page = await read(ledger, 'au=2022-03-30');
	expect(page.entryCount).toBe(3);
	expect(page.situation.disbursedCents).toBe(200_000n);
});

it.each([
	['nature=versement', ['disbursement 2 800,00 2']],
	['exercice=2022', ['disbursement 2 800,00 2']],
	['texte=aides', ['disbursement 800,00 1']],
	['du=2022-01-01&jusquau=2022-02-28', ['disbursement 2 000,00 1']],
	['nature=versement&texte=inconnu', []]
])('adds up all that a filter lets through: %s', async (search, totals) => {
	const page = await read(await smallBook(), `au=2022-06-30&${search}`);
	expect(page.totals.map(totalInWords)).toEqual(totals);
	expect(page.entries).toHaveLength(page.entryCount);
});

it('says its filter in words', async () => {
	const ledger = await smallBook();
	const measure = ledger.measureId('Mobilité');
	const page = await read(ledger, `nature=versement&mesure=${measure}&exercice=2022&du=2022-01-01`);
	expect(page.filter).toEqual([
		'nature\u00A0: versement',
		'mesure\u00A0: Mobilité',
		'exercice 2022',
		'depuis le 01/01/2022'
	]);
});

it('falls back and says so where the address cannot be followed', async () => {
	const ledger = await smallBook();
	const search = `au=hier&nature=don&mesure=${randomUUID()}&tri=couleur`;
	const page = await read(ledger, search);
	expect(page.entryCount).toBe(4);
	expect(page.notes.map((note) => note.replaceAll('\u00A0', ' '))).toEqual([
		'La date demandée n’existe pas : voici la situation au 30 juin 2022.',
		'Dans l’adresse, le choix « tri » n’a pas été compris et n’est pas appliqué : « couleur ».',
		'Dans l’adresse, le choix « nature » n’a pas été compris et n’est pas appliqué : « don ».',
		'La mesure demandée n’est pas de cette enveloppe : ce choix n’est pas appliqué.'
	]);
});

it('shows a reversal and what it reverses, each naming the other', async () => {
	const ledger = await smallBook();
	const wrong = await ledger.entryId(4);
	const reversal = await reverseEntry(books.finance, randomUUID(), {
		entryId: wrong,
		fiscalYear: 2022,
		reason: 'Saisi deux fois'
	});
	const pair = (await read(ledger, 'au=2022-06-30')).entries.slice(0, 2);
	expect(
		pair.map(({ id, reversesEntryId, reversedByEntryId }) => [
			id,
			reversesEntryId,
			reversedByEntryId
		])
	).toEqual([
		[reversal, wrong, null],
		[wrong, null, reversal]
	]);
	expect((await read(ledger, 'contrepassations=seules')).entries.map(({ id }) => id)).toEqual([
		reversal
	]);
	expect((await read(ledger, 'contrepassations=masquees')).totals.map(totalInWords)).toEqual([
		'allocation 15 000,00 1',
		'commitment 3 000,00 1',
		'disbursement 2 000,00 1'
	]);
});

it('does not mark an entry as reversed on a day before its reversal takes effect', async () => {
	const ledger = await smallBook();
	await ledger.post(`
		day        | envelope | kind         | amount   | measure  | label  | reverses
		2022-05-01 | Parcours | disbursement |  -800,00 | Mobilité | Retour | 4`);
	const entry = await ledger.entryId(4);
	const before = await read(ledger, 'au=2022-04-30&contrepassations=masquees');
	expect(before.entries.find(({ id }) => id === entry)?.reversedByEntryId).toBeNull();
	const after = await read(ledger, 'au=2022-05-31&contrepassations=masquees');
	expect(after.entries.some(({ id }) => id === entry)).toBe(false);
});

it.each(['', 'tri=montant', 'tri=saisie', 'sens=croissant', 'tri=montant&sens=croissant'])(
	'turns its pages without losing or repeating an entry: %s',
	async (search) => {
		const ledger = await longBook();
		const first = await read(ledger, search);
		expect(first.entries).toHaveLength(50);
		expect(first.entryCount).toBe(121);

		const ids = first.entries.map(({ id }) => id);
		for (let page = first; page.next;) {
			const next = ledgerParameters(page.query);
			next.set('apres', encodeCursor(page.next));
			page = await read(ledger, next.toString());
			expect(page.totals).toEqual(first.totals);
			ids.push(...page.entries.map(({ id }) => id));
		}
		expect(ids).toHaveLength(121);
		expect(new Set(ids).size).toBe(121);
	}
);

it('is not there for whoever may not see the envelope, nor under an address that names none', async () => {
	const ledger = await smallBook();
	const id = ledger.id('Parcours');
	const none = new URLSearchParams();
	expect(await readEnvelopeLedger(as('partner', books.organisationId), id, none)).not.toBeNull();
	expect(await readEnvelopeLedger(as('elected'), id, none)).not.toBeNull();
	expect(await readEnvelopeLedger(as('partner', randomUUID()), id, none)).toBeNull();
	expect(await readEnvelopeLedger(books.finance, randomUUID(), none)).toBeNull();
	expect(await readEnvelopeLedger(books.finance, 'parcours', none)).toBeNull();
});

async function smallBook(): Promise<Ledger> {
	const ledger = await books.open(
		{ Parcours: 'off_budget' },
		{ Parcours: ['Accession', 'Mobilité'] }
	);
	await ledger.post(`
		day        | envelope | kind         | amount    | measure   | label
		2020-12-17 | Parcours | allocation   | 15 000,00 |           | Promesse
		2021-05-10 | Parcours | commitment   |  3 000,00 | Accession | Convention
		2022-02-15 | Parcours | disbursement |  2 000,00 | Accession | Prêts
		2022-03-31 | Parcours | disbursement |    800,00 | Mobilité  | Aides du T1`);
	return ledger;
}

/** An allocation and 120 small disbursements, several on the same day and of the same amount. */
async function longBook(): Promise<Ledger> {
	const ledger = await books.open({ Parcours: 'off_budget' });
	const lines = Array.from({ length: 120 }, (_, index) => {
		const day = `2021-${String(1 + (index % 7)).padStart(2, '0')}-15`;
		return `${day} | Parcours | disbursement | ${10 + (index % 5)},00`;
	});
	await ledger.post(`
		day        | envelope | kind       | amount
		2020-12-17 | Parcours | allocation | 15 000,00
		${lines.join('\n')}`);
	return ledger;
}

async function read(ledger: Ledger, search: string): Promise<EnvelopeLedger> {
	const parameters = new URLSearchParams(search);
	const page = await readEnvelopeLedger(books.finance, ledger.id('Parcours'), parameters);
	if (!page) throw new Error('no such ledger');
	return page;
}

function entriesOf({ entries }: EnvelopeLedger): string {
	const rows = entries.map((entry) =>
		[
			entry.effectiveOn,
			entry.kind,
			entry.measure ?? '',
			entry.label,
			inEuros(entry.amountCents),
			entry.fiscalYear
		].join(' | ')
	);
	return table(['day | kind | measure | label | amount | year', ...rows].join('\n'));
}

function totalsOf({ totals }: EnvelopeLedger): string {
	const rows = totals.map((total) =>
		[total.kind, inEuros(total.amountCents), total.entryCount].join(' | ')
	);
	return table(['kind | amount | entries', ...rows].join('\n'));
}

const totalInWords = ({
	kind,
	amountCents,
	entryCount
}: EnvelopeLedger['totals'][number]): string => `${kind} ${inEuros(amountCents)} ${entryCount}`;

function as(role: Role, organisationId: string | null = null): Context {
	const { db, at } = books.finance;
	const actor = { id: randomUUID(), name: role, role, organisationId, organisationName: null };
	return { db, at, actor };
}
