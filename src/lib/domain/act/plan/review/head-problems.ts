import {
	block,
	labelOfRole,
	onDesk,
	type ActUnderReview,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { stepOfRole } from '#lib/domain/act/desk/desk.ts';
import { formatDay } from '#lib/domain/day.ts';

/** An act has an authority, a sitting and a title, and each of them once. */
export function checkHead({ head, today }: ActUnderReview): PlanProblem[] {
	if (!head) return [];
	const { authority, sittingOn, title, convenedOn, contested } = head;
	const problems: PlanProblem[] = [];
	const owed = (value: unknown, name: string, what: string) => {
		if (value !== null) return;
		const message = `${what} : retenez ce qui a été lu, ou marquez-le dans le texte.`;
		problems.push(block(`head-${name}`, message, onDesk('identity')));
	};
	owed(authority, 'authority', 'Il manque l’assemblée qui a délibéré');
	owed(sittingOn, 'sitting', 'Il manque le jour de la séance');
	owed(title, 'title', 'Il manque l’objet de la délibération');
	for (const role of contested) {
		const message = `Plusieurs valeurs sont retenues pour « ${labelOfRole(role)} » : n’en gardez qu’une.`;
		problems.push(block(`head-${role}-several`, message, onDesk(stepOfRole(role))));
	}
	if (sittingOn && sittingOn > today) {
		const message = `La séance (${formatDay(sittingOn)}) n’a pas encore eu lieu : corrigez ce jour, ou attendez que l’acte soit voté.`;
		problems.push(block('head-sitting-later', message, onDesk('identity')));
	}
	if (sittingOn && convenedOn && convenedOn > sittingOn) {
		const message = `La convocation (${formatDay(convenedOn)}) serait postérieure à la séance (${formatDay(sittingOn)}).`;
		problems.push(block('head-convened', message, onDesk('identity')));
	}
	return problems;
}
