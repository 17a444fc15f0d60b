import { listPostings } from '#lib/domain/act/plan/plan-postings.ts';
import type { PlannedEnvelope } from '#lib/domain/act/plan/plan.ts';
import { nameOfEnvelope } from '#lib/domain/act/plan/review/name-envelope.ts';
import {
	block,
	confirm,
	type ActUnderReview,
	type PlanPlace,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { formatEuros } from '#lib/domain/money.ts';

/** An act that is opened again does not post the same money again: not at all in the same year of the same envelope. */
export function checkPosted(
	act: ActUnderReview,
	envelope: PlannedEnvelope,
	place: PlanPlace
): PlanProblem[] {
	const { passages, books } = act;
	const { key, of } = envelope;
	const what = `L’enveloppe ${nameOfEnvelope(act, envelope)}`;
	return listPostings(envelope, passages, books).flatMap((posting) => {
		const passage = passages.get(posting.passage);
		if (!passage) return [];
		const before = books.posted.filter(
			({ start, end }) => start < passage.end && passage.start < end
		);
		const { quote } = passage;
		const again = before.find(
			({ envelopeId, fiscalYear }) =>
				of.kind === 'existing' && of.envelopeId === envelopeId && posting.fiscalYear === fiscalYear
		);
		const name = `envelope-${key}-${passage.key}-posted-${posting.fiscalYear}`;
		if (again) {
			const message = `${what} porte déjà ${formatEuros(again.amountCents)} de cet acte à l’exercice ${again.fiscalYear}, sur « ${again.quote} » : « ${quote} » ne s’y inscrit pas une seconde fois.`;
			return [block(name, message, place)];
		}
		if (before.length === 0) return [];
		const where = before.map(
			(one) =>
				`${formatEuros(one.amountCents)} à l’exercice ${one.fiscalYear} de l’enveloppe « ${one.label} »`
		);
		const message = `${what} prend « ${quote} », d’où cet acte a déjà inscrit ${where.join(', ')} : le même argent compterait deux fois.`;
		return [confirm(name, message, place)];
	});
}
