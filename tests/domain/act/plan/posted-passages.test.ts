import { describe, expect, it } from 'vitest';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import type { PlannedEnvelope, SumGiven } from '#lib/domain/act/plan/plan.ts';
import { planProblems } from '#lib/domain/act/plan/review/plan-problems.ts';
import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import type { ProposedPromise } from '#lib/domain/act/desk/proposal.ts';
import { UNTOUCHED_BOOKS, type TouchedBooks } from '#lib/domain/act/plan/touched-books.ts';
import { day } from '#lib/domain/day.ts';
import { cents, NO_CENTS } from '#lib/domain/money.ts';
import { GRANT, PROGRAMME } from '../../../support/small-act.ts';

/** Sums of an act, one after the other: in the decision, linked to nothing, unless more is said. */
const sum = (key: string, quote: string, cents: string, more: Partial<PlanPassage> = {}) => {
	const start = 100 * Object.keys(QUOTES).indexOf(key);
	return {
		key,
		role: 'amount' as const,
		section: 'decision' as const,
		start,
		end: start + quote.length,
		quote,
		value: {
			type: 'amount' as const,
			cents,
			precisionCents: '50',
			kind: 'amount' as const,
			per: null,
			formula: null
		},
		partOf: null,
		promise: null,
		...more
	};
};

const QUOTES = {
	grant: '500 000 €',
	whole: '2 000 000 €',
	flats: '1 200 000 €',
	houses: '800 000 €',
	meant: '300 000 €',
	again: 'une aide de 1 200 000 €'
};

const typed = (passage: PlanPassage, cents: string): PlanPassage =>
	({ ...passage, value: { ...passage.value, cents } }) as PlanPassage;

const INTENTION = { strength: { value: 'intention' } } as unknown as ProposedPromise;
const reasons = { section: 'statement_of_reasons' } as const;

const PASSAGES: PlanPassage[] = [
	sum('grant', QUOTES.grant, '50000000'),
	sum('whole', QUOTES.whole, '200000000', reasons),
	sum('flats', QUOTES.flats, '120000000', { ...reasons, partOf: 'whole' }),
	sum('houses', QUOTES.houses, '80000000', { partOf: 'whole' }),
	sum('meant', QUOTES.meant, '30000000', { promise: INTENTION }),
	sum('again', QUOTES.again, '120000000', { start: 190, end: 233 }),
	...['agreement', 'purpose', 'promise'].map((key) => ({
		...sum('grant', 'des mots', '0'),
		key,
		start: 1000,
		end: 1008,
		value: { type: 'words' as const }
	}))
];

const books: TouchedBooks = {
	...UNTOUCHED_BOOKS,
	communes: [{ code: '21999', name: 'Valbelle' }]
};

function problemsOf(
	envelopes: PlannedEnvelope[],
	changes: Partial<TouchedBooks> = {},
	programme: object = {},
	passages: readonly PlanPassage[] = PASSAGES
) {
	const act: ActUnderReview = {
		head: null,
		sittingOn: day('2024-03-12'),
		title: 'Aide à la rénovation',
		today: day('2024-04-02'),
		plan: {
			newParties: [{ key: 'habiter', name: 'Habiter', kind: 'association', siren: null }],
			programme: { ...PROGRAMME, indicators: [], envelopes, ...programme }
		},
		passages: new Map(passages.map((passage) => [passage.key, passage])),
		books: { ...books, ...changes }
	};
	return planProblems(act).map(({ level, name, message }) => ({
		level,
		name,
		message: message.replace(/[\u00a0\u202f]/g, ' ')
	}));
}

const namesOf = (...given: Parameters<typeof problemsOf>): string[] =>
	problemsOf(...given)
		.filter(({ level }) => level !== 'finding')
		.map(({ level, name }) => `${level} ${name}`);

/** An envelope that is promised by one passage, and whose rows are those of others. */
const envelope = (
	key: string,
	passage: string,
	rows: [number, string | null][],
	strength: 'firm' | 'intention' = 'firm'
): PlannedEnvelope => ({
	...GRANT,
	key,
	of: { ...GRANT.of, label: key, strength } as PlannedEnvelope['of'],
	passage,
	allocations: rows.map(([fiscalYear, own]) => ({ fiscalYear, label: 'x', passage: own })),
	instalments: []
});

