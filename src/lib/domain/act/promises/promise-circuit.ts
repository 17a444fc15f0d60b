import type { ReadPromise, Supposed } from '#lib/domain/act/reading.ts';
import { foldName } from '#lib/domain/name.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The way of the money, from who gives and who receives; null where the act does not say who gives. */
export function findCircuit(
	giver: Supposed<string>,
	receiver: Supposed<string>,
	authority: string | null
): ReadPromise['circuit'] {
	if (!giver || authority === null) return null;
	const own = foldName(authority);
	if (foldName(giver.value) === own) {
		return {
			value: 'own_expenditure',
			span: giver.span,
			confidence: giver.confidence,
			because: 'La collectivité qui décide paie elle-même.'
		};
	}
	if (receiver && foldName(receiver.value) === own) {
		return {
			value: 'earmarked_revenue',
			span: giver.span,
			confidence: 'medium',
			because: typeset('Un autre verse à la collectivité : c’est une recette fléchée.')
		};
	}
	return {
		value: 'off_budget',
		span: giver.span,
		confidence: receiver ? 'medium' : 'low',
		because: receiver
			? typeset('Un autre paie un autre bénéficiaire : l’argent ne passe pas par la collectivité.')
			: 'Un autre paie, et l’acte ne dit pas que l’argent passe par la collectivité.'
	};
}
