import type { PlannedAgreement, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import {
	block,
	checkPassage,
	confirm,
	onPlan,
	type ActUnderReview,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { formatDay, type Day } from '#lib/domain/day.ts';
import { isSlug } from '#lib/domain/identifier.ts';
import { isSameName } from '#lib/domain/name.ts';

/** The programme itself: its name, its days, and what it hopes for beyond them. */
export function checkProgramme(act: ActUnderReview, planned: PlannedProgramme): PlanProblem[] {
	const { horizon } = planned;
	const endsOn = lastDayOf(act, planned);
	return [
		...(planned.of.kind === 'new'
			? checkNew(act, planned.of)
			: checkExisting(act, planned.of.endsOn)),
		...(horizon
			? checkPassage(act, 'horizon', 'L’horizon du programme', horizon.passage, PROGRAMME)
			: []),
		...(horizon && endsOn && horizon.endsOn < endsOn
			? [
					block(
						'horizon-days',
						`L’horizon (${formatDay(horizon.endsOn)}) précède la fin du programme (${formatDay(endsOn)}).`,
						PROGRAMME
					)
				]
			: [])
	];
}

/** The last day of the programme once the act is entered; null where there is no such programme. */
export function lastDayOf({ books }: ActUnderReview, { of }: PlannedProgramme) {
	if (of.kind === 'new') return of.endsOn;
	return of.endsOn ?? books.programme?.endsOn ?? null;
}

const PROGRAMME = onPlan('programme');

function checkNew(
	{ books }: ActUnderReview,
	of: Extract<PlannedProgramme['of'], { kind: 'new' }>
): PlanProblem[] {
	const problems: PlanProblem[] = [];
	if (of.name.trim() === '') {
		problems.push(block('programme-name', 'Le programme n’a pas de nom.', PROGRAMME));
	}
	const same = books.programmes.find(
		({ name, slug }) => isSameName(name, of.name) || slug === of.slug
	);
	if (same) {
		const message = `Un programme porte déjà le nom « ${same.name} » : choisissez-le, ou donnez un autre nom.`;
		problems.push(block('programme-same', message, PROGRAMME));
	}
	if (!isSlug(of.slug)) {
		problems.push(
			block('programme-slug', 'L’adresse du programme ne peut pas s’écrire ainsi.', PROGRAMME)
		);
	}
	if (of.endsOn < of.startsOn) {
		problems.push(block('programme-days', 'La fin du programme précède son début.', PROGRAMME));
	}
	return problems;
}

function checkExisting(
	{ books: { programme } }: ActUnderReview,
	endsOn: Day | null
): PlanProblem[] {
	if (!programme) {
		return [
			block(
				'programme-unknown',
				'Le programme choisi n’existe plus : choisissez-le à nouveau.',
				PROGRAMME
			)
		];
	}
	if (endsOn && endsOn < programme.endsOn) {
		const message = `La fin du programme est le ${formatDay(programme.endsOn)} : un acte peut la repousser, pas l’avancer.`;
		return [block('programme-shorter', message, PROGRAMME)];
	}
	return [];
}

/** What was signed: an amendment amends a root, and does not bind before it. */
export function checkAgreements(
	act: ActUnderReview,
	{ agreements }: PlannedProgramme
): PlanProblem[] {
	return agreements.flatMap((agreement) => {
		const name = `agreement-${agreement.key}`;
		const place = onPlan('programme', agreement.key);
		const what = `« ${agreement.title} »`;
		const days =
			agreement.startsOn && agreement.endsOn && agreement.endsOn < agreement.startsOn
				? [block(`${name}-days`, `${what} : la fin précède le début.`, place)]
				: [];
		return [
			...(agreement.title.trim() === ''
				? [block(`${name}-title`, 'Une convention n’a pas de titre.', place)]
				: []),
			...checkPassage(act, name, `La convention ${what}`, agreement.passage, place),
			...days,
			...checkRoot(act, agreement, agreements),
			...checkBinding(act, agreement)
		];
	});
}

function checkRoot(
	{ books }: ActUnderReview,
	{ key, title, amends, effectiveOn }: PlannedAgreement,
	planned: readonly PlannedAgreement[]
): PlanProblem[] {
	if (!amends) return [];
	const name = `agreement-${key}`;
	const place = onPlan('programme', key);
	const root =
		'planned' in amends
			? planned.find((other) => other.key === amends.planned)
			: books.agreements.find(({ id }) => id === amends.agreementId);
	if (!root) {
		return [block(`${name}-root`, `« ${title} » modifie une convention qui n’existe plus.`, place)];
	}
	const isRoot = 'rank' in root ? root.rank === 0 : root.amends === null;
	if (!isRoot) {
		const message = `« ${title} » modifie un avenant : choisissez la convention d’origine, que tous les avenants modifient.`;
		return [block(`${name}-root`, message, place)];
	}
	if ('programmeId' in root && root.programmeId !== books.programme?.id) {
		const message = `« ${title} » modifie une convention d’un autre programme : choisissez une convention de celui-ci.`;
		return [block(`${name}-elsewhere`, message, place)];
	}
	if (effectiveOn < root.effectiveOn) {
		const message = `« ${title} » s’appliquerait avant la convention qu’il modifie (${formatDay(root.effectiveOn)}).`;
		return [block(`${name}-before`, message, place)];
	}
	return [];
}

function checkBinding(
	{ sittingOn }: ActUnderReview,
	{ key, title, adoptedHere, effectiveOn }: PlannedAgreement
): PlanProblem[] {
	if (!adoptedHere || !sittingOn || effectiveOn >= sittingOn) return [];
	const message = `« ${title} » s’appliquerait dès le ${formatDay(effectiveOn)}, avant la séance qui l’adopte (${formatDay(sittingOn)}).`;
	return [confirm(`agreement-${key}-early`, message, onPlan('programme', key))];
}