describe('the strength of what is posted', () => {
	it('is asked about for each passage, also of one row or of one payment', () => {
		const rows = envelope('a', 'grant', [
			[2024, 'flats'],
			[2025, 'meant']
		]);
		expect(problemsOf([rows])).toEqual([
			{
				level: 'confirm',
				name: 'envelope-a-flats-firm',
				message:
					'L’enveloppe « a » serait un engagement ferme, alors que « 1 200 000 € » vient de l’exposé des motifs, et la décision ne le reprend pas.'
			},
			{
				level: 'confirm',
				name: 'envelope-a-meant-firm',
				message:
					'L’enveloppe « a » serait un engagement ferme, alors que l’acte dit « 300 000 € » comme une intention.'
			}
		]);
		const paid = {
			...envelope('a', 'grant', [[2024, null]]),
			instalments: [{ dueOn: day('2024-12-31'), passage: 'meant' }]
		};
		expect(namesOf([paid])).toEqual(['confirm envelope-a-meant-firm']);
		expect(namesOf([envelope('a', 'grant', [[2024, 'flats']], 'intention')])).toEqual([]);
	});

	it('is asked about where the envelope is there already and firm', () => {
		const firm = problemsOf([changed('increase', 'meant')], touched('firm'), EXISTING);
		expect(firm.filter(({ level }) => level === 'confirm')).toEqual([
			{
				level: 'confirm',
				name: 'envelope-grant-meant-firm',
				message:
					'L’enveloppe « Aide » est un engagement ferme, alors que l’acte dit « 300 000 € » comme une intention.'
			}
		]);
		expect(namesOf([changed('increase', 'flats')], touched('firm'), EXISTING)).toEqual([
			'confirm envelope-grant-flats-firm'
		]);
		expect(namesOf([changed('increase', 'meant')], touched('intention'), EXISTING)).toEqual([]);
		expect(namesOf([changed('increase', 'grant')], touched('firm'), EXISTING)).toEqual([]);
	});
});

describe('the same money', () => {
	it('is not posted by a whole beside its parts, also in one envelope', () => {
		const all = envelope(
			'a',
			'whole',
			[
				[2024, 'flats'],
				[2024, 'houses'],
				[2025, 'whole']
			],
			'intention'
		);
		expect(namesOf([all])).toEqual([
			'confirm envelope-a-overlap-flats-whole',
			'confirm envelope-a-overlap-houses-whole'
		]);
	});

	it('is split into its parts without a word', () => {
		const parts = envelope(
			'a',
			'whole',
			[
				[2024, 'flats'],
				[2025, 'houses']
			],
			'intention'
		);
		expect(namesOf([parts])).toEqual([]);
	});

	it('is not posted by the rows of one envelope and again by another', () => {
		const first = envelope(
			'a',
			'grant',
			[
				[2024, 'flats'],
				[2025, 'grant']
			],
			'intention'
		);
		const second = envelope('b', 'houses', [[2024, 'flats']], 'intention');
		expect(problemsOf([first, second])).toEqual([
			{
				level: 'confirm',
				name: 'envelope-b-shared-a-flats-flats',
				message:
					'L’enveloppe « b » vient du même passage « 1 200 000 € » que l’enveloppe « a » : la somme serait inscrite deux fois.'
			}
		]);
		expect(namesOf([first, envelope('b', 'whole', [[2024, null]], 'intention')])).toEqual([
			'confirm envelope-b-shared-a-whole-flats'
		]);
	});

	it('goes from one envelope to another in the same words without a word', () => {
		const to = envelope('a', 'grant', [[2024, null]]);
		expect(
			namesOf([changed('decrease', 'grant'), to], touched('firm'), EXISTING).filter((name) =>
				name.includes('shared')
			)
		).toEqual([]);
		expect(namesOf([changed('increase', 'grant'), to], touched('firm'), EXISTING)).toContain(
			'confirm envelope-a-shared-grant-grant-grant'
		);
	});

	it('read twice in the same words is the same: refused within a year, asked about otherwise', () => {
		const twice = (year: number) =>
			envelope(
				'a',
				'flats',
				[
					[2024, null],
					[year, 'again']
				],
				'intention'
			);
		expect(namesOf([twice(2024)])).toEqual(['block envelope-a-overlap-flats-again']);
		expect(namesOf([twice(2025)])).toEqual(['confirm envelope-a-overlap-flats-again']);
		const other = envelope('b', 'again', [[2024, null]], 'intention');
		expect(namesOf([envelope('a', 'flats', [[2024, null]], 'intention'), other])).toEqual([
			'confirm envelope-b-shared-a-again-flats'
		]);
	});
});

