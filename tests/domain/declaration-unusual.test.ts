import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import {
	listUnusual,
	type JudgedDeclaration,
	type JudgedLine
} from '#lib/domain/declaration-unusual.ts';
import { euros as amountOf, records, table } from '../support/table.ts';
import { plain } from './words.ts';

/** What was sent, a row a line: amount, aids counted. `past` are accepted amounts, the latest first. */
type Book = {
	sent: string;
	past?: string;
	left?: string;
	reason?: string;
	files?: number;
	sentOn?: string;
};

const PERIODS = [
	{ startsOn: day('2022-01-01'), endsOn: day('2022-03-31') },
	{ startsOn: day('2021-10-01'), endsOn: day('2021-12-31') },
	{ startsOn: day('2021-07-01'), endsOn: day('2021-09-30') }
];

/** 2017-2019: 1 575 mobility aids for 2,2 M€ are 1 396,83 € each. */
const MOBILITY = { amountCents: cents(220_000_000n), count: 1575 };

const USUAL = `
	row       | amount    | aids
	Accession | 40 000,00 | 27
	Mobilité  | 21 400,00 | 15`;

describe('nothing is unusual', () => {
	it('in what was declared as before, in time, with evidence and within what is left', () => {
		expect(judge({ sent: USUAL, past: 'Accession | 39 000 | 42 000\nMobilité | 20 000' })).toBe('');
	});

	it('in a first declaration, which nothing can be compared with', () => {
		expect(judge({ sent: USUAL })).toBe('');
	});

	it('in nothing, where nothing was ever declared', () => {
		expect(judge({ sent: 'row | amount | aids', files: 0 })).toBe('');
	});
});

describe('more than is left', () => {
	it('says by how much, and why in the words of who declares', () => {
		expect(judge({ sent: USUAL, left: '50 000,00', reason: 'Rattrapage' })).toBe(
			table(`
			alert | Dépasse le reste de l’enveloppe : 61 400 € déclarés pour 50 000 € restants, soit 11 400 € de trop. Motif donné : « Rattrapage ».`)
		);
	});

	it('says that no reason is given, and that nothing was left', () => {
		expect(judge({ sent: USUAL, left: '0,00' })).toContain(
			'61 400 € déclarés alors qu’il ne reste rien, soit 61 400 € de trop. Aucun motif n’est donné.'
		);
	});

	it('is not to the cent what is left', () => {
		expect(judge({ sent: USUAL, left: '61 400,00' })).toBe('');
		expect(judge({ sent: USUAL, left: '61 399,99' })).toContain('soit 0,01 € de trop');
	});
});

describe('more than the usual', () => {
	it('is more than twice the median of at least two accepted periods', () => {
		const past = 'Accession | 30 000 | 10 000 | 18 000';
		expect(judge({ sent: USUAL, past })).toBe(
			table(`
			warning | Accession : 40 000 €, plus du double de l’habituel (18 000 €, médiane de 3 périodes validées).`)
		);
	});

	it('is not exactly twice, nor after a single period', () => {
		expect(judge({ sent: USUAL, past: 'Accession | 20 000 | 20 000' })).toBe('');
		expect(judge({ sent: USUAL, past: 'Accession | 1 000' })).toBe('');
	});
});

describe('the unit cost', () => {
	it.each([
		[
			'21 400,00',
			'7',
			'Mobilité : 3 057,14 € par aide, contre 1 396,83 € dans la période de référence, plus du double.'
		],
		[
			'21 400,00',
			'40',
			'Mobilité : 535 € par aide, contre 1 396,83 € dans la période de référence, moins de la moitié.'
		]
	])('of %s for %s aids is far from the reference', (amount, aids, sentence) => {
		expect(judge({ sent: `row | amount | aids\nMobilité | ${amount} | ${aids}` })).toBe(
			table(`warning | ${sentence}`)
		);
	});

	it('is not judged where either count or amount is unknown', () => {
		expect(judge({ sent: 'row | amount | aids\nAccession | 9 000 000,00 | 1' })).toBe('');
	});
});

describe('what is missing', () => {
	it('is an amount beside a count, unless it is a guarantee', () => {
		const sent = `
			row       | amount    | aids | guarantee
			Accession | 40 000,00 | 27   |
			Mobilité  |           | 15   |
			VISALE    |           | 208  | yes`;
		expect(judge({ sent })).toBe(table('warning | Mobilité : 15 aides, et aucun montant.'));
	});

	it('is a count beside an amount', () => {
		expect(judge({ sent: 'row | amount | aids\nAccession | 40 000,00 |' })).toBe(
			table('note | Accession : 40 000 €, et le nombre d’aides n’est pas renseigné.')
		);
	});

	it('is evidence, where money was declared', () => {
		expect(judge({ sent: USUAL, files: 0 })).toBe(
			table('warning | Aucun justificatif n’est joint, pour 61 400 € déclarés.')
		);
		expect(judge({ sent: 'row | amount | aids\nAccession | 0,00 |', files: 0 })).toBe('');
	});

	it('is everything, after a period with amounts', () => {
		const past = 'Accession | 39 000 | 42 000\nMobilité | 20 000 | 21 000';
		expect(judge({ sent: 'row | amount | aids', past })).toBe(
			table(`
			warning | Rien n’est déclaré, alors que la dernière période validée (1er trimestre 2022) comptait 59 000 €.`)
		);
	});

	it('is a row of which every accepted period said something', () => {
		const past = 'Accession | 39 000 | 42 000\nMobilité | 20 000 | 21 000';
		expect(judge({ sent: 'row | amount | aids\nAccession | 40 000,00 | 27', past })).toBe(
			table(`
			note | Mobilité : montant non renseigné, alors que les 2 dernières périodes validées en avaient un (20 500 € en médiane).`)
		);
	});
});

