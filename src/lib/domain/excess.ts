import {
	formatEuros,
	largerCents,
	NO_CENTS,
	subtractCents,
	type Cents
} from '#lib/domain/money.ts';
import { typeset } from '#lib/domain/typography.ts';

/** By how much what is declared is more than what is left of the envelope; zero when it is not. */
export function excessOf(totalCents: Cents, leftCents: Cents): Cents {
	if (totalCents <= 0n) return NO_CENTS;
	return largerCents(subtractCents(totalCents, largerCents(leftCents, NO_CENTS)), NO_CENTS);
}

/** What is left, said to whoever declares more; null where it is not more. */
export function explainExcess(totalCents: Cents, leftCents: Cents): string | null {
	const excess = excessOf(totalCents, leftCents);
	if (excess === 0n) return null;
	const left = leftCents > 0n ? `Il reste ${formatEuros(leftCents)}` : 'Il ne reste rien';
	return typeset(
		`${left} sur cette enveloppe : cette déclaration la dépasserait de ${formatEuros(excess)}. ` +
			'Vérifiez les montants, ou indiquez le motif du dépassement.'
	);
}

/** The same of one line, where that line alone is more than what is left. */
export function explainRowExcess(amountCents: Cents, leftCents: Cents): string | null {
	if (excessOf(amountCents, leftCents) === 0n) return null;
	const left = formatEuros(largerCents(leftCents, NO_CENTS));
	return typeset(
		`Cette ligne dépasse le reste de l’enveloppe (${left}). Vérifiez le montant, ou expliquez l’écart.`
	);
}
