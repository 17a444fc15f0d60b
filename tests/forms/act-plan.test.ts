import { describe, expect, it } from 'vitest';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import type {
	PlannedEnvelope,
	PlannedIndicator,
	PlannedProgramme
} from '#lib/domain/act/plan/plan.ts';
import { day } from '#lib/domain/day.ts';
import { checkEnvelope, typeEnvelope } from '#lib/forms/act-plan-envelope.ts';
import { checkIndicators, typeIndicators } from '#lib/forms/act-plan-indicators.ts';
import { checkProgramme, typeProgramme } from '#lib/forms/act-plan-programme.ts';
import { checkUndertakings, typeUndertakings } from '#lib/forms/act-plan-undertakings.ts';
import { listRows, readTyped, type Checked, type Typed } from '#lib/forms/typed-rows.ts';

const passages = new Set(['signed', 'older', 'sum', 'purpose', 'words', 'years']);
const days = { startsOn: day('2021-01-01'), endsOn: day('2022-12-31') };

const PROGRAMME: PlannedProgramme = {
	of: { kind: 'new', slug: 'habitat', name: 'Habitat', summary: null, ...days },
	horizon: { endsOn: day('2025-12-31'), passage: 'years' },
	visible: true,
	agreements: [
		{
			key: 'origine',
			title: 'Convention-cadre',
			passage: 'older',
			amends: null,
			adoptedHere: false,
			effectiveOn: day('2017-03-30'),
			startsOn: null,
			endsOn: null
		},
		{
			key: 'convention',
			title: 'Avenant',
			passage: 'signed',
			amends: { planned: 'origine' },
			adoptedHere: true,
			effectiveOn: day('2021-09-30'),
			...days
		}
	],
	envelopes: [],
	indicators: [],
	undertakings: [{ passage: 'words', owner: { organisationId: 'a' } }],
	districts: [{ name: 'Le Mail', communeCode: '21166', passage: 'words' }]
};

const ENVELOPE: PlannedEnvelope = {
	key: 'enveloppe-1',
	of: {
		kind: 'new',
		label: 'Aides',
		purpose: 'purpose',
		funder: { newParty: 'organisme-etat' },
		partner: null,
		circuit: 'earmarked_revenue',
		strength: 'firm',
		instrument: null,
		...days
	},
	agreement: { planned: 'convention' },
	passage: 'sum',
	allocations: [
		{ fiscalYear: 2021, label: 'Pour 2021', passage: null },
		{ fiscalYear: 2022, label: 'Pour 2022', passage: 'sum' }
	],
	instalments: [{ dueOn: day('2021-12-31'), passage: null }],
	measures: [
		{
			key: 'm1',
			label: 'Accès',
			passage: 'words',
			instrument: null,
			children: [
				{ key: 'm2', label: 'Garanties', passage: null, instrument: 'guarantee', children: [] }
			]
		},
		{ key: 'm3', label: 'Maintien', passage: null, instrument: null, children: [] }
	]
};
const PARTY = { key: 'organisme-etat', name: 'État', kind: 'state', siren: null } as const;

const problemsOf = (checked: Checked<unknown>): Record<string, string | undefined> =>
	'errors' in checked
		? Object.fromEntries(Object.entries(checked.errors).map(([field, [first]]) => [field, first]))
		: {};

