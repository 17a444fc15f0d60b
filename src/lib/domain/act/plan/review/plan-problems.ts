import { checkEnvelopes } from '#lib/domain/act/plan/review/envelope-problems.ts';
import { checkHead } from '#lib/domain/act/plan/review/head-problems.ts';
import { checkIndicators } from '#lib/domain/act/plan/review/indicator-problems.ts';
import { checkNumbers } from '#lib/domain/act/plan/review/number-problems.ts';
import { checkNamedParties, checkParties } from '#lib/domain/act/plan/review/party-problems.ts';
import {
	block,
	onPlan,
	type ActUnderReview,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { checkAgreements, checkProgramme } from '#lib/domain/act/plan/review/programme-problems.ts';
import { checkDistricts, checkUndertakings } from '#lib/domain/act/plan/review/word-problems.ts';
import { checkYearly } from '#lib/domain/act/plan/review/yearly-problems.ts';

/**
 * All that stands against entering an act as it is planned, each with where to mend it. The writer
 * asks the same again before it writes, on what is so then.
 */
export function planProblems(act: ActUnderReview): PlanProblem[] {
	const { plan } = act;
	if (!plan) {
		const message = 'Dites d’abord ce que devient l’acte, fût-ce seulement « conservé et cité ».';
		return [...checkHead(act), block('plan', message, onPlan('programme'))];
	}
	const { programme } = plan;
	const problems = [
		...checkHead(act),
		...checkNumbers(act),
		...checkParties(act, plan),
		...checkNamedParties(act, plan),
		...(programme
			? [
					...checkProgramme(act, programme),
					...checkAgreements(act, programme),
					...checkEnvelopes(act, programme),
					...checkYearly(act, programme),
					...checkIndicators(act, programme),
					...checkUndertakings(act, programme),
					...checkDistricts(act, programme)
				]
			: [])
	];
	return problems.filter(
		({ name }, index) => problems.findIndex((other) => other.name === name) === index
	);
}
