import type { PlannedEnvelope, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import type { PassagesByKey } from '#lib/domain/act/plan/plan-postings.ts';
import { nameOfEnvelope } from '#lib/domain/act/plan/review/name-envelope.ts';
import {
	block,
	confirm,
	type ActUnderReview,
	type PlanPlace,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';

/** The same money is posted once: not by two envelopes, nor twice by the rows of one, nor a whole beside its parts. */
export function checkOverlaps(
	act: ActUnderReview,
	{ envelopes }: PlannedProgramme,
	envelope: PlannedEnvelope,
	place: PlanPlace
): PlanProblem[] {
	const others = envelopes.slice(0, envelopes.indexOf(envelope));
	return [
		...checkRows(act, envelope, place),
		...others.flatMap((other) => checkBeside(act, envelope, other, place))
	];
}

/** The rows of one envelope, each with the others. */
function checkRows(
	act: ActUnderReview,
	envelope: PlannedEnvelope,
	place: PlanPlace
): PlanProblem[] {
	const { passages } = act;
	const what = `L’enveloppe ${nameOfEnvelope(act, envelope)}`;
	const years = Map.groupBy(envelope.allocations, (row) => row.passage ?? envelope.passage ?? '');
	const posted = listFound(passages, [...years.keys()]);
	const yearsOf = ({ key }: PlanPassage): number[] =>
		(years.get(key) ?? []).map(({ fiscalYear }) => fiscalYear);
	return posted.flatMap((left, index) =>
		posted.slice(index + 1).flatMap((right) => {
			const name = `envelope-${envelope.key}-overlap-${left.key}-${right.key}`;
			const quotes = `« ${left.quote} » et « ${right.quote} »`;
			if (isSamePlace(left, right)) {
				const isOneYear = yearsOf(left).some((year) => yearsOf(right).includes(year));
				return isOneYear
					? [
							block(
								name,
								`${what} inscrit deux fois le même argent au même exercice : ${quotes}.`,
								place
							)
						]
					: [confirm(name, `${what} inscrit deux fois le même argent : ${quotes}.`, place)];
			}
			if (!isPart(passages, left, right) && !isPart(passages, right, left)) return [];
			const message = `${what} inscrit une somme et l’une de ses parts : ${quotes} comptent le même argent.`;
			return [confirm(name, message, place)];
		})
	);
}

/** What one envelope is promised or posts, with that of another. */
function checkBeside(
	act: ActUnderReview,
	envelope: PlannedEnvelope,
	other: PlannedEnvelope,
	place: PlanPlace
): PlanProblem[] {
	// What one loses and the other gets is moved, not posted twice.
	if (isTakenFrom(envelope) !== isTakenFrom(other)) return [];
	const { passages } = act;
	const what = `L’enveloppe ${nameOfEnvelope(act, envelope)}`;
	const beside = `l’enveloppe ${nameOfEnvelope(act, other)}`;
	const theirs = listFound(passages, keysOf(other));
	return listFound(passages, keysOf(envelope)).flatMap((own) =>
		theirs.flatMap((their) => {
			const name = `envelope-${envelope.key}-shared-${other.key}-${own.key}-${their.key}`;
			if (isSamePlace(own, their)) {
				const message = `${what} vient du même passage « ${own.quote} » que ${beside} : la somme serait inscrite deux fois.`;
				return [confirm(name, message, place)];
			}
			if (!isPart(passages, own, their) && !isPart(passages, their, own)) return [];
			const message = `${what} et ${beside} se recouvrent : « ${their.quote} » et « ${own.quote} » comptent le même argent.`;
			return [confirm(name, message, place)];
		})
	);
}

const isTakenFrom = ({ of }: PlannedEnvelope): boolean =>
	of.kind === 'existing' && of.gives === 'decrease';

const keysOf = ({ passage, allocations }: PlannedEnvelope): string[] => [
	...new Set([passage, ...allocations.map((row) => row.passage)].filter((key) => key !== null))
];

const listFound = (passages: PassagesByKey, keys: readonly string[]): PlanPassage[] =>
	keys.flatMap((key) => passages.get(key) ?? []);

/** Words that meet are read as one sum, though somebody marked more or fewer of them. */
const isSamePlace = (left: PlanPassage, right: PlanPassage): boolean =>
	left.key === right.key || (left.start < right.end && right.start < left.end);

/** Whether one is a part of the other, also a part of a part. */
function isPart(passages: PassagesByKey, part: PlanPassage, whole: PlanPassage): boolean {
	const seen = new Set<string>();
	for (let key = part.partOf; key !== null && !seen.has(key);) {
		if (key === whole.key) return true;
		seen.add(key);
		key = passages.get(key)?.partOf ?? null;
	}
	return false;
}
