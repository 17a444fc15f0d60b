import type { EnvelopeTotals } from '#lib/domain/envelope.ts';
import {
	formatEuros,
	largerCents,
	NO_CENTS,
	subtractCents,
	type Cents
} from '#lib/domain/money.ts';
import { typeset } from '#lib/domain/typography.ts';

type Limit = Pick<EnvelopeTotals, 'promisedCents' | 'disbursedCents'>;

/** By how much the disbursed would exceed the promised after one more disbursement; zero when it would not. */
export function overrunAfter(limit: Limit, disbursementCents: Cents): Cents {
	const left = subtractCents(limit.promisedCents, limit.disbursedCents);
	return largerCents(subtractCents(disbursementCents, left), NO_CENTS);
}

/** What is left, and what to do about a disbursement that is more: the database only says that it is (design §5.4). */
export function explainOverrun(limit: Limit, disbursementCents: Cents): string {
	const left = subtractCents(limit.promisedCents, limit.disbursedCents);
	const remains = left > 0n ? `Il reste ${formatEuros(left)}` : `Il ne reste rien`;
	const over = formatEuros(overrunAfter(limit, disbursementCents));
	return typeset(
		`${remains} à verser sur cette enveloppe : ce versement porterait le dépassement à ${over}. ` +
			'Corrigez le montant ou indiquez le motif du dépassement.'
	);
}
