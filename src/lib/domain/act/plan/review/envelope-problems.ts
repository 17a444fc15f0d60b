import { listPostings } from '#lib/domain/act/plan/plan-postings.ts';
import type { PlannedEnvelope, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import { nameOfEnvelope } from '#lib/domain/act/plan/review/name-envelope.ts';
import {
	block,
	checkPassage,
	onPlan,
	type ActUnderReview,
	type PlanPlace,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { checkSums } from '#lib/domain/act/plan/review/sum-problems.ts';
import { lastDayOf } from '#lib/domain/act/plan/review/programme-problems.ts';
import { checkYears } from '#lib/domain/act/plan/review/year-problems.ts';
import { checkInstalments } from '#lib/domain/act/plan/review/instalment-problems.ts';
import { findTouchedEnvelope } from '#lib/domain/act/plan/touched-books.ts';
import { formatDay, type Day } from '#lib/domain/day.ts';
import { addCents, formatEuros, sumCents } from '#lib/domain/money.ts';
import { isSameName } from '#lib/domain/name.ts';

/** What keeps the envelopes of a plan from being opened or changed. */
export function checkEnvelopes(act: ActUnderReview, planned: PlannedProgramme): PlanProblem[] {
	return planned.envelopes.flatMap((envelope) => {
		const place = onPlan('envelopes', envelope.key);
		return [
			...(envelope.of.kind === 'new'
				? checkNew(act, planned, envelope, envelope.of, place)
				: checkChanged(act, planned, envelope, envelope.of, place)),
			...checkAgreement(act, planned, envelope, place),
			...checkSums(act, planned, envelope, place),
			...checkYears(act, envelope, `L’enveloppe ${nameOfEnvelope(act, envelope)}`, place),
			...checkInstalments(act, planned, envelope, place),
			...envelope.measures.flatMap((measure) => checkMeasure(act, envelope, measure, place))
		];
	});
}

type NewEnvelope = Extract<PlannedEnvelope['of'], { kind: 'new' }>;
type ChangedEnvelope = Extract<PlannedEnvelope['of'], { kind: 'existing' }>;

function checkNew(
	act: ActUnderReview,
	planned: PlannedProgramme,
	envelope: PlannedEnvelope,
	of: NewEnvelope,
	place: PlanPlace
): PlanProblem[] {
	const name = `envelope-${envelope.key}`;
	const what = `L’enveloppe ${nameOfEnvelope(act, envelope)}`;
	const problems: PlanProblem[] = [];
	const owed = (isOwed: boolean, part: string, message: string) => {
		if (isOwed) problems.push(block(`${name}-${part}`, message, place));
	};
	owed(of.label.trim() === '', 'label', 'Une enveloppe n’a pas de nom.');
	owed(
		isTaken(act, planned, envelope, of),
		'same',
		`${what} porte le nom d’une autre enveloppe du programme.`
	);
	owed(of.funder === null, 'funder', `${what} : dites qui promet la somme.`);
	owed(of.circuit === null, 'circuit', `${what} : dites par quel circuit passe l’argent.`);
	owed(
		of.strength === null,
		'strength',
		`${what} : dites s’il s’agit d’une intention ou d’un engagement ferme.`
	);
	owed(of.endsOn < of.startsOn, 'days', `${what} : la fin précède le début.`);
	owed(
		isOutside(act, planned, of),
		'outside',
		`${what} sort des jours du programme : ${period(of)}.`
	);
	return [
		...problems,
		...(of.purpose === null
			? [
					block(
						`${name}-purpose`,
						`${what} : choisissez les mots de l’acte qui en disent l’objet.`,
						place
					)
				]
			: checkPassage(
					act,
					`${name}-purpose`,
					`L’objet de ${nameOfEnvelope(act, envelope)}`,
					of.purpose,
					place
				)),
		...(envelope.passage === null
			? [block(`${name}-passage`, `${what} : choisissez le passage qui promet la somme.`, place)]
			: []),
		...(envelope.passage !== null && envelope.allocations.length === 0
			? [block(`${name}-years`, `${what} : dites à quel exercice la somme s’inscrit.`, place)]
			: [])
	];
}

function isTaken(
	{ books }: ActUnderReview,
	{ envelopes }: PlannedProgramme,
	envelope: PlannedEnvelope,
	{ label }: NewEnvelope
): boolean {
	const others = envelopes
		.slice(0, envelopes.indexOf(envelope))
		.flatMap((other) => (other.of.kind === 'new' ? [other.of.label] : []));
	const known = (books.programme?.envelopes ?? []).map((one) => one.label);
	return label.trim() !== '' && [...others, ...known].some((other) => isSameName(other, label));
}

function isOutside(
	act: ActUnderReview,
	planned: PlannedProgramme,
	{ startsOn, endsOn }: { startsOn: Day; endsOn: Day }
): boolean {
	const first = planned.of.kind === 'new' ? planned.of.startsOn : act.books.programme?.startsOn;
	const last = lastDayOf(act, planned);
	return (first !== undefined && startsOn < first) || (last !== null && endsOn > last);
}

const period = ({ startsOn, endsOn }: { startsOn: Day; endsOn: Day }): string =>
	`du ${formatDay(startsOn)} au ${formatDay(endsOn)}`;

function checkChanged(
	act: ActUnderReview,
	planned: PlannedProgramme,
	envelope: PlannedEnvelope,
	of: ChangedEnvelope,
	place: PlanPlace
): PlanProblem[] {
	const name = `envelope-${envelope.key}`;
	const before = findTouchedEnvelope(act.books, of.envelopeId);
	if (!before) {
		const message = 'L’enveloppe choisie n’est pas dans ce programme : choisissez-la à nouveau.';
		return [block(`${name}-unknown`, message, place)];
	}
	const what = `L’enveloppe « ${before.label} »`;
	const problems: PlanProblem[] = [];
	const refuse = (isRefused: boolean, part: string, message: string) => {
		if (isRefused) problems.push(block(`${name}-${part}`, message, place));
	};
	const twice = planned.envelopes.filter(
		(other) => other.of.kind === 'existing' && other.of.envelopeId === of.envelopeId
	);
	refuse(
		twice.length > 1 && twice[0] !== envelope,
		'twice',
		`${what} est changée deux fois par cet acte.`
	);
	if (of.endsOn) {
		const shorter = `${what} se termine le ${formatDay(before.endsOn)} : un acte peut repousser cette fin, pas l’avancer.`;
		refuse(of.endsOn < before.endsOn, 'shorter', shorter);
		const days = { startsOn: before.startsOn, endsOn: of.endsOn };
		refuse(
			isOutside(act, planned, days),
			'outside',
			`${what} sortirait des jours du programme : ${period(days)}.`
		);
	}
	const latest = before.allocations
		.map(({ effectiveOn }) => effectiveOn)
		.sort()
		.at(-1);
	const { sittingOn } = act;
	const isSum = of.gives === 'sum' || of.gives === 'sum_of_year';
	if (isSum && sittingOn && latest && latest > sittingOn && envelope.allocations.length > 0) {
		const message = `${what} a été changée depuis par un acte du ${formatDay(latest)} : la nouvelle somme ne se compare plus. Dites ce qui s’ajoute ou se retire.`;
		problems.push(block(`${name}-later`, message, place));
	}
	refuse(
		of.gives === 'sum' && envelope.allocations.length > 1,
		'several',
		`${what} : la nouvelle somme totale s’inscrit à un seul exercice.`
	);
	const postings = listPostings(envelope, act.passages, act.books);
	const after = addCents(
		before.promisedCents,
		sumCents(postings.map(({ amountCents }) => amountCents))
	);
	refuse(
		after < before.disbursedCents,
		'disbursed',
		`${what} serait ramenée à ${formatEuros(after)}, moins que les ${formatEuros(before.disbursedCents)} déjà versés.`
	);
	return problems;
}

function checkAgreement(
	act: ActUnderReview,
	planned: PlannedProgramme,
	envelope: PlannedEnvelope,
	place: PlanPlace
): PlanProblem[] {
	const { agreement, of } = envelope;
	const isOwed = of.kind === 'new' || envelope.instalments.length > 0;
	const name = `envelope-${envelope.key}-agreement`;
	const what = `L’enveloppe ${nameOfEnvelope(act, envelope)}`;
	if (!agreement) {
		const message = `${what} : dites de quelle convention elle vient.`;
		return isOwed ? [block(name, message, place)] : [];
	}
	const isKnown =
		'planned' in agreement
			? planned.agreements.some(({ key }) => key === agreement.planned)
			: act.books.agreements.some(
					({ id, programmeId }) =>
						id === agreement.agreementId && programmeId === act.books.programme?.id
				);
	if (isKnown) return [];
	return [block(name, `${what} vient d’une convention qui n’est pas de ce programme.`, place)];
}

function checkMeasure(
	act: ActUnderReview,
	envelope: PlannedEnvelope,
	{ key, label, passage, children }: PlannedEnvelope['measures'][number],
	place: PlanPlace
): PlanProblem[] {
	const name = `measure-${envelope.key}-${key}`;
	return [
		...(label.trim() === '' ? [block(`${name}-label`, 'Une mesure n’a pas de nom.', place)] : []),
		...(passage === null ? [] : checkPassage(act, name, `La mesure « ${label} »`, passage, place)),
		...children.flatMap((child) => checkMeasure(act, envelope, child, place))
	];
}

/** The sum of an envelope once the act is entered. */
export function sumAfter(act: ActUnderReview, envelope: PlannedEnvelope) {
	const { of } = envelope;
	const posted = sumCents(
		listPostings(envelope, act.passages, act.books).map(({ amountCents }) => amountCents)
	);
	const before = of.kind === 'new' ? null : findTouchedEnvelope(act.books, of.envelopeId);
	return before ? addCents(before.promisedCents, posted) : posted;
}