describe('what the pages of a plan show, sent back unchanged, is the plan again', () => {
	it('a programme with an amendment to an older agreement', () => {
		const { of, horizon, visible, agreements } = PROGRAMME;
		expect(checkProgramme(typeProgramme(PROGRAMME), { programmes: [], passages })).toEqual({
			values: { of, horizon, visible, agreements }
		});
		expect(checkProgramme(typeProgramme(null), { programmes: [], passages })).toEqual({
			values: null
		});
	});

	it('an envelope with its years, its days and its tree of measures', () => {
		const known = { passages, parties: [], envelopes: [], newParties: [PARTY] };
		expect(checkEnvelope(typeEnvelope(ENVELOPE, [PARTY]), ENVELOPE, known)).toEqual({
			values: { envelope: ENVELOPE, newParties: [PARTY] }
		});
	});

	it('an envelope that is there and gets another sum', () => {
		const change: PlannedEnvelope = {
			...ENVELOPE,
			of: { kind: 'existing', envelopeId: 'there', endsOn: null, gives: 'increase' }
		};
		const known = { passages, parties: [], envelopes: ['there'], newParties: [] };
		expect(checkEnvelope(typeEnvelope(change, []), change, known)).toEqual({
			values: { envelope: change, newParties: [] }
		});
	});

	it('undertakings and districts', () => {
		const { undertakings, districts } = PROGRAMME;
		const typed = typeUndertakings(PROGRAMME, [figure('words', { type: 'words' })]);
		const known = { passages, parties: ['org:a'], communes: ['21166'] };
		expect(checkUndertakings(typed, known)).toEqual({ values: { undertakings, districts } });
	});

	it('a district in a commune that is not known yet, which is entered with the act', () => {
		const district = { ...PROGRAMME.districts[0]!, communeCode: '2A004', communeName: 'Ajaccio' };
		const part = { undertakings: [], districts: [district] };
		const typed = typeUndertakings(part, []);
		for (const communes of [[], ['21166']]) {
			const known = { passages, parties: [], communes };
			expect(checkUndertakings(typed, known)).toEqual({ values: part });
			expect(
				problemsOf(checkUndertakings({ ...typed, 'districts.0.communeCode': '2A04' }, known))
			).toEqual({ 'districts.0.communeCode': expect.stringMatching(/^Donnez le code INSEE/) });
		}
		const known = { passages, parties: [], communes: ['2A004'] };
		expect(checkUndertakings(typed, known)).toEqual({
			values: {
				undertakings: [],
				districts: [{ ...PROGRAMME.districts[0]!, communeCode: '2A004' }]
			}
		});
	});

	it('figures, with shares by product as one indicator', () => {
		const figures = [
			figure('plus', { type: 'percentage', number: 52, precision: 0.5, of: 'PLUS' }),
			figure('pls', { type: 'percentage', number: 7, precision: 0.5, of: 'PLS' }),
			figure('count', { type: 'count', number: 9, of: 'aides' })
		];
		const shares: PlannedIndicator = {
			indicatorId: null,
			label: 'Répartition',
			unit: 'percent',
			envelope: 'e',
			measure: null,
			included: false,
			values: [
				{ kind: 'baseline', passage: 'plus', product: 'PLUS', ...days },
				{ kind: 'baseline', passage: 'pls', product: 'PLS', ...days }
			]
		};
		const typed = typeIndicators([shares], figures);
		expect(checkIndicators(typed, { figures, homes: ['e'] })).toEqual({ values: [shares] });
	});
});

