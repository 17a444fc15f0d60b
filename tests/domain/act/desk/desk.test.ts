import { describe, expect, it } from 'vitest';
import { checkDesk } from '#lib/domain/act/desk/desk-checks.ts';
import {
	countDecided,
	inOrderOfWork,
	listRivals,
	listSure,
	nextToDecide,
	readAsked,
	stepOfRole,
	writeAsked,
	type DeskProposal
} from '#lib/domain/act/desk/desk.ts';
import { findWords } from '#lib/domain/act/find-words.ts';
import type { ProposalRole, ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import { describeValue } from '#lib/domain/act/desk/proposal-words.ts';
import { readPassage, refuseSpan } from '#lib/domain/act/read-passage.ts';

const amount = (cents: string, other: Partial<Extract<ProposalValue, { type: 'amount' }>> = {}) =>
	({
		type: 'amount',
		cents,
		precisionCents: '0',
		kind: 'amount',
		per: null,
		formula: null,
		...other
	}) as const;
const count = (number: number) => ({ type: 'count', number, of: null }) as const;
const day = (text: string) => ({ type: 'day', day: text as never }) as const;

function proposal(
	id: string,
	role: ProposalRole,
	readValue: ProposalValue,
	other: Partial<DeskProposal> = {}
): DeskProposal {
	return {
		id,
		step: stepOfRole(role),
		role,
		readSpan: { start: 0, end: 1 },
		readValue,
		keptSpan: null,
		keptValue: null,
		confidence: 'high',
		because: null,
		promise: null,
		section: 'header',
		wholeId: null,
		choice: null,
		decidedBy: null,
		decidedAt: null,
		citationId: null,
		...other
	};
}

const at = (start: number, end: number) => ({ readSpan: { start, end } });

describe('the order of work', () => {
	it('goes from the act to its words, the head by its roles, the body by its text, wholes before parts', () => {
		const proposals = [
			proposal('words', 'words', { type: 'words' }, at(1, 5)),
			proposal('part', 'amount', amount('1'), at(20, 25)),
			proposal('whole', 'amount', amount('2'), at(20, 60)),
			proposal('for', 'for', count(3), at(90, 92)),
			proposal('title', 'title', { type: 'text', text: 'x' }, at(2, 3)),
			proposal('sitting', 'sitting', day('2020-12-17'), at(30, 40)),
			proposal('first', 'amount', amount('3'), at(10, 12))
		];
		expect(inOrderOfWork(proposals).map(({ id }) => id)).toEqual([
			'sitting',
			'title',
			'for',
			'first',
			'whole',
			'part',
			'words'
		]);
	});

	it('goes on after a decision, begins again at the top, and ends', () => {
		const [one, two, three] = [
			proposal('1', 'sitting', day('2020-12-17')),
			proposal('2', 'for', count(1), { choice: 'accepted' }),
			proposal('3', 'amount', amount('1'))
		];
		expect(nextToDecide([one, two, three], '1')?.id).toBe('3');
		expect(nextToDecide([one, two, three], '3')?.id).toBe('1');
		expect(nextToDecide([two], '2')).toBe(null);
	});

	it('counts and decides nothing that is reckoned', () => {
		const total = proposal('t', 'amount', amount('1', { kind: 'derived', formula: '2 × 3' }));
		expect(countDecided([total, proposal('1', 'amount', amount('1'))])).toEqual({
			decided: 0,
			total: 1
		});
		expect(nextToDecide([total], null)).toBe(null);
		expect(listSure([total], new Map())).toEqual([]);
	});
});

describe('candidates for one thing', () => {
	const two = [
		proposal('1', 'sitting', day('2020-12-17')),
		proposal('2', 'sitting', day('2016-09-23'))
	];

	it('are rivals while they differ and none is refused', () => {
		expect([...listRivals(two).keys()]).toEqual(['sitting']);
		expect(listSure(two, listRivals(two))).toEqual([]);
		const settled = two.map((one, index) =>
			index === 1 ? { ...one, choice: 'refused' as const } : one
		);
		expect(listRivals(settled).size).toBe(0);
	});

	it('are none where they say the same, nor in the body', () => {
		expect(listRivals([two[0], two[0]].filter((one) => one !== undefined)).size).toBe(0);
		const amounts = [proposal('1', 'amount', amount('1')), proposal('2', 'amount', amount('2'))];
		expect(listRivals(amounts).size).toBe(0);
	});
});

describe('the checks of the desk', () => {
	const TEXT = '15,2 M€ dont 4,2 M€ et 11 M€ (52 % PLUS, 49 % PLAI)';
	const place = (words: string) => at(TEXT.indexOf(words), TEXT.indexOf(words) + words.length);
	const figures = [
		proposal(
			'all',
			'amount',
			amount('1520000000', { precisionCents: '5000000' }),
			place('15,2 M€')
		),
		proposal('one', 'amount', amount('420000000', { precisionCents: '5000000' }), {
			...place('4,2 M€'),
			wholeId: 'all'
		}),
		proposal('two', 'amount', amount('1100000000', { precisionCents: '50000000' }), {
			...place('11 M€'),
			wholeId: 'all'
		})
	];

	it('tell of the proposals that they concern', () => {
		expect(checkDesk(TEXT, figures)).toEqual([
			expect.objectContaining({ result: 'passed', step: 'figures', about: ['all', 'one', 'two'] })
		]);
	});

	it('follow a correction, named by its value, and leave out what is refused', () => {
		const corrected = figures.map((one) =>
			one.id === 'one'
				? { ...one, choice: 'corrected' as const, keptValue: amount('520000000') }
				: one
		);
		const [check] = checkDesk(TEXT, corrected);
		expect(check?.result).toBe('failed');
		expect(check?.message).toMatch(/^5\s200\s000\s€ \+ 11\sM€/);
		const refused = figures.map((one) => ({ ...one, choice: 'refused' as const }));
		expect(checkDesk(TEXT, refused)).toEqual([]);
	});

	it('hold shares against 100 %, votes against who sat, and days against each other', () => {
		const shares = [
			proposal(
				'52',
				'percentage',
				{ type: 'percentage', number: 52, precision: 0.5, of: null },
				place('52 %')
			),
			proposal(
				'49',
				'percentage',
				{ type: 'percentage', number: 49, precision: 0.5, of: null },
				place('49 %')
			)
		];
		expect(checkDesk(TEXT, shares)).toEqual([
			expect.objectContaining({ result: 'within_rounding', about: ['52', '49'] })
		]);
		const head = [
			proposal('s', 'sitting', day('2020-12-17')),
			proposal('c', 'convened', day('2020-12-18')),
			...(['present', 'proxies', 'for', 'against', 'abstention', 'not_voting'] as const).map(
				(role, index) => proposal(role, role, count([74, 9, 83, 0, 0, 0][index] ?? 0))
			)
		];
		expect(checkDesk('', head).map(({ step, result }) => [step, result])).toEqual([
			['identity', 'failed'],
			['vote', 'passed']
		]);
	});
});

describe('words of an act', () => {
	const ACT = 'Il s’agit de **l’avenant** à 15 M€, puis de 215 M€ et encore de\n15 M€.';

	it('are found whatever the apostrophes, capitals, accents, stars and line ends', () => {
		const found = findWords(ACT, { first: "IL S'AGIT DE L'AVENANT", last: '', occurrence: null });
		expect(found).toEqual({ span: { start: 0, end: ACT.indexOf('** à') } });
		const lines = findWords(ACT, { first: 'encore de 15 M€', last: '', occurrence: null });
		expect('span' in lines && ACT.slice(lines.span.start, lines.span.end)).toBe('encore de\n15 M€');
	});

	it('are whole: 15 M€ is not in 215 M€; which of several is asked', () => {
		const asked = { first: '15 M€', last: '' };
		expect(findWords(ACT, { ...asked, occurrence: null })).toMatchObject({ field: 'occurrence' });
		const second = ACT.lastIndexOf('15 M€');
		expect(findWords(ACT, { ...asked, occurrence: 2 })).toEqual({
			span: { start: second, end: second + 5 }
		});
		expect(findWords(ACT, { ...asked, occurrence: 3 })).toMatchObject({ field: 'occurrence' });
	});

	it('go from the first to the last', () => {
		const found = findWords(ACT, { first: 'puis de', last: 'encore', occurrence: null });
		expect('span' in found && ACT.slice(found.span.start, found.span.end)).toBe(
			'puis de 215 M€ et encore'
		);
		const none = findWords(ACT, { first: 'puis de', last: 'avenant', occurrence: null });
		expect(none).toMatchObject({ field: 'last' });
	});

	it('that are not there, or none, are said so', () => {
		expect(findWords(ACT, { first: 'subvention', last: '', occurrence: null })).toMatchObject({
			field: 'first'
		});
		expect(findWords(ACT, { first: ' (** ', last: '', occurrence: null })).toMatchObject({
			field: 'first'
		});
	});
});

describe('a passage marked by hand', () => {
	it.each([
		[
			'amount',
			'quatre cent quatre-vingt-quatorze mille euros',
			amount('49400000', { precisionCents: '50' })
		],
		['amount', '163 055,63€', amount('16305563')],
		['amount', '15 M€ et 20 M€', null],
		['amount', 'rien', null],
		['count', '9 363', count(9363)],
		['percentage', '12,5 %', { type: 'percentage', number: 12.5, precision: 0.05, of: null }],
		['day', 'le vingt-deux octobre deux mille vingt et un', day('2021-10-22')],
		['sitting', 'jeudi 1er février 2021', day('2021-02-01')],
		[
			'period',
			'du 1er mars 2021 au 30 juin 2022',
			{ type: 'period', startsOn: '2021-03-01', endsOn: '2022-06-30' }
		],
		['period', 'l’année 2021', { type: 'period', startsOn: '2021-01-01', endsOn: '2021-12-31' }],
		['president', 'M. **REBSAMEN**', { type: 'text', text: 'M. REBSAMEN' }],
		[
			'decision',
			'- de prélever les crédits',
			{ type: 'decision', verb: 'prélever', text: 'les crédits' }
		],
		['undertaking', 'Porter en commun', { type: 'words' }]
	] as const)('as %s, « %s » says what it says and no more', (role, words, value) => {
		expect(readPassage(role, words)).toEqual(value);
	});

	it('stands in the text, on whole characters', () => {
		expect(refuseSpan('ab 😀', { start: 0, end: 2 })).toBe(null);
		expect(refuseSpan('ab 😀', { start: 0, end: 4 })).toMatch(/coupe un caractère/);
		expect(refuseSpan('ab 😀', { start: 2, end: 3 })).toMatch(/Sélectionnez/);
		expect(refuseSpan('ab', { start: 0, end: 3 })).toMatch(/n’est pas dans le texte/);
	});
});

describe('what is said of a value', () => {
	it.each([
		[amount('1520000000', { precisionCents: '5000000' }), '15 200 000 €', '± 50 000 €', []],
		[
			amount('49400000', { per: 'year', kind: 'ceiling' }),
			'494 000 €',
			null,
			['par an', 'plafond']
		],
		[
			{ type: 'percentage', number: 52, precision: 0.5, of: 'PLUS' } as const,
			'52 %',
			'± 0,5 point',
			['PLUS']
		],
		[
			{ type: 'period', startsOn: '2020-01-01', endsOn: '2022-12-31' } as never,
			'de 2020 à 2022',
			null,
			[]
		],
		[day('2020-12-17'), '17 décembre 2020', null, []],
		[{ type: 'words' } as const, null, null, []]
	])('is in the terms of the books', (value, said, precision, notes) => {
		const words = describeValue(value);
		const plain = (text: string | null) => text?.replace(/\s/gu, ' ') ?? null;
		expect([plain(words.value), plain(words.precision), words.notes]).toEqual([
			said,
			precision,
			notes
		]);
	});
});

it('a form says what it decides about, and what was seen of it', () => {
	const asked = [
		{ id: 'a', seen: '' },
		{ id: 'b', seen: 'accepted 2026-11-22T10:00:00.000Z' }
	];
	expect(readAsked(writeAsked(asked))).toEqual(asked);
	expect(readAsked('a@\r\nb@accepted 2026-11-22T10:00:00.000Z')).toEqual(asked);
	expect(readAsked('')).toEqual([]);
});
