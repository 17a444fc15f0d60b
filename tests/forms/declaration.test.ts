import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import type { CountField, DeclarationShape } from '#lib/domain/declaration.ts';
import { countCell } from '#lib/domain/declaration-cell.ts';
import { cents, formatEuros, LARGEST_CENTS } from '#lib/domain/money.ts';
import { LARGEST_ENTRY_CENTS } from '#lib/domain/ledger.ts';
import { readDraft } from '#lib/forms/declaration.ts';

const MEASURE = '11111111-1111-4111-8111-111111111111';
const GUARANTEE = '22222222-2222-4222-8222-222222222222';
const OPERATION = '33333333-3333-4333-8333-333333333333';
const AIDS = '44444444-4444-4444-8444-444444444444';
const DWELLINGS = '55555555-5555-4555-8555-555555555555';

const aids: CountField = {
	indicatorId: AIDS,
	label: 'Aides',
	unit: 'aids',
	product: null,
	stage: null,
	communeCode: null
};
const dwellings: CountField = {
	...aids,
	indicatorId: DWELLINGS,
	unit: 'dwellings',
	product: 'PLAI',
	stage: 'approved'
};
const row = { measureId: null, operationId: null, depth: 0, asksAmount: true, counts: [aids] };

const shape: DeclarationShape = {
	envelopeId: '66666666-6666-4666-8666-666666666666',
	envelopeLabel: 'Parcours résidentiel',
	circuit: 'off_budget',
	periodStartsOn: day('2022-04-01'),
	periodEndsOn: day('2022-06-30'),
	byOperation: true,
	rows: [
		{ ...row, key: `m.${MEASURE}`, kind: 'measure', label: 'Mobilité', measureId: MEASURE },
		{
			...row,
			key: `m.${GUARANTEE}`,
			kind: 'measure',
			label: 'Garanties VISALE',
			measureId: GUARANTEE,
			depth: 1,
			asksAmount: false
		},
		{
			...row,
			key: `o.${OPERATION}`,
			kind: 'operation',
			label: 'Les Tilleuls',
			operationId: OPERATION,
			counts: [dwellings]
		}
	],
	newOperationCounts: [dwellings],
	earlierPeriods: [{ startsOn: day('2022-01-01'), endsOn: day('2022-03-31') }],
	communes: [{ code: '21231', name: 'Dijon' }]
};

const M = `m.${MEASURE}`;
const G = `m.${GUARANTEE}`;
const AMOUNT = `${M}.montant`;
const COUNT = `${M}.nombre.${AIDS}`;

const read = (cells: Record<string, string>, own = shape) =>
	readDraft(own, new Map(Object.entries(cells)));
const problems = (cells: Record<string, string>, own = shape) =>
	read(cells, own).problems.map(({ key, message }) => [key, message]);
const keys = (cells: Record<string, string>) => read(cells).problems.map(({ key }) => key);

describe('what was typed becomes a line', () => {
	it('reads an amount and a count as people in France type them', () => {
		expect(read({ [AMOUNT]: ' 412 300,00 € ', [COUNT]: '1\u202F402' })).toEqual({
			nothing: false,
			comment: null,
			overrunReason: null,
			lines: [
				{
					rowKey: M,
					measureId: MEASURE,
					operationId: null,
					newOperation: null,
					amountCents: 41_230_000n,
					comment: null,
					corrects: null,
					counts: [
						{
							indicatorId: AIDS,
							product: null,
							stage: null,
							communeCode: null,
							number: 1402
						}
					]
				}
			],
			problems: [],
			totalCents: 41_230_000n
		});
	});

	it('keeps apart what was not said and zero', () => {
		const [line] = read({ [AMOUNT]: '0', [COUNT]: '' }).lines;
		expect(line).toMatchObject({ amountCents: 0n, counts: [] });
		expect(read({ [AMOUNT]: '', [COUNT]: '0' }).lines).toMatchObject([
			{ amountCents: null, counts: [{ number: 0 }] }
		]);
	});

	it('gives no line for a row with nothing in it', () => {
		expect(read({ [AMOUNT]: '12', [`${G}.nombre.${AIDS}`]: '  ' }).lines).toHaveLength(1);
	});

	it('sums what can be read', () => {
		const cells = { [AMOUNT]: '12,50', [`o.${OPERATION}.montant`]: '2 k€' };
		expect(read(cells).totalCents).toBe(201_250n);
	});

	it('leaves aside fields that the declaration does not ask for', () => {
		const cells = {
			[AMOUNT]: '1',
			[`${G}.montant`]: 'n’importe quoi',
			'm.77777777-7777-4777-8777-777777777777.montant': 'x',
			'': 'x'
		};
		expect(read(cells)).toMatchObject({ problems: [], totalCents: 100n });
	});

	it('takes the comment, the reason and the comment of a line without the spaces around them', () => {
		const draft = read({
			[AMOUNT]: '1',
			commentaire: ' Deux dossiers reportés. \n',
			motif: 'Avenant en cours',
			[`${M}.commentaire`]: ' provisoire '
		});
		expect(draft).toMatchObject({
			comment: 'Deux dossiers reportés.',
			overrunReason: 'Avenant en cours',
			lines: [{ comment: 'provisoire' }]
		});
	});
});

