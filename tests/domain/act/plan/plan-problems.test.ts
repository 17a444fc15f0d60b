import { describe, expect, it } from 'vitest';
import type { KeptHead } from '#lib/domain/act/desk/kept-head.ts';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import type { ActPlan, PlannedEnvelope, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import { planProblems } from '#lib/domain/act/plan/review/plan-problems.ts';
import type { ActUnderReview, PlanProblem } from '#lib/domain/act/plan/review/problem.ts';
import type { ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import { UNTOUCHED_BOOKS, type TouchedProgramme } from '#lib/domain/act/plan/touched-books.ts';
import { day } from '#lib/domain/day.ts';
import { GRANT, PLAN, PROGRAMME } from '../../../support/small-act.ts';

const amount = (cents: string, more: object = {}): ProposalValue => ({
	type: 'amount',
	cents,
	precisionCents: '50',
	kind: 'amount',
	per: null,
	formula: null,
	...more
});

const VALUES: Record<string, ProposalValue> = {
	agreement: { type: 'words' },
	purpose: { type: 'words' },
	promise: { type: 'words' },
	renovated: { type: 'count', number: 140, of: null },
	share: { type: 'percentage', number: 12, precision: 0.5, of: null },
	grant: amount('30000000', { per: 'year' }),
	once: amount('30000000'),
	rate: amount('100', { kind: 'rate', per: 'habitant' }),
	ceiling: amount('30000000', { kind: 'ceiling', per: 'year' }),
	range: amount('30000000', { kind: 'range' }),
	monthly: amount('2500000', { per: 'month' }),
	nothing: amount('0', { per: 'year' }),
	reasons: amount('30000000', { per: 'year' }),
	whole: amount('60000000', { per: 'year' })
};

/** What is posted or counted says its value in its own words. */
const WORDS: Record<string, string> = {
	renovated: '140 logements',
	grant: 'une subvention annuelle de 300 000 €',
	once: 'une subvention de 300 000 €',
	ceiling: 'au plus 300 000 €',
	monthly: '25 000 € par mois',
	reasons: 'entend consacrer 300 000 €',
	whole: 'au total 600 000 €'
};

const UNTOUCHED_PROGRAMME: TouchedProgramme = {
	id: 'mine',
	slug: 'renovation',
	name: 'Rénovation',
	startsOn: day('2024-01-01'),
	endsOn: day('2025-12-31'),
	horizonEndsOn: null,
	envelopes: [],
	indicators: [],
	lastEnvelope: 0,
	lastIndicator: 0,
	lastUndertaking: 0
};

const passage = (key: string): PlanPassage => ({
	key,
	role: 'amount',
	section: key === 'reasons' ? 'statement_of_reasons' : 'decision',
	start: Object.keys(VALUES).indexOf(key) * 100,
	end: Object.keys(VALUES).indexOf(key) * 100 + 30,
	quote: WORDS[key] ?? `« ${key} »`,
	value: VALUES[key] as ProposalValue,
	partOf: key === 'grant' ? 'whole' : null,
	promise: null
});

const HEAD = {
	authority: 'Ville de Valbelle',
	sittingOn: day('2024-03-12'),
	title: 'Aide à la rénovation',
	convenedOn: null,
	contested: []
} as unknown as KeptHead;

const review = (plan: ActPlan | null, changes: Partial<ActUnderReview> = {}): ActUnderReview => ({
	head: HEAD,
	sittingOn: day('2024-03-12'),
	title: 'Aide à la rénovation',
	today: day('2024-04-02'),
	plan,
	passages: new Map(Object.keys(VALUES).map((key) => [key, passage(key)])),
	books: { ...UNTOUCHED_BOOKS, communes: [{ code: '21999', name: 'Valbelle' }] },
	...changes
});

const of = (programme: Partial<PlannedProgramme>): PlanProblem[] =>
	planProblems(review({ ...PLAN, programme: { ...PROGRAMME, ...programme } }));

const ofEnvelope = (changes: Partial<PlannedEnvelope>, other: object = {}): PlanProblem[] =>
	of({ envelopes: [{ ...GRANT, ...changes, of: { ...GRANT.of, ...other } as never }] });

const said = (problems: readonly PlanProblem[]) =>
	problems.map(({ level, message }) => `${level}: ${message.replaceAll('\u00a0', ' ')}`);

describe('a plan with all that it needs', () => {
	it('has nothing against it', () => {
		expect(planProblems(review(PLAN))).toEqual([]);
		expect(planProblems(review({ newParties: [], programme: null }))).toEqual([]);
	});
});

describe('money', () => {
	it.each([
		[
			'share',
			'block: L’enveloppe « Rénovation des copropriétés » : « « share » » est un pourcentage, pas un montant.'
		],
		[
			'rate',
			'block: L’enveloppe « Rénovation des copropriétés » : « « rate » » est un tarif par unité, pas une somme.'
		],
		[
			'range',
			'block: L’enveloppe « Rénovation des copropriétés » : « « range » » est une borne d’une fourchette : la somme n’est pas connue.'
		],
		[
			'purpose',
			'block: L’enveloppe « Rénovation des copropriétés » : « « purpose » » n’est pas un montant : choisissez celui qui la promet.'
		],
		[
			'nothing',
			'block: L’enveloppe « Rénovation des copropriétés » : « « nothing » » ne promet rien.'
		],
		[
			'ceiling',
			'confirm: L’enveloppe « Rénovation des copropriétés » prend « au plus 300 000 € », que l’acte écrit comme un plafond, pour la somme promise.'
		],
		[
			'reasons',
			'confirm: L’enveloppe « Rénovation des copropriétés » serait un engagement ferme, alors que « entend consacrer 300 000 € » vient de l’exposé des motifs, et la décision ne le reprend pas.'
		],
		[
			'gone',
			'block: L’enveloppe « Rénovation des copropriétés » cite un passage qui n’est plus retenu : reprenez-le, ou choisissez-en un autre.'
		]
	])('on the passage %s', (key, sentence) => {
		expect(said(ofEnvelope({ passage: key }))).toEqual([sentence]);
	});

	it('that is written once is not booked twice unless somebody says so', () => {
		const [problem, ...others] = ofEnvelope({ passage: 'once' });
		expect(others).toEqual([]);
		expect(problem).toMatchObject({ level: 'confirm', name: 'envelope-grant-once-times' });
	});

	it('that recurs within a year is no sum of a year without a word', () => {
		const problems = ofEnvelope({ passage: 'monthly' });
		expect(problems.map(({ name, level }) => [name, level])).toEqual([
			['envelope-grant-monthly-per', 'confirm'],
			['envelope-grant-monthly-times', 'confirm']
		]);
	});

	it('is never an intention and firm at once without a word', () => {
		expect(ofEnvelope({ passage: 'reasons' }, { strength: 'intention' })).toEqual([]);
	});

	it('is promised once: not by a whole beside its part, nor twice on the same words', () => {
		const other = { ...GRANT, key: 'other', of: { ...GRANT.of, label: 'Autre' } as never };
		const beside = of({ envelopes: [GRANT, { ...other, instalments: [], passage: 'whole' }] });
		expect(beside.map(({ name, level }) => [name, level])).toEqual([
			['envelope-other-shared-grant-whole-grant', 'confirm']
		]);
		expect(of({ envelopes: [GRANT, other] }).map(({ name }) => name)).toEqual([
			'envelope-other-shared-grant-grant-grant'
		]);
	});
});

describe('an envelope', () => {
	it.each([
		['purpose', { purpose: null }, 'choisissez les mots de l’acte qui en disent l’objet.'],
		['funder', { funder: null }, 'dites qui promet la somme.'],
		['circuit', { circuit: null }, 'dites par quel circuit passe l’argent.'],
		['strength', { strength: null }, 'dites s’il s’agit d’une intention ou d’un engagement ferme.'],
		['outside', { endsOn: day('2026-01-01') }, 'sort des jours du programme']
	])('without its %s is not opened', (part, change, words) => {
		const problems = ofEnvelope({}, change);
		expect(problems.map(({ name }) => name)).toContain(`envelope-grant-${part}`);
		expect(said(problems).join()).toContain(words);
		expect(problems[0]?.place).toEqual({ at: 'plan', step: 'envelopes', key: 'grant' });
	});

	it('of a name that another has is not opened', () => {
		const twin = {
			...GRANT,
			key: 'twin',
			of: { ...GRANT.of, label: 'RENOVATION des copropriétés' } as never
		};
		expect(of({ envelopes: [GRANT, twin] }).map(({ name }) => name)).toContain(
			'envelope-twin-same'
		);
	});

	it('whose payments do not make up its sum says so, and is opened', () => {
		expect(said(ofEnvelope({ instalments: GRANT.instalments.slice(0, 1) }))).toEqual([
			'finding: L’enveloppe « Rénovation des copropriétés » : les échéances font 300\u202f000 €, et la somme promise 600\u202f000 €.'
		]);
	});

	it.each([
		[2023, 'précède la séance'],
		[2024, 'est clos. Inscrivez la dotation à l’exercice 2025']
	])('is booked in no year that is closed or before the sitting: %s', (fiscalYear, words) => {
		const plan = {
			...PLAN,
			programme: {
				...PROGRAMME,
				envelopes: [
					{ ...GRANT, instalments: [], allocations: [{ fiscalYear, label: 'x', passage: null }] }
				]
			}
		};
		const books = { ...review(plan).books, closedYears: [2024] };
		expect(said(planProblems(review(plan, { books }))).join()).toContain(words);
	});
});

describe('what is counted', () => {
	it('is of its unit: a percentage is no euros, and no dwellings', () => {
		const [indicator] = PROGRAMME.indicators;
		const values = (indicator?.values ?? []).map((value) => ({ ...value, passage: 'share' }));
		const problems = of({ indicators: [{ ...indicator!, values }] });
		expect(said(problems)).toEqual([
			'block: « Logements rénovés » se compte en logements : « « share » » n’en est pas.'
		]);
	});
});

describe('euros that are counted', () => {
	it.each([
		['grant', []],
		['range', ['block indicator-0-0-unit']],
		['rate', ['block indicator-0-0-unit']],
		['ceiling', ['confirm indicator-0-0-ceiling']]
	])('are written as such: %s', (key, expected) => {
		const [indicator] = PROGRAMME.indicators;
		const values = (indicator?.values ?? []).map((value) => ({ ...value, passage: key }));
		const problems = of({ indicators: [{ ...indicator!, unit: 'euros', values }] });
		expect(problems.map(({ level, name }) => `${level} ${name}`)).toEqual(expected);
	});
});

describe('an amendment', () => {
	it('amends a root of its programme', () => {
		const [agreement] = PROGRAMME.agreements;
		const root = {
			id: 'root',
			programmeId: 'other',
			title: 'Convention',
			rank: 0,
			effectiveOn: day('2023-01-01'),
			lastRank: 0
		};
		const namesIn = (programmeId: string): string[] => {
			const programme: PlannedProgramme = {
				...PROGRAMME,
				of: { kind: 'existing', programmeId, endsOn: null },
				agreements: [{ ...agreement!, amends: { agreementId: 'root' } }]
			};
			const books = {
				...review(PLAN).books,
				agreements: [root],
				programme: {
					...UNTOUCHED_PROGRAMME,
					id: programmeId
				}
			};
			return planProblems(review({ ...PLAN, programme }, { books })).map(({ name }) => name);
		};
		expect(namesIn('mine')).toEqual([`agreement-${agreement?.key}-elsewhere`]);
		expect(namesIn('other')).toEqual([]);
	});
});

describe('words', () => {
	it('are taken up once, from a passage that is kept', () => {
		const [undertaking] = PROGRAMME.undertakings;
		const problems = of({
			undertakings: [undertaking!, undertaking!, { passage: '', owner: null }]
		});
		expect(problems.map(({ name }) => name)).toEqual([
			'undertaking-1-twice',
			'undertaking-2-passage'
		]);
	});

	it('name a district in a commune that is known', () => {
		const problems = of({
			districts: [{ name: 'Le Mail', communeCode: '00000', passage: 'promise' }]
		});
		expect(said(problems)).toEqual(['block: Le quartier « Le Mail » : choisissez sa commune.']);
	});
});

describe('the head', () => {
	it('asks what an act has once to be kept once', () => {
		const head = { ...HEAD, contested: ['sitting' as const], convenedOn: day('2024-03-13') };
		expect(said(planProblems(review(PLAN, { head })))).toEqual([
			'block: Plusieurs valeurs sont retenues pour « séance » : n’en gardez qu’une.',
			'block: La convocation (13 mars 2024) serait postérieure à la séance (12 mars 2024).'
		]);
	});
});

describe('the head of an act of these days', () => {
	it('has a sitting that took place', () => {
		expect(planProblems(review(PLAN, { today: day('2024-03-12') }))).toEqual([]);
		expect(said(planProblems(review(PLAN, { today: day('2024-03-11') })))).toEqual([
			'block: La séance (12 mars 2024) n’a pas encore eu lieu : corrigez ce jour, ou attendez que l’acte soit voté.'
		]);
	});

	it('counts no more people than an assembly has', () => {
		const head = { ...HEAD, inOffice: 10_000, present: 9_999 };
		expect(said(planProblems(review(PLAN, { head })))).toEqual([
			'block: « membres en exercice » serait 10\u202f000 : une assemblée compte au plus 9\u202f999 membres. Corrigez ce nombre.'
		]);
	});
});

describe('a number that the books do not hold', () => {
	it.each<[string, ProposalValue]>([
		['share', { type: 'percentage', number: 10_000, precision: 0.5, of: null }],
		['renovated', { type: 'count', number: 1e12, of: null }],
		['once', amount('100000000000000')]
	])('is mended at the desk: %s', (key, value) => {
		const passages = new Map(review(PLAN).passages);
		passages.set(key, { ...passage(key), value });
		const [problem] = planProblems(review(PLAN, { passages }));
		expect(problem).toMatchObject({ level: 'block', name: `passage-${key}-large` });
	});
});

describe('an organisation', () => {
	it('that a plan names is there', () => {
		const [funder, owner] = [{ organisationId: 'gone' }, { newParty: 'gone' }];
		expect(ofEnvelope({}, { funder, partner: owner }).map(({ name }) => name)).toEqual([
			'envelope-grant-funder-unknown',
			'envelope-grant-partner-unknown'
		]);
		const problems = of({ undertakings: [{ passage: 'promise', owner }] });
		expect(said(problems)).toEqual([
			'block: Un engagement réciproque nomme un organisme qui n’existe plus : choisissez-le à nouveau.'
		]);
	});

	it('that is known under that name is chosen, not added', () => {
		const organisations = [{ id: '1', name: 'HABITER', kind: 'association' as const }];
		const books = { ...review(PLAN).books, organisations };
		expect(said(planProblems(review(PLAN, { books })))).toEqual([
			'block: L’organisme « HABITER » est déjà connu : choisissez-le au lieu d’en ajouter un.'
		]);
	});
});