describe('each rule of a plan has its sentence at its field', () => {
	const programme = (changes: Typed) =>
		problemsOf(
			checkProgramme({ ...typeProgramme(PROGRAMME), ...changes }, { programmes: [], passages })
		);

	it.each<[Typed, string, RegExp]>([
		[{ of: '' }, 'of', /^Dites ce que l’acte devient/],
		[{ name: ' ' }, 'name', /^Donnez un nom/],
		[{ slug: 'Ça' }, 'slug', /^Une adresse a des minuscules/],
		[{ startsOn: '31/02/2021' }, 'startsOn', /^Indiquez le premier jour/],
		[{ endsOn: '2020-01-01' }, 'endsOn', /^Le dernier jour vient avant/],
		[{ horizonEndsOn: '2022-01-01' }, 'horizonEndsOn', /^L’horizon vient après/],
		[{ horizonPassage: '' }, 'horizonPassage', /^Choisissez le passage qui donne cet horizon/],
		[{ agreementKind: 'x' }, 'agreementKind', /^Dites ce qui est signé/],
		[{ title: '' }, 'title', /^Donnez un titre/],
		[{ passage: 'gone' }, 'passage', /^Ce passage n’est plus retenu/],
		[{ effectiveOn: '' }, 'effectiveOn', /^Indiquez le jour d’effet/],
		[{ rootTitle: '' }, 'rootTitle', /^Donnez un titre à la convention d’origine/],
		[{ rootEffectiveOn: '2023-01-01' }, 'rootEffectiveOn', /^La convention d’origine vient avant/],
		[{ agreementKind: 'known' }, 'rootId', /^Choisissez la convention/],
		[{ of: 'existing' }, 'programmeId', /^Choisissez le programme/]
	])('of a programme: %j', (changes, field, sentence) => {
		expect(programme(changes)[field]).toMatch(sentence);
	});

	const envelope = (changes: Typed) =>
		problemsOf(
			checkEnvelope({ ...typeEnvelope(ENVELOPE, [PARTY]), ...changes }, ENVELOPE, {
				passages,
				parties: [],
				envelopes: ['there'],
				newParties: [PARTY]
			})
		);

	it.each<[Typed, string, RegExp]>([
		[{ sum: '' }, 'sum', /^Choisissez le passage qui donne la somme/],
		[{ label: '' }, 'label', /^Donnez un nom/],
		[{ purpose: '' }, 'purpose', /^Choisissez le passage qui dit à quoi sert/],
		[{ funder: '' }, 'funder', /^Choisissez qui donne/],
		[{ funderName: '' }, 'funderName', /^Donnez le nom/],
		[{ funderKind: '' }, 'funderKind', /^Dites ce qu’est/],
		[{ funderSiren: '123456789' }, 'funderSiren', /^Un SIREN a neuf chiffres/],
		[{ circuit: '' }, 'circuit', /^Dites par où passe/],
		[{ strength: '' }, 'strength', /^Dites si l’acte engage/],
		[{ 'allocations.0.year': '21' }, 'allocations.0.year', /^Indiquez un exercice/],
		[{ 'allocations.1.label': '' }, 'allocations.1.label', /^Dites en quelques mots/],
		[{ 'instalments.0.dueOn': '2021' }, 'instalments.0.dueOn', /^Indiquez un jour/],
		[{ 'measures.0.under': 'oui' }, 'measures.0.under', /^La première mesure n’est dans aucune/],
		[{ of: 'there', gives: '' }, 'gives', /^Dites ce que donne l’acte/],
		[{ of: 'there', gives: 'sum' }, 'gives', /^Une nouvelle somme entière s’écrit sur un seul/]
	])('of an envelope: %j', (changes, field, sentence) => {
		expect(envelope(changes)[field]).toMatch(sentence);
	});

	it('never makes a count of a percentage, nor euros of a count', () => {
		const figures = [
			figure('share', { type: 'percentage', number: 52, precision: 0.5, of: 'PLUS' }),
			figure('count', { type: 'count', number: 9, of: 'aides' })
		];
		const row = { keep: 'baseline', label: 'X', period: '2021-01-01_2022-12-31' };
		const typed = {
			...rowOf(0, { ...row, passage: 'share', unit: 'dwellings' }),
			...rowOf(1, { ...row, passage: 'count', unit: 'euros' }),
			...rowOf(2, { ...row, passage: 'count', unit: 'aids', period: '' })
		};
		expect(problemsOf(checkIndicators(typed, { figures, homes: [] }))).toMatchObject({
			'figures.0.unit': expect.stringMatching(/aucun nombre n’en est déduit/),
			'figures.1.unit': expect.stringMatching(/ne se compte pas en euros/),
			'figures.2.period': expect.stringMatching(/^Dites de quelles années/)
		});
	});
});

it('reads rows in the order of their numbers, and takes no form without end', () => {
	const form = new FormData();
	form.set('measures.2.label', ' B ');
	form.set('measures.0.label', 'A');
	form.set('measures.0.bad.deep', 'x');
	form.set('__proto__ x', 'y');
	expect(listRows(readTyped(form), 'measures')).toEqual([
		{ index: 0, row: { label: 'A' } },
		{ index: 2, row: { label: 'B' } }
	]);
	const endless = new FormData();
	for (let index = 0; index < 5000; index += 1) endless.set(`f.${index}.x`, 'x'.repeat(10));
	expect(Object.keys(readTyped(endless)).length).toBeLessThanOrEqual(4000);
});

function figure(key: string, value: PlanPassage['value']): PlanPassage {
	return {
		key,
		role: value.type === 'words' ? 'undertaking' : value.type === 'count' ? 'count' : 'percentage',
		section: 'statement_of_reasons',
		start: 0,
		end: 1,
		quote: 'x',
		value,
		partOf: null,
		promise: null
	};
}

const rowOf = (index: number, row: Typed): Typed =>
	Object.fromEntries(
		Object.entries(row).map(([name, value]) => [`figures.${index}.${name}`, value])
	);