describe('a correction of more than the ledger holds of that period', () => {
	it.each([
		['300,00', '300 €'],
		['1 199,99', '1 199,99 €'],
		['', 'rien']
	])('is said with both figures: %s', (held, said) => {
		const sent = `row | amount | aids | corrects | held\nMobilité | -1 200,00 | -1 | yes | ${held}`;
		expect(judge({ sent })).toBe(
			table(`
			warning | Mobilité : - 1 200 € corrigent le 4e trimestre 2021, c’est plus que ce que le grand livre en tient sur cette ligne : ${said}.`)
		);
	});
});

describe('what is worth a look', () => {
	it('is a correction, with the period that it corrects', () => {
		const sent =
			'row | amount | aids | corrects | held\nMobilité | -1 200,00 | -1 | yes | 1 200,00';
		expect(judge({ sent })).toBe(
			table(`
			note | Mobilité : - 1 200 €, qui corrigent une période antérieure (4e trimestre 2021).`)
		);
	});

	it('is an operation that nobody knew', () => {
		const sent = 'row | amount | new\nn.1 | 80 000,00 | Les Tilleuls';
		expect(judge({ sent })).toBe(
			table(`
			note | Opération nouvelle, que valider confirmera : Les Tilleuls (Habitat, Chenôve).`)
		);
	});

	it('is what was sent after it was due, not on the very day', () => {
		expect(judge({ sent: USUAL, sentOn: '2022-07-31' })).toBe('');
		expect(judge({ sent: USUAL, sentOn: '2022-08-01' })).toBe(
			table('note | Transmise le 1er août 2022, 1 jour après l’échéance du 31 juillet 2022.')
		);
	});
});

it('puts the most serious first', () => {
	const found = judge({
		sent: 'row | amount | aids\nAccession | 40 000,00 |\nMobilité | | 15',
		left: '10 000,00',
		files: 0,
		sentOn: '2022-08-05'
	});
	expect(found.split('\n').map((line) => line.split(' | ')[0])).toEqual([
		'alert',
		'warning',
		'warning',
		'note',
		'note'
	]);
});

function judge({ sent, past = '', left, reason, files = 1, sentOn }: Book): string {
	const lines = records(sent).map(lineOf);
	const rows = past.split('\n').filter((line) => line.includes('|'));
	const history = rows.map((line) => line.split('|').map((cell) => cell.trim()));
	const count = Math.max(0, ...history.map((cells) => cells.length - 1));
	const declaration: JudgedDeclaration = {
		lines,
		fileCount: files,
		leftCents: cents(amountOf(left ?? '1 000 000 000,00')),
		overrunReason: reason ?? null,
		earlier: PERIODS.slice(0, count).map((period, index) => ({
			period,
			amounts: new Map(
				history.flatMap(([row = '', ...cells]) => {
					const cell = cells[index];
					return cell === undefined ? [] : [[row, cents(amountOf(cell))]];
				})
			)
		})),
		labels: new Map(['Accession', 'Mobilité'].map((row) => [row, row])),
		sentOn: sentOn ? day(sentOn) : null,
		dueOn: day('2022-07-31')
	};
	const found = listUnusual(declaration);
	return table(
		found.map(({ severity, sentence }) => `${severity} | ${plain(sentence)}`).join('\n')
	);
}

function lineOf(row: Record<string, string>): JudgedLine {
	const { row: rowKey = '', amount, aids, guarantee, corrects, held } = row;
	const name = row['new'];
	return {
		rowKey,
		label: name ?? rowKey,
		amountCents: amount === undefined ? null : cents(amountOf(amount)),
		asksAmount: guarantee === undefined,
		asksCount: name === undefined ? 'aids' : null,
		counts: aids === undefined ? [] : [{ unit: 'aids', number: Number(aids), staged: false }],
		corrects: corrects ? (PERIODS[1] ?? null) : null,
		heldCents: held ? cents(amountOf(held)) : null,
		newOperation: name === undefined ? null : { name, landlord: 'Habitat', commune: 'Chenôve' },
		baseline: rowKey === 'Mobilité' ? MOBILITY : null
	};
}
