import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import {
	cursorAt,
	decodeCursor,
	encodeCursor,
	LEDGER_SORTS,
	type LedgerCursor
} from '#lib/domain/ledger-order.ts';
import { ledgerParameters, parseLedgerQuery, type LedgerQuery } from '#lib/domain/ledger-query.ts';
import { ENTRY_KINDS } from '#lib/domain/ledger.ts';
import { cents, LARGEST_CENTS } from '#lib/domain/money.ts';

const WHOLE_LEDGER: LedgerQuery = {
	kind: null,
	measureId: null,
	year: null,
	operationId: null,
	counterpartyId: null,
	from: null,
	to: null,
	text: null,
	reversals: null,
	declaration: null,
	sort: 'date',
	direction: 'desc',
	after: null
};

const anyDay = fc
	.date({ min: new Date('1950-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
	.map((date) => day(date.toISOString().slice(0, 10)));
const anyEntry = fc.record({
	id: fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }),
	effectiveOn: anyDay,
	amountCents: fc.bigInt({ min: -LARGEST_CENTS, max: LARGEST_CENTS }).map((value) => cents(value))
});
const anyQuery: fc.Arbitrary<LedgerQuery> = fc.record({
	kind: fc.option(fc.constantFrom(...ENTRY_KINDS)),
	measureId: fc.option(fc.uuid()),
	year: fc.option(fc.integer({ min: 1950, max: 2999 })),
	operationId: fc.option(fc.uuid()),
	counterpartyId: fc.option(fc.uuid()),
	from: fc.option(anyDay),
	to: fc.option(anyDay),
	text: fc.option(fc.stringMatching(/^[\wà-ü'&=+%#«»]{1,100}$/u)),
	reversals: fc.option(fc.constantFrom('only', 'hide')),
	declaration: fc.option(fc.integer({ min: 1, max: 999_999 })),
	sort: fc.constantFrom(...LEDGER_SORTS),
	direction: fc.constantFrom('asc', 'desc'),
	after: fc.constant(null)
});

describe('the address of a ledger page', () => {
	it('leads back to the same query', () => {
		fc.assert(
			fc.property(anyQuery, (query) => {
				const address = new URLSearchParams(ledgerParameters(query).toString());
				expect(parseLedgerQuery(address).query).toEqual(query);
			})
		);
	});

	it('of the whole ledger, latest first, needs nothing', () => {
		expect(ledgerParameters(WHOLE_LEDGER).toString()).toBe('');
		expect(parseLedgerQuery(new URLSearchParams())).toEqual({ query: WHOLE_LEDGER, notes: [] });
	});

	it('speaks French', () => {
		const query: LedgerQuery = {
			...WHOLE_LEDGER,
			kind: 'disbursement',
			year: 2021,
			from: day('2021-01-01'),
			to: day('2021-06-30'),
			text: 'Bailleur A',
			reversals: 'only',
			declaration: 12,
			sort: 'montant',
			direction: 'asc'
		};
		expect(ledgerParameters(query).toString()).toBe(
			'nature=versement&exercice=2021&du=2021-01-01&jusquau=2021-06-30&texte=Bailleur+A' +
				'&contrepassations=seules&declaration=12&tri=montant&sens=croissant'
		);
	});

	it('falls back where it cannot be read, and says so', () => {
		const address = new URLSearchParams({
			nature: 'disbursement',
			mesure: '42',
			exercice: '21',
			operation: 'x',
			tiers: "' or 1=1",
			du: '2021-02-30',
			jusquau: 'hier',
			texte: 'a'.repeat(101),
			contrepassations: 'oui',
			declaration: 'nº 12',
			tri: 'id',
			sens: 'desc',
			apres: 'zzzzzzzzzz'
		});
		const { query, notes } = parseLedgerQuery(address);
		expect(query).toEqual(WHOLE_LEDGER);
		expect(notes).toHaveLength(13);
		expect(notes[1]).toBe(
			'Dans l’adresse, le choix «\u00a0nature\u00a0» n’a pas été compris et n’est pas appliqué\u00a0: «\u00a0disbursement\u00a0».'
		);
	});

	it('with days in the wrong order is taken as it is, and says that nothing can be found', () => {
		const { query, notes } = parseLedgerQuery(
			new URLSearchParams('du=2022-01-01&jusquau=2021-01-01')
		);
		expect(query.from).toBe('2022-01-01');
		expect(parseLedgerQuery(new URLSearchParams('du=2022-01-01')).notes).toEqual([]);
		expect(parseLedgerQuery(new URLSearchParams('du=2022-01-01&jusquau=2022-01-01')).notes).toEqual(
			[]
		);
		expect(notes).toEqual([
			'La date de début vient après la date de fin\u00a0: aucune écriture ne peut convenir.'
		]);
	});

	it('never carries control characters to the database', () => {
		expect(parseLedgerQuery(new URLSearchParams('texte=%00a%07b')).query.text).toBe('ab');
		expect(parseLedgerQuery(new URLSearchParams('texte=%00')).query.text).toBeNull();
	});

	it('never makes the program fail, whatever it says', () => {
		const names = ['nature', 'mesure', 'exercice', 'du', 'texte', 'tri', 'sens', 'apres'];
		fc.assert(
			fc.property(
				fc.dictionary(fc.constantFrom(...names), fc.string({ unit: 'binary-ascii' })),
				(values) => {
					parseLedgerQuery(new URLSearchParams(values));
				}
			)
		);
	});
});

describe('the place in a list', () => {
	it('is read back for the order it was made for, and for no other', () => {
		fc.assert(
			fc.property(anyEntry, fc.constantFrom(...LEDGER_SORTS), (entry, sort) => {
				const cursor = cursorAt(entry, sort);
				for (const other of LEDGER_SORTS) {
					const read: LedgerCursor | null = decodeCursor(encodeCursor(cursor), other);
					expect(read).toEqual(other === sort ? cursor : null);
				}
			})
		);
	});

	it('may be at the largest amount either way', () => {
		for (const amountCents of [LARGEST_CENTS, -LARGEST_CENTS].map((value) => cents(value))) {
			const cursor: LedgerCursor = { sort: 'montant', amountCents, id: 1n };
			expect(decodeCursor(encodeCursor(cursor), 'montant')).toEqual(cursor);
		}
	});

	it('goes through an address unchanged', () => {
		fc.assert(
			fc.property(anyEntry, fc.constantFrom(...LEDGER_SORTS), (entry, sort) => {
				const query = { ...WHOLE_LEDGER, sort };
				const next = ledgerParameters(query);
				next.set('apres', encodeCursor(cursorAt(entry, sort)));
				expect(next.toString()).toMatch(/^[\w=&-]+$/);
				expect(parseLedgerQuery(next)).toEqual({
					query: { ...query, after: cursorAt(entry, sort) },
					notes: []
				});
			})
		);
	});

	it('is nothing when it was made up', () => {
		const forge = (plain: string) => btoa(plain).replace(/=+$/, '');
		const forged = [
			'date:2021-02-30:1',
			'date:2021-02-28:0',
			'date:2021-02-28:-1',
			'date:2021-02-28:1:2',
			'date:2021-02-28:9999999999999999999',
			'date::1',
			'date:2021-02-28:1; drop table entries'
		].map(forge);
		expect(forged.filter((text) => decodeCursor(text, 'date') !== null)).toEqual([]);
		const amounts = ['montant:9000000000000001:1', 'montant:1.5:1', 'montant:-0:1', 'montant:01:1'];
		expect(amounts.map(forge).filter((text) => decodeCursor(text, 'montant'))).toEqual([]);
		fc.assert(
			fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
				expect(decodeCursor(text, 'date')).toBeNull();
			})
		);
	});
});
