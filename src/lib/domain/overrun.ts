import type { EnvelopeTotals } from '#lib/domain/envelope.ts';
import type { EntryKind } from '#lib/domain/ledger.ts';
import {
	formatEuros,
	largerCents,
	NO_CENTS,
	subtractCents,
	sumCents,
	type Cents
} from '#lib/domain/money.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';

type Limit = Pick<EnvelopeTotals, 'promisedCents' | 'disbursedCents'>;

/** By how much the disbursed would exceed the promised after one more disbursement; zero when it would not. */
export function overrunAfter(limit: Limit, disbursementCents: Cents): Cents {
	const left = subtractCents(limit.promisedCents, limit.disbursedCents);
	return largerCents(subtractCents(disbursementCents, left), NO_CENTS);
}

/** What is left, and what to do about a disbursement that is more: the database only says that it is (design §5.4). */
export const explainOverrun = (limit: Limit, disbursementCents: Cents): string =>
	typeset(
		`${whatRemains(limit)} : ce versement porterait le dépassement à ${formatEuros(overrunAfter(limit, disbursementCents))}. ` +
			'Corrigez le montant ou indiquez le motif du dépassement.'
	);

/**
 * The reason that is kept with entries that disburse more than is left; null where they do not. Refuses
 * them where none was given.
 */
export function keepOverrunReason(
	limit: Limit,
	entries: readonly { kind: EntryKind; amountCents: Cents }[],
	reason: string | null
): string | null {
	const disbursed = sumCents(
		entries.flatMap(({ kind, amountCents }) => (kind === 'disbursement' ? [amountCents] : []))
	);
	const over = overrunAfter(limit, disbursed);
	if (disbursed <= 0n || over === 0n) return null;
	if (reason) return reason;
	throw new Refusal(
		typeset(
			`${whatRemains(limit)} : cette déclaration porterait le dépassement à ${formatEuros(over)}. ` +
				'Renvoyez-la, ou indiquez le motif du dépassement.'
		),
		{ field: 'overrunReason' }
	);
}

function whatRemains(limit: Limit): string {
	const left = subtractCents(limit.promisedCents, limit.disbursedCents);
	const remains = left > 0n ? `Il reste ${formatEuros(left)}` : `Il ne reste rien`;
	return `${remains} à verser sur cette enveloppe`;
}
