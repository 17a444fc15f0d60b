import { z } from 'zod';
import type { PlannedAgreement, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import type { KnownProgramme } from '#lib/domain/act/plan/plan-known.ts';
import { slugOf } from '#lib/domain/act/plan/suggest-label.ts';
import { ADOPTED, NAMED_ROOT } from '#lib/domain/act/plan/suggest-programme.ts';
import { isSlug } from '#lib/domain/identifier.ts';
import {
	choiceOf,
	LAST_DAY_FIRST,
	neededDay,
	neededPassage,
	neededWords,
	optionalDay,
	optionalPassage,
	ticked,
	words
} from '#lib/forms/act-plan-fields.ts';
import { Problems, type Checked, type Typed } from '#lib/forms/typed-rows.ts';

/** What an act becomes: a programme of its own, a part of one that is there, or nothing but itself. */
export const BECOMINGS = ['new', 'existing', 'none'] as const;

/** What was signed: a first agreement, an amendment to one that tenu knows, or to one that it does not. */
export const AGREEMENT_KINDS = ['root', 'known', 'unknown'] as const;

export type ProgrammePart = Pick<PlannedProgramme, 'of' | 'horizon' | 'visible' | 'agreements'>;

type Known = { programmes: readonly KnownProgramme[]; passages: ReadonlySet<string> };

/** The fields of the page, from a plan. */
export function typeProgramme(programme: PlannedProgramme | null): Typed {
	if (!programme) return { of: 'none' };
	const { of, horizon, visible, agreements } = programme;
	const adopted = agreements.find(({ adoptedHere }) => adoptedHere);
	const named = agreements.find(({ adoptedHere }) => !adoptedHere);
	const amends = adopted?.amends ?? null;
	return {
		of: of.kind,
		...(of.kind === 'new'
			? {
					name: of.name,
					slug: of.slug,
					summary: of.summary ?? '',
					startsOn: of.startsOn,
					endsOn: of.endsOn,
					...(visible ? { visible: 'oui' } : {})
				}
			: { programmeId: of.programmeId, newEndsOn: of.endsOn ?? '' }),
		horizonEndsOn: horizon?.endsOn ?? '',
		horizonPassage: horizon?.passage ?? '',
		agreementKind: amends === null ? 'root' : 'agreementId' in amends ? 'known' : 'unknown',
		rootId: amends && 'agreementId' in amends ? amends.agreementId : '',
		rootTitle: named?.title ?? '',
		rootPassage: named?.passage ?? '',
		rootEffectiveOn: named?.effectiveOn ?? '',
		title: adopted?.title ?? '',
		passage: adopted?.passage ?? '',
		effectiveOn: adopted?.effectiveOn ?? '',
		agreementStartsOn: adopted?.startsOn ?? '',
		agreementEndsOn: adopted?.endsOn ?? ''
	};
}

/** What was typed as a part of a plan; null is an act that is kept alone. */
export function checkProgramme(typed: Typed, known: Known): Checked<ProgrammePart | null> {
	const problems = new Problems();
	const of = problems.check(
		z.object({ of: choiceOf(BECOMINGS, 'Dites ce que l’acte devient.') }),
		typed
	)?.of;
	if (of === 'none') return { values: null };
	const programme =
		of === 'new' ? checkNew(problems, typed) : of ? checkExisting(problems, typed, known) : null;
	const horizon = checkHorizon(problems, typed, known, programme);
	const agreements = checkAgreements(problems, typed, known, of === 'existing');
	if (!programme || !problems.none) return { errors: problems.errors };
	// A programme that is there stays as visible as it is.
	const visible = of === 'existing' || typed.visible !== undefined;
	return { values: { of: programme, horizon, visible, agreements } };
}

function checkNew(problems: Problems, typed: Typed): ProgrammePart['of'] | null {
	const values = problems.check(
		z.object({
			name: neededWords('Donnez un nom au programme.', 120),
			slug: words(80).refine(
				(text) => text === '' || isSlug(text),
				'Une adresse a des minuscules, des chiffres et des tirets, par exemple habitat-2022.'
			),
			summary: words(500),
			startsOn: neededDay('Indiquez le premier jour du programme, par exemple 01/01/2022.'),
			endsOn: neededDay('Indiquez le dernier jour du programme, par exemple 31/12/2022.'),
			visible: ticked
		}),
		typed
	);
	if (!values) return null;
	const { name, slug, summary, startsOn, endsOn } = values;
	if (endsOn < startsOn) problems.add('endsOn', LAST_DAY_FIRST);
	if (slugOf(name) === '') problems.add('name', 'Donnez un nom qui ait des lettres.');
	return {
		kind: 'new',
		name,
		slug: slug || slugOf(name),
		summary: summary || null,
		startsOn,
		endsOn
	};
}

function checkExisting(
	problems: Problems,
	typed: Typed,
	{ programmes }: Known
): ProgrammePart['of'] | null {
	const ids = programmes.map(({ id }) => id);
	const values = problems.check(
		z.object({
			programmeId: choiceOf(ids, 'Choisissez le programme que l’acte complète.'),
			newEndsOn: optionalDay
		}),
		typed
	);
	const there = programmes.find(({ id }) => id === values?.programmeId);
	if (!values || !there) return null;
	if (values.newEndsOn && values.newEndsOn < there.endsOn) {
		problems.add(
			'newEndsOn',
			'Un acte ne raccourcit pas un programme : laissez vide, ou donnez un jour plus lointain.'
		);
	}
	const moves = values.newEndsOn !== null && values.newEndsOn !== there.endsOn;
	return { kind: 'existing', programmeId: there.id, endsOn: moves ? values.newEndsOn : null };
}

function checkHorizon(
	problems: Problems,
	typed: Typed,
	{ passages, programmes }: Known,
	of: ProgrammePart['of'] | null
): ProgrammePart['horizon'] {
	const values = problems.check(
		z.object({ horizonEndsOn: optionalDay, horizonPassage: optionalPassage(passages) }),
		typed
	);
	if (!values) return null;
	const { horizonEndsOn: endsOn, horizonPassage: passage } = values;
	if (endsOn === null) return null;
	const there = of?.kind === 'existing' ? programmes.find(({ id }) => id === of.programmeId) : null;
	const last = of?.kind === 'new' ? of.endsOn : (of?.endsOn ?? there?.endsOn ?? null);
	if (last && endsOn < last) {
		problems.add('horizonEndsOn', 'L’horizon vient après le dernier jour que l’acte couvre.');
	}
	if (passage === null) {
		problems.add(
			'horizonPassage',
			'Choisissez le passage qui donne cet horizon, ou retirez le jour.'
		);
		return null;
	}
	return { endsOn, passage };
}

function checkAgreements(
	problems: Problems,
	typed: Typed,
	{ passages, programmes }: Known,
	isExisting: boolean
): PlannedAgreement[] {
	const programme = programmes.find(({ id }) => isExisting && id === typed.programmeId);
	const roots = (programme?.agreements ?? []).filter(({ isRoot }) => isRoot).map(({ id }) => id);
	const values = problems.check(
		z.object({
			agreementKind: choiceOf(
				AGREEMENT_KINDS,
				'Dites ce qui est signé : une convention ou un avenant.'
			),
			title: neededWords('Donnez un titre à ce qui est signé, par exemple Avenant 2020-2022.'),
			passage: neededPassage(passages, 'Choisissez le passage qui nomme ce qui est signé.'),
			effectiveOn: neededDay('Indiquez le jour d’effet ; sans autre date, c’est celui du vote.'),
			agreementStartsOn: optionalDay,
			agreementEndsOn: optionalDay
		}),
		typed
	);
	const root =
		typed.agreementKind === 'known'
			? problems.check(
					z.object({ rootId: choiceOf(roots, 'Choisissez la convention que l’avenant modifie.') }),
					typed
				)
			: null;
	const named = typed.agreementKind === 'unknown' ? checkRoot(problems, typed, passages) : null;
	if (!values) return [];
	const { agreementStartsOn: startsOn, agreementEndsOn: endsOn, effectiveOn } = values;
	if (startsOn && endsOn && endsOn < startsOn) problems.add('agreementEndsOn', LAST_DAY_FIRST);
	if (named && named.effectiveOn > effectiveOn) {
		problems.add('rootEffectiveOn', 'La convention d’origine vient avant son avenant.');
	}
	const adopted: PlannedAgreement = {
		key: ADOPTED,
		title: values.title,
		passage: values.passage,
		amends: root ? { agreementId: root.rootId } : named ? { planned: NAMED_ROOT } : null,
		adoptedHere: true,
		effectiveOn,
		startsOn,
		endsOn
	};
	return named ? [named, adopted] : [adopted];
}

/** An older agreement that tenu does not know and the act names: it is entered with it, before its amendment. */
function checkRoot(
	problems: Problems,
	typed: Typed,
	passages: ReadonlySet<string>
): PlannedAgreement | null {
	const values = problems.check(
		z.object({
			rootTitle: neededWords(
				'Donnez un titre à la convention d’origine, par exemple Convention-cadre.'
			),
			rootPassage: neededPassage(
				passages,
				'Choisissez le passage qui nomme la convention d’origine.'
			),
			rootEffectiveOn: neededDay(
				'Indiquez le jour de la convention d’origine, par exemple 30/03/2017.'
			)
		}),
		typed
	);
	return (
		values && {
			key: NAMED_ROOT,
			title: values.rootTitle,
			passage: values.rootPassage,
			amends: null,
			adoptedHere: false,
			effectiveOn: values.rootEffectiveOn,
			startsOn: null,
			endsOn: null
		}
	);
}