describe('what cannot be read is said at its field', () => {
	it('refuses an amount that can be read in two ways, with an example', () => {
		for (const text of ['1.234,50', '12,345', '1.234.567', 'douze', '1 23', '=A1+B1']) {
			expect(problems({ [AMOUNT]: text })).toEqual([
				[AMOUNT, expect.stringContaining('1\u202F234,50')]
			]);
		}
	});

	it('refuses amounts beyond 100 milliards, one by one and together', () => {
		const most = formatEuros(cents(LARGEST_ENTRY_CENTS));
		expect(keys({ [AMOUNT]: formatEuros(cents(LARGEST_ENTRY_CENTS + 1n)) })).toEqual([AMOUNT]);
		expect(keys({ [AMOUNT]: most })).toEqual([]);
		expect(keys({ [AMOUNT]: most, [`o.${OPERATION}.montant`]: '1' })).toEqual([
			`o.${OPERATION}.montant`
		]);
	});

	it('refuses a count that is no whole number', () => {
		for (const text of ['1,5', '1.402', '12 aides', '1 40', '100 000 001', '٣']) {
			expect(keys({ [COUNT]: text })).toEqual([COUNT]);
		}
	});

	it('refuses a comment that is too long, and a reason above 500 characters', () => {
		const cells = { [AMOUNT]: '1', commentaire: 'a'.repeat(2001), motif: 'a'.repeat(501) };
		expect(problems(cells)).toEqual([
			['commentaire', 'C’est trop long\u00A0: 2\u202F000 caractères au plus.'],
			['motif', 'C’est trop long\u00A0: 500 caractères au plus.']
		]);
	});
});

describe('a correction of an earlier period', () => {
	it('says which period a negative amount corrects', () => {
		expect(keys({ [AMOUNT]: '- 12' })).toEqual([`${M}.corrige`]);
		const draft = read({ [AMOUNT]: '−12', [`${M}.corrige`]: '2022-01-01', [COUNT]: '-3' });
		expect(draft.problems).toEqual([]);
		expect(draft.lines).toMatchObject([
			{
				amountCents: -1200n,
				corrects: { startsOn: '2022-01-01', endsOn: '2022-03-31' },
				counts: [{ number: -3 }]
			}
		]);
	});

	it('names a period before this one, out of the list', () => {
		for (const period of ['2022-04-01', '2021-10-01', 'avant']) {
			expect(keys({ [AMOUNT]: '-12', [`${M}.corrige`]: period })).toEqual([`${M}.corrige`]);
		}
	});

	it('is refused at the amount where no period is before', () => {
		expect(problems({ [AMOUNT]: '-12' }, { ...shape, earlierPeriods: [] })).toEqual([
			[AMOUNT, expect.stringContaining('aucune avant')]
		]);
	});

	it('does not go with an amount that is not negative', () => {
		expect(keys({ [AMOUNT]: '12', [`${M}.corrige`]: '2022-01-01' })).toEqual([`${M}.corrige`]);
		expect(keys({ [COUNT]: '12', [`${M}.corrige`]: '2022-01-01' })).toEqual([`${M}.corrige`]);
	});

	it('lets a count be negative with a negative amount or a corrected period, and never otherwise', () => {
		expect(keys({ [COUNT]: '-3' })).toEqual([COUNT]);
		expect(keys({ [AMOUNT]: '5', [COUNT]: '-3' })).toEqual([COUNT]);
		expect(keys({ [COUNT]: '-3', [`${M}.corrige`]: '2022-01-01' })).toEqual([]);
	});
});

