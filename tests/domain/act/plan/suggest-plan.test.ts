import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildProposals } from '#lib/domain/act/desk/build-proposals.ts';
import { citedAs } from '#lib/domain/act/desk/cited-proposal.ts';
import type { KnownThings } from '#lib/domain/act/plan/plan-known.ts';
import type { ActHead, PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { completePlan, onlySaved } from '#lib/domain/act/plan/plan-steps.ts';
import type { PlannedEnvelope } from '#lib/domain/act/plan/plan.ts';
import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';
import {
	freeSlug,
	labelOfWords,
	nameOfProgramme,
	slugOf,
	titleOfAgreement,
	titleOfRoot
} from '#lib/domain/act/plan/suggest-label.ts';
import { flattenMeasures } from '#lib/domain/act/plan/suggest-measures.ts';
import { isSiren, matchParty } from '#lib/domain/act/plan/suggest-party.ts';
import { suggestPlan } from '#lib/domain/act/plan/suggest-plan.ts';
import { day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';

const NOTHING: KnownThings = { organisations: [], programmes: [], communes: [] };

/** An act as though everything that was read in it had been accepted. */
function accepted(text: string): [ActHead, PlanPassage[]] {
	const reading = readDeliberation(text);
	const passages = buildProposals(text, reading).flatMap(({ span, partOf, ...proposal }) =>
		span && citedAs(proposal.value) !== null ? [{ ...proposal, ...span, partOf }] : []
	);
	const { sitting, title } = reading.header;
	return [
		{ text, sittingOn: sitting.value, title: title.value },
		passages.sort((left, right) => left.start - right.start)
	];
}

const shipped = (file: string) =>
	accepted(
		readFileSync(new URL(`../../../../src/lib/server/acts/texts/${file}`, import.meta.url), 'utf8')
	);

const ACTION_LOGEMENT = shipped('2020-12-17-action-logement.txt');
const LOGEMENT_D_ABORD = shipped('2021-09-30-logement-d-abord.txt');

const suggest = ([head, passages]: [ActHead, PlanPassage[]], known = NOTHING) => {
	const { programme, newParties } = suggestPlan(head, passages, known);
	if (!programme) throw new Error('nothing is suggested');
	return { ...programme, newParties };
};

const labelOf = ({ of }: PlannedEnvelope) => (of.kind === 'new' ? of.label : of.envelopeId);

describe('the amendment with Action Logement suggests', () => {
	const programme = suggest(ACTION_LOGEMENT);

	it('a programme of its years, and the amendment with the older agreement that it names', () => {
		expect(programme.of).toMatchObject({
			name: 'Action Logement 2020-2022',
			startsOn: '2020-01-01',
			endsOn: '2022-12-31'
		});
		expect(programme.agreements).toMatchObject([
			{ title: 'Convention-cadre', effectiveOn: '2017-03-30', adoptedHere: false },
			{ title: 'Avenant 2020-2022', effectiveOn: '2020-12-17', amends: { planned: 'origine' } }
		]);
	});

	it('the day beside the older agreement, even where nobody kept the words that name it', () => {
		const [head, passages] = ACTION_LOGEMENT;
		const kept = passages.filter(
			({ role, section }) => role !== 'agreement' || section === 'decision'
		);
		expect(suggest([head, kept]).agreements[0]?.effectiveOn).toBe('2017-03-30');
	});

	it('an envelope for each part of the whole, which is not counted again', () => {
		expect(programme.envelopes.map(labelOf)).toEqual([
			'Parcours résidentiel et professionnel des salariés',
			'Nouveaux programmes de logements à loyer modéré et intermédiaire'
		]);
		expect(programme.envelopes[0]).toMatchObject({
			of: { circuit: 'off_budget', strength: 'intention', partner: null },
			allocations: [{ fiscalYear: 2020, label: 'Concours prévu par l’avenant 2020-2022' }],
			instalments: []
		});
	});

	it('what it counts apart as a measure inside another, and a guarantee as one', () => {
		const measures = flattenMeasures(programme.envelopes[0]?.measures ?? []);
		expect(
			measures.map(({ measure, depth }) => [depth, measure.label, measure.instrument])
		).toEqual([
			[0, 'Accession à la propriété et à la réalisation de travaux', null],
			[0, 'Sécurisation locative', null],
			[1, 'Garanties VISALE', 'guarantee'],
			[0, 'Mobilité', null],
			[0, 'Salariés en difficulté', null]
		]);
	});

	it('its past figures as a baseline, households as counted already, and shares as shares', () => {
		const { indicators } = programme;
		const values = indicators.flatMap((indicator) => indicator.values);
		expect(
			new Set(values.map(({ kind, startsOn, endsOn }) => `${kind} ${startsOn} ${endsOn}`))
		).toEqual(new Set(['baseline 2017-01-01 2019-12-31']));
		expect(indicators.filter(({ included }) => included).map(({ unit }) => unit)).toEqual([
			'aids',
			'households'
		]);
		const shares = indicators.filter(({ unit }) => unit === 'percent');
		expect(shares.map((share) => share.values.map(({ product }) => product))).toEqual([
			['PLUS', 'PLAI', 'PLS', 'LI']
		]);
	});
});

describe('the agreement with the State suggests', () => {
	const programme = suggest(LOGEMENT_D_ABORD);

	it('two years, although it names the last alone, and an allocation and an instalment a year', () => {
		expect(programme.of).toMatchObject({
			name: 'Logement d’abord 2021-2022',
			startsOn: '2021-01-01',
			endsOn: '2022-12-31'
		});
		const [envelope, ...others] = programme.envelopes;
		expect(others).toEqual([]);
		expect(envelope).toMatchObject({
			of: { label: 'Logement d’abord', circuit: 'earmarked_revenue', strength: 'firm' },
			allocations: [
				{ fiscalYear: 2021, label: 'Subvention annuelle de l’État pour 2021' },
				{ fiscalYear: 2022, label: 'Subvention annuelle de l’État pour 2022' }
			],
			instalments: [{ dueOn: '2021-12-31' }, { dueOn: '2022-12-31' }]
		});
	});

	it('no figure of reference: the sum that it says twice is one promise', () => {
		expect(programme.indicators).toEqual([]);
	});
});

it('nothing where nothing is signed nor promised: the act is kept alone', () => {
	const [head, passages] = accepted(
		'Séance du 17 décembre 2020\nOBJET : Vœux\nLE CONSEIL prend acte.'
	);
	expect(suggestPlan(head, passages, NOTHING)).toEqual({ newParties: [], programme: null });
});

it('an amendment goes to the programme that is there, under its root, and to who is known', () => {
	const known: KnownThings = {
		organisations: [{ id: 'als', name: 'Action Logement Services', kind: 'funder' }],
		communes: [],
		programmes: [
			{
				id: 'there',
				slug: 'action-logement-2017-2019',
				name: 'Action Logement 2017-2019',
				startsOn: day('2017-01-01'),
				endsOn: day('2019-12-31'),
				agreements: [
					{ id: 'root', title: 'Convention-cadre', isRoot: true, effectiveOn: day('2017-03-30') }
				],
				envelopes: []
			}
		]
	};
	const programme = suggest(ACTION_LOGEMENT, known);
	expect(programme.of).toEqual({ kind: 'existing', programmeId: 'there', endsOn: '2022-12-31' });
	expect(programme.agreements).toMatchObject([{ amends: { agreementId: 'root' } }]);
	expect(programme.newParties).toEqual([]);
	expect(programme.envelopes[0]?.of).toMatchObject({ funder: { organisationId: 'als' } });
});

describe('a sum for an envelope that is there', () => {
	const there = (label: string): KnownThings => ({
		organisations: [],
		communes: [],
		programmes: [
			{
				id: 'p',
				slug: 'habitat-2022',
				name: 'Habitat 2022',
				startsOn: day('2022-01-01'),
				endsOn: day('2022-12-31'),
				agreements: [
					{ id: 'root', title: 'Convention', isRoot: true, effectiveOn: day('2022-01-01') }
				],
				envelopes: [
					{
						id: 'e',
						label,
						circuit: 'own_expenditure',
						startsOn: day('2022-01-01'),
						endsOn: day('2022-12-31'),
						promisedCents: cents(100n),
						years: []
					}
				]
			}
		]
	});
	const act = (verb: string) =>
		accepted(
			[
				'Séance du jeudi 15 décembre 2022',
				'',
				'OBJET : Habitat : avenant n° 1 à la convention',
				'',
				'LE CONSEIL,',
				'APRÈS EN AVOIR DÉLIBÉRÉ,',
				'DÉCIDE :',
				'',
				"- d'approuver l'avenant n° 1 à la convention ;",
				`- d'attribuer une subvention ${verb} 250 000 € pour la rénovation des copropriétés.`
			].join('\n')
		);

	it.each([
		['supplémentaire de', 'increase'],
		['portée à', 'sum']
	])('« %s » is read as %s', (verb, gives) => {
		const known = there('Rénovation des copropriétés');
		expect(suggest(act(verb), known).envelopes).toMatchObject([
			{ of: { kind: 'existing', envelopeId: 'e', gives }, measures: [], instalments: [] }
		]);
	});

	it('is one of its own where nothing says that it is the same', () => {
		const known = there('Logements étudiants');
		expect(suggest(act('de'), known).envelopes).toMatchObject([{ of: { kind: 'new' } }]);
	});
});

describe('a plan that is kept half done', () => {
	const [head, passages] = ACTION_LOGEMENT;

	it('keeps only the pages that a person saved', () => {
		const plan = completePlan(null, head, passages, NOTHING);
		expect(plan.programme?.envelopes).toHaveLength(2);
		const kept = onlySaved({ ...plan, saved: ['programme'] });
		expect(kept.programme).toMatchObject({ envelopes: [], indicators: [], undertakings: [] });
		expect(kept.newParties).toEqual([]);
	});

	it('suggests the next page in the light of what was saved before it', () => {
		const plan = completePlan(null, head, passages, NOTHING);
		const [first, second] = plan.programme?.envelopes ?? [];
		if (!plan.programme || !first || !second) throw new Error('two envelopes are suggested');
		const renamed = {
			...first,
			measures: first.measures.map((measure, index) =>
				index === 0 ? { ...measure, label: 'Accession et travaux' } : measure
			)
		};
		const saved = onlySaved({
			...plan,
			saved: ['programme', 'envelopes'],
			programme: { ...plan.programme, envelopes: [renamed, second] }
		});
		const labels = completePlan(saved, head, passages, NOTHING).programme?.indicators.map(
			({ label }) => label
		);
		expect(labels).toContain('Accession et travaux : aides');
		expect(labels).toContain('Accession et travaux : montant');
	});
});

describe('names are written as a finance officer would', () => {
	it.each([
		["l'accompagnement du parcours résidentiel des salariés", 'Parcours résidentiel des salariés'],
		[
			"par la création d'une plateforme logement qui assurera la captation",
			'Création d’une plateforme logement'
		],
		[
			'5 823 aides à la sécurisation locative, dont 2 072 garanties VISALE',
			'Sécurisation locative'
		],
		['391 aides aux salariés en difficulté (suivis personnalisés)', 'Salariés en difficulté']
	])('« %s » is « %s »', (words, label) => expect(labelOfWords(words)).toBe(label));

	it('of agreements, their roots and their programmes', () => {
		expect(titleOfAgreement("l'avenant n°2 à la convention")).toBe('Avenant n°2');
		expect(titleOfAgreement('la convention de partenariat à conclure avec la Région')).toBe(
			'Convention de partenariat'
		);
		expect(titleOfRoot("l'avenant 3 à la convention-cadre")).toBe('Convention-cadre');
		expect(titleOfRoot('la convention')).toBeNull();
		expect(nameOfProgramme('Habitat : convention avec la Région', '2024', null)).toBe(
			'Habitat 2024'
		);
	});

	it('and addresses without accents, free of those that are taken', () => {
		expect(slugOf('Logement d’abord : l’Œuvre 2021')).toBe('logement-d-abord-l-oeuvre-2021');
		expect(freeSlug('Habitat', ['habitat', 'habitat-2'])).toBe('habitat-3');
	});
});

it('a party is the one that is known by that name, never one of two that begin alike', () => {
	const state = { id: '1', name: 'État (DIHAL)' };
	expect(matchParty("l'État", [state], [])).toEqual({ party: { organisationId: '1' } });
	const two = [state, { id: '2', name: 'État (ANRU)' }];
	expect(matchParty("l'État", two, [])).toMatchObject({ created: { name: 'État', kind: 'state' } });
	expect(matchParty('la', [], [])).toBeNull();
});

it('a SIREN is checked by its last digit', () => {
	expect(isSiren('242 100 410')).toBe(true);
	expect(isSiren('242100411')).toBe(false);
	expect(isSiren('24210041')).toBe(false);
});
