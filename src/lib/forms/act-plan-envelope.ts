import { z } from 'zod';
import type {
	PlannedAllocation,
	PlannedEnvelope,
	PlannedNewParty,
	PlannedParty,
	SumGiven
} from '#lib/domain/act/plan/plan.ts';
import { slugOf } from '#lib/domain/act/plan/suggest-label.ts';
import { flattenMeasures } from '#lib/domain/act/plan/suggest-measures.ts';
import { isSiren } from '#lib/domain/act/plan/suggest-party.ts';
import type { Circuit, Strength } from '#lib/domain/envelope.ts';
import {
	choiceOf,
	LAST_DAY_FIRST,
	neededDay,
	neededPassage,
	neededWords,
	optionalChoiceOf,
	optionalDay,
	readParty,
	typeParty,
	words
} from '#lib/forms/act-plan-fields.ts';
import {
	checkAllocations,
	checkInstalments,
	checkMeasures,
	INSTRUMENTS
} from '#lib/forms/act-plan-rows.ts';
import { Problems, typeRows, type Checked, type Typed } from '#lib/forms/typed-rows.ts';

export const CIRCUITS: readonly Circuit[] = ['off_budget', 'earmarked_revenue', 'own_expenditure'];
export const STRENGTHS: readonly Strength[] = ['firm', 'intention'];
export const GIVEN: readonly SumGiven[] = ['sum', 'sum_of_year', 'increase', 'decrease'];
export const PARTY_KINDS: readonly PlannedNewParty['kind'][] = [
	'funder',
	'state',
	'authority',
	'landlord',
	'operator',
	'association'
];

/** What is chosen where an organisation is not in the list. */
export const OTHER_PARTY = 'other';

export type EnvelopePart = { envelope: PlannedEnvelope; newParties: PlannedNewParty[] };

type Known = {
	passages: ReadonlySet<string>;
	/** Choices of organisations, as `typeParty` writes them. */
	parties: readonly string[];
	/** Envelopes that are there and may be changed. */
	envelopes: readonly string[];
	newParties: readonly PlannedNewParty[];
};

/** The fields of the page, from an envelope of a plan. */
export function typeEnvelope(
	envelope: PlannedEnvelope,
	newParties: readonly PlannedNewParty[]
): Typed {
	const { of, passage, allocations, instalments, measures } = envelope;
	const rows = {
		sum: passage ?? '',
		...typeRows(
			'allocations',
			allocations.map(({ fiscalYear, label, passage: own }) => ({
				year: String(fiscalYear),
				label,
				passage: own ?? ''
			}))
		),
		...typeRows(
			'instalments',
			instalments.map(({ dueOn, passage: own }) => ({ dueOn, passage: own ?? '' }))
		),
		...typeRows(
			'measures',
			flattenMeasures(measures).map(({ measure, depth }) => ({
				key: measure.key,
				label: measure.label,
				passage: measure.passage ?? '',
				instrument: measure.instrument ?? '',
				...(depth > 0 ? { under: 'oui' } : {})
			}))
		)
	};
	if (of.kind === 'existing') {
		return { ...rows, of: of.envelopeId, gives: of.gives, newEndsOn: of.endsOn ?? '' };
	}
	const created =
		of.funder && 'newParty' in of.funder
			? newParties.find(
					({ key }) => of.funder && 'newParty' in of.funder && key === of.funder.newParty
				)
			: undefined;
	return {
		...rows,
		of: 'new',
		label: of.label,
		purpose: of.purpose ?? '',
		funder: created ? OTHER_PARTY : typeParty(of.funder),
		funderName: created?.name ?? '',
		funderKind: created?.kind ?? '',
		funderSiren: created?.siren ?? '',
		partner: typeParty(of.partner),
		circuit: of.circuit ?? '',
		strength: of.strength ?? '',
		instrument: of.instrument ?? '',
		startsOn: of.startsOn,
		endsOn: of.endsOn,
		gives: 'sum'
	};
}