describe('an operation that is not known yet', () => {
	const whole = {
		'n.3.nom': 'Les Érables',
		'n.3.bailleur': 'Grand Dijon Habitat',
		'n.3.commune': '21231',
		'n.3.montant': '10 000',
		[`n.3.nombre.${DWELLINGS}.PLAI.approved.-`]: '12'
	};

	it('is described by its name, landlord and commune together', () => {
		expect(read(whole)).toMatchObject({
			problems: [],
			lines: [
				{
					rowKey: 'n.3',
					newOperation: {
						name: 'Les Érables',
						landlord: 'Grand Dijon Habitat',
						communeCode: '21231'
					},
					amountCents: 1_000_000n,
					counts: [{ product: 'PLAI', stage: 'approved', number: 12 }]
				}
			]
		});
		for (const part of ['nom', 'bailleur', 'commune']) {
			expect(keys({ ...whole, [`n.3.${part}`]: '' })).toEqual([`n.3.${part}`]);
		}
	});

	it('comes with an amount or a count', () => {
		const { 'n.3.nom': name, 'n.3.bailleur': landlord, 'n.3.commune': commune } = whole;
		const alone = {
			[AMOUNT]: '1',
			'n.3.nom': name,
			'n.3.bailleur': landlord,
			'n.3.commune': commune
		};
		expect(keys(alone)).toEqual(['n.3.montant']);
	});

	it('is in a commune of the list', () => {
		expect(keys({ ...whole, 'n.3.commune': '75056' })).toEqual(['n.3.commune']);
	});

	it('is not asked where operations are not declared one by one', () => {
		const draft = read({ ...whole, [AMOUNT]: '1' }, { ...shape, byOperation: false });
		expect(draft.lines.map(({ rowKey }) => rowKey)).toEqual([M]);
	});
});

describe('nothing to declare', () => {
	it('is a valid declaration, with a comment or without', () => {
		expect(read({ rien: 'oui', commentaire: 'Aucun versement.' })).toMatchObject({
			nothing: true,
			lines: [],
			problems: []
		});
	});

	it('contradicts an amount or a count', () => {
		for (const cells of [{ [AMOUNT]: '0' }, { [COUNT]: '3' }, { [AMOUNT]: 'douze' }]) {
			expect(problems({ rien: 'oui', ...cells })[0]).toEqual([
				'rien',
				expect.stringContaining('à la fois')
			]);
		}
	});

	it('has to be said: an empty draft is a problem on the whole', () => {
		for (const cells of [{}, { [AMOUNT]: ' ' }, { commentaire: 'Bonjour' }]) {
			expect(problems(cells)).toEqual([['rien', expect.stringContaining('au moins un montant')]]);
		}
	});
});

describe('whatever is typed', () => {
	const fields = [
		'rien',
		'commentaire',
		'motif',
		...shape.rows.flatMap(({ key, counts }) => [
			`${key}.montant`,
			`${key}.commentaire`,
			`${key}.corrige`,
			...counts.map((field) => countCell(key, field))
		]),
		...['nom', 'bailleur', 'commune', 'montant', 'commentaire', 'corrige'].map((f) => `n.1.${f}`)
	];
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 40 }),
		fc.constantFrom('', 'oui', '12', '-12', '1 402', '2022-01-01', '21231', '100 Md€', '-100 Md€'),
		fc.integer().map(String)
	);
	const cells = fc.dictionary(fc.constantFrom(...fields), text);

	it('is read without a crash, with one problem a field at most, and only good lines where there is none', () => {
		fc.assert(
			fc.property(cells, (typed) => {
				const draft = read(typed);
				const named = draft.problems.map(({ key }) => key);
				expect(new Set(named).size).toBe(named.length);
				for (const key of named) expect(fields).toContain(key);
				if (draft.problems.length > 0) return;
				expect(draft.nothing || draft.lines.length > 0).toBe(true);
				for (const line of draft.lines) {
					if ((line.amountCents ?? 0n) < 0n) expect(line.corrects).not.toBeNull();
					if (line.rowKey.startsWith('n.')) expect(line.newOperation).not.toBeNull();
				}
			}),
			{ numRuns: 2000 }
		);
	});

	it('reads every amount back as the application writes it', () => {
		const amounts = fc.bigInt({ min: -LARGEST_ENTRY_CENTS, max: LARGEST_ENTRY_CENTS });
		expect(LARGEST_ENTRY_CENTS).toBeLessThan(LARGEST_CENTS);
		fc.assert(
			fc.property(amounts, (amount) => {
				const typed = { [AMOUNT]: formatEuros(cents(amount)), [`${M}.corrige`]: '2022-01-01' };
				expect(read(typed).lines[0]?.amountCents).toBe(amount);
			})
		);
	});
});
