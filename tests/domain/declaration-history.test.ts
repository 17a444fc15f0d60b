import { describe, expect, it } from 'vitest';
import {
	compareSubmissions,
	compareWords,
	describeStep,
	type HistoryEvent,
	type SentRow
} from '#lib/domain/declaration-history.ts';
import { cents } from '#lib/domain/money.ts';
import { euros, records } from '../support/table.ts';
import { plain } from './words.ts';

const FIRST = `
	row          | amount     | aids | comment
	Accession    | 412 300,00 | 27   |
	Mobilité     |  21 400,00 | 15   | Hors primes
	Difficulté   |            |      |`;

describe('what changed from one time it was sent to the next', () => {
	it('is nothing where every row says the same', () => {
		expect(compared(FIRST, FIRST)).toEqual([]);
	});

	it('is told row by row, amounts before counts, what was not said being no zero', () => {
		const second = `
			row          | amount     | aids | comment
			Accession    | 412 300,00 | 28   |
			Mobilité     |  24 100,00 | 15   |
			Difficulté   |       0,00 | 3    |
			Les Tilleuls |  80 000,00 |      |`;
		expect(compared(FIRST, second)).toEqual([
			'Accession, aides : 27 → 28',
			'Mobilité : 21 400 € → 24 100 €',
			'Mobilité : commentaire retiré',
			'Difficulté : non renseigné → 0 €',
			'Difficulté, aides : non renseigné → 3',
			'Les Tilleuls : non renseigné → 80 000 €'
		]);
	});

	it('tells of a row that is no longer there, if it said something', () => {
		expect(compared(FIRST, 'row | amount | aids\nAccession | 412 300,00 | 27')).toEqual([
			'Mobilité : 21 400 € → retirée'
		]);
	});
});

describe('what was said of the whole from one time to the next', () => {
	it('is told where it changed, and only where both times are known', () => {
		const words = (comment: string | null, overrunReason: string | null) => ({
			comment,
			overrunReason
		});
		const told = compareWords(words(null, 'Avance'), words('Hors primes', 'Avance'));
		expect(told.map(plain)).toEqual(['Commentaire : aucun → « Hors primes »']);
		expect(compareWords(words('a', 'b'), words('a', 'b'))).toEqual([]);
		expect(compareWords({}, words('a', 'b'))).toEqual([]);
	});
});

describe('a step of the history in words', () => {
	it.each<[Partial<HistoryEvent>, string]>([
		[{ action: 'create', submission: 0 }, 'a commencé la déclaration'],
		[{ action: 'submit' }, 'a transmis la déclaration'],
		[{ action: 'submit', submission: 2 }, 'a transmis la déclaration pour la 2e fois'],
		[{ action: 'withdraw' }, 'a retiré la déclaration pour la corriger'],
		[{ action: 'accept' }, 'a validé la déclaration'],
		[
			{ action: 'accept', details: { entries: 1 } },
			'a validé la déclaration, ce qui a fait 1 écriture'
		],
		[
			{ action: 'accept', details: { entries: 4 } },
			'a validé la déclaration, ce qui a fait 4 écritures'
		],
		[{ action: 'accept', details: { entries: 0 } }, 'a validé la déclaration, sans écriture'],
		[
			{ action: 'accept', details: { entries: 2, movedTo: 2022, overrunReason: 'Avance' } },
			'a validé la déclaration, ce qui a fait 2 écritures dans l’exercice 2022, en admettant le dépassement : « Avance »'
		],
		[{ action: 'return', text: 'Joindre la liste' }, 'a renvoyé la déclaration à corriger'],
		[{ action: 'reopen' }, 'a rouvert la déclaration, dont les écritures sont contre-passées'],
		[{ action: 'remark', row: 'Mobilité' }, 'a fait une remarque sur « Mobilité »'],
		[
			{ action: 'attach', details: { name: 'liste.pdf' } },
			'a joint un justificatif : « liste.pdf »'
		],
		[{ action: 'detach', details: null }, 'a retiré un justificatif'],
		[{ action: 'import', details: { fileName: 't2.csv' } }, 'a repris un tableur : « t2.csv »']
	])('%j', (event, words) => {
		const whole = {
			action: 'submit',
			submission: 1,
			row: null,
			text: null,
			details: null
		} as const;
		expect(plain(describeStep({ ...whole, ...event }))).toBe(words);
	});
});

const compared = (before: string, after: string): string[] =>
	compareSubmissions(rowsOf(before), rowsOf(after)).map(plain);

const rowsOf = (text: string): SentRow[] =>
	records(text).map(({ row = '', amount, aids, comment }) => ({
		rowKey: row,
		label: row,
		amountCents: amount === undefined ? null : cents(euros(amount)),
		counts: aids === undefined ? [] : [{ label: 'aides', number: Number(aids) }],
		comment: comment ?? null
	}));