/** What was typed as an envelope of a plan, with the organisation that it makes known, if any. */
export function checkEnvelope(
	typed: Typed,
	base: PlannedEnvelope,
	known: Known
): Checked<EnvelopePart> {
	const problems = new Problems();
	const sum = problems.check(
		z.object({ sum: neededPassage(known.passages, 'Choisissez le passage qui donne la somme.') }),
		typed
	);
	const rows = {
		allocations: checkAllocations(problems, typed, known),
		instalments: checkInstalments(problems, typed, known),
		measures: checkMeasures(problems, typed, known)
	};
	const isChange = known.envelopes.includes(typed.of ?? '');
	const newParties: PlannedNewParty[] = [];
	const of = isChange
		? checkChange(problems, typed, rows.allocations)
		: checkNew(problems, typed, known, newParties);
	if (!of || !sum || !problems.none) return { errors: problems.errors };
	return { values: { envelope: { ...base, of, passage: sum.sum, ...rows }, newParties } };
}

function checkChange(
	problems: Problems,
	typed: Typed,
	allocations: readonly PlannedAllocation[]
): PlannedEnvelope['of'] | null {
	const values = problems.check(
		z.object({
			gives: choiceOf(GIVEN, 'Dites ce que donne l’acte : la somme entière ou ce qui s’y ajoute.'),
			newEndsOn: optionalDay
		}),
		typed
	);
	if (values?.gives === 'sum' && allocations.length > 1) {
		problems.add(
			'gives',
			'Une nouvelle somme entière s’écrit sur un seul exercice : gardez une ligne, ou dites la somme de chaque année.'
		);
	}
	return (
		values && {
			kind: 'existing',
			envelopeId: typed.of ?? '',
			endsOn: values.newEndsOn,
			gives: values.gives
		}
	);
}

function checkNew(
	problems: Problems,
	typed: Typed,
	known: Known,
	newParties: PlannedNewParty[]
): PlannedEnvelope['of'] | null {
	const values = problems.check(
		z.object({
			label: neededWords('Donnez un nom à l’enveloppe.', 120),
			purpose: neededPassage(known.passages, 'Choisissez le passage qui dit à quoi sert la somme.'),
			partner: optionalChoiceOf(known.parties),
			circuit: choiceOf(CIRCUITS, 'Dites par où passe l’argent.'),
			strength: choiceOf(STRENGTHS, 'Dites si l’acte engage ou s’il annonce une intention.'),
			instrument: optionalChoiceOf(INSTRUMENTS),
			startsOn: neededDay('Indiquez le premier jour de l’enveloppe, par exemple 01/01/2022.'),
			endsOn: neededDay('Indiquez le dernier jour de l’enveloppe, par exemple 31/12/2022.')
		}),
		typed
	);
	const funder = checkFunder(problems, typed, known, newParties);
	if (!values) return null;
	const { partner, startsOn, endsOn } = values;
	if (endsOn < startsOn) problems.add('endsOn', LAST_DAY_FIRST);
	return { kind: 'new', ...values, funder, partner: partner === null ? null : readParty(partner) };
}

function checkFunder(
	problems: Problems,
	typed: Typed,
	known: Known,
	newParties: PlannedNewParty[]
): PlannedParty | null {
	const isOther = typed.funder === OTHER_PARTY;
	const chosen = problems.check(
		z.object({
			funder: choiceOf([...known.parties, OTHER_PARTY], 'Choisissez qui donne l’argent.')
		}),
		typed
	);
	if (!chosen) return null;
	if (!isOther) return readParty(chosen.funder);
	const values = problems.check(
		z.object({
			funderName: neededWords('Donnez le nom de cet organisme.', 120),
			funderKind: choiceOf(PARTY_KINDS, 'Dites ce qu’est cet organisme.'),
			funderSiren: words(20).refine(
				(text) => text === '' || isSiren(text),
				'Un SIREN a neuf chiffres, et ceux-ci ne se vérifient pas : recopiez-le, ou laissez vide.'
			)
		}),
		typed
	);
	if (!values) return null;
	const key = `organisme-${slugOf(values.funderName)}`;
	const siren = values.funderSiren.replace(/\s/gu, '') || null;
	newParties.push({ key, name: values.funderName, kind: values.funderKind, siren });
	return { newParty: key };
}
