import type { PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import {
	block,
	checkPassage,
	onPlan,
	type ActUnderReview,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { isCommuneCode } from '#lib/domain/commune.ts';
import { isSameName } from '#lib/domain/name.ts';

const place = onPlan('undertakings');

/** Promises in words: each once, in the words of the act. */
export function checkUndertakings(
	act: ActUnderReview,
	{ undertakings }: PlannedProgramme
): PlanProblem[] {
	return undertakings.flatMap(({ passage }, index) => {
		const name = `undertaking-${index}`;
		const isTwice = undertakings.findIndex((other) => other.passage === passage) < index;
		return [
			...checkPassage(act, name, 'Un engagement réciproque', passage, place),
			...(isTwice
				? [block(`${name}-twice`, 'Un engagement réciproque est repris deux fois.', place)]
				: [])
		];
	});
}

export function checkDistricts(
	act: ActUnderReview,
	{ districts }: PlannedProgramme
): PlanProblem[] {
	return districts.flatMap(({ name: called, communeCode, communeName = '', passage }, index) => {
		const name = `district-${index}`;
		const what = `Le quartier « ${called} »`;
		const problems: PlanProblem[] = [];
		if (called.trim() === '')
			problems.push(block(`${name}-name`, 'Un quartier n’a pas de nom.', place));
		const isNamed = isCommuneCode(communeCode) && communeName.trim() !== '';
		if (!isNamed && !act.books.communes.some(({ code }) => code === communeCode)) {
			problems.push(block(`${name}-commune`, `${what} : choisissez sa commune.`, place));
		}
		const first = districts.findIndex(
			(other) => other.communeCode === communeCode && isSameName(other.name, called)
		);
		if (first < index) problems.push(block(`${name}-twice`, `${what} est nommé deux fois.`, place));
		return [...problems, ...checkPassage(act, name, what, passage, place)];
	});
}