describe('a value that its own words do not say', () => {
	const other = PASSAGES.map((one) => (one.key === 'grant' ? typed(one, '500000000') : one));

	it('is posted only once somebody said so, who sees both', () => {
		expect(problemsOf([envelope('a', 'grant', [[2024, null]])], {}, {}, other)).toEqual([
			{
				level: 'confirm',
				name: 'envelope-a-grant-written',
				message: 'L’enveloppe « a » : l’acte écrit « 500 000 € », et vous inscrivez 5 000 000 €.'
			}
		]);
		expect(namesOf([changed('increase', 'grant')], touched('firm'), EXISTING, other)).toEqual([
			'confirm envelope-grant-grant-written'
		]);
	});

	it('is no target in silence either', () => {
		const [indicator] = PROGRAMME.indicators;
		const values = (indicator?.values ?? []).map((value) => ({ ...value, passage: 'grant' }));
		const indicators = [{ ...indicator, unit: 'euros', envelope: null, measure: null, values }];
		const said = (passages: readonly PlanPassage[]) => problemsOf([], {}, { indicators }, passages);
		expect(said(PASSAGES)).toEqual([]);
		expect(said(other)).toEqual([
			{
				level: 'confirm',
				name: 'indicator-0-0-written',
				message: '« Logements rénovés » : l’acte écrit « 500 000 € », et vous retenez 5 000 000 €.'
			}
		]);
	});
});

describe('an act that is opened again', () => {
	const posted = (envelopeId: string, fiscalYear: number) => ({
		posted: [
			{
				start: PASSAGES[0]?.start ?? 0,
				end: PASSAGES[0]?.end ?? 0,
				quote: QUOTES.grant,
				envelopeId,
				label: 'Aide',
				fiscalYear,
				amountCents: cents(50000000n)
			}
		]
	});

	it('posts no passage again in the year of the envelope that has it', () => {
		expect(
			problemsOf(
				[changed('increase', 'grant')],
				{ ...touched('firm'), ...posted('aid', 2024) },
				EXISTING
			)
		).toEqual([
			{
				level: 'block',
				name: 'envelope-grant-grant-posted-2024',
				message:
					'L’enveloppe « Aide » porte déjà 500 000 € de cet acte à l’exercice 2024, sur « 500 000 € » : « 500 000 € » ne s’y inscrit pas une seconde fois.'
			}
		]);
	});

	it('posts it in another year or envelope once somebody said so', () => {
		expect(
			namesOf(
				[changed('increase', 'grant')],
				{ ...touched('firm'), ...posted('aid', 2025) },
				EXISTING
			)
		).toEqual(['confirm envelope-grant-grant-posted-2024']);
		expect(problemsOf([envelope('a', 'grant', [[2024, null]])], posted('aid', 2024))).toEqual([
			{
				level: 'confirm',
				name: 'envelope-a-grant-posted-2024',
				message:
					'L’enveloppe « a » prend « 500 000 € », d’où cet acte a déjà inscrit 500 000 € à l’exercice 2024 de l’enveloppe « Aide » : le même argent compterait deux fois.'
			}
		]);
		expect(namesOf([envelope('a', 'houses', [[2024, null]])], posted('aid', 2024))).toEqual([]);
	});
});

const changed = (gives: SumGiven, passage: string): PlannedEnvelope => ({
	...GRANT,
	of: { kind: 'existing', envelopeId: 'aid', endsOn: null, gives },
	agreement: null,
	passage,
	allocations: [{ fiscalYear: 2024, label: 'x', passage: null }],
	instalments: []
});

const EXISTING = {
	of: { kind: 'existing', programmeId: 'programme', endsOn: null },
	agreements: [],
	undertakings: [],
	districts: []
};

const touched = (strength: 'firm' | 'intention'): Partial<TouchedBooks> => ({
	programme: {
		id: 'programme',
		slug: 'p',
		name: 'P',
		startsOn: day('2024-01-01'),
		endsOn: day('2025-12-31'),
		horizonEndsOn: null,
		indicators: [],
		lastEnvelope: 1,
		lastIndicator: 0,
		lastUndertaking: 0,
		envelopes: [
			{
				id: 'aid',
				label: 'Aide',
				funder: 'Habiter',
				funderId: 'habiter',
				circuit: 'own_expenditure',
				strength,
				startsOn: day('2024-01-01'),
				endsOn: day('2025-12-31'),
				promisedCents: NO_CENTS,
				allocations: [],
				disbursedCents: NO_CENTS,
				instalments: [],
				lastMeasure: 0
			}
		]
	}
});
