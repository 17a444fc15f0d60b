import { cents, formatEuros, subtractCents, type Cents } from '#lib/domain/money.ts';
import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';
import { formatChange, ratio } from '#lib/domain/rate.ts';

/** What is in the middle: half of the amounts are not above it. Null where there are none. */
export function medianCents(amounts: readonly Cents[]): Cents | null {
	const sorted = amounts.toSorted((left, right) => (left < right ? -1 : left > right ? 1 : 0));
	const upper = sorted[Math.floor(sorted.length / 2)];
	if (upper === undefined) return null;
	const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? upper;
	return cents((lower + upper) / 2n);
}

/**
 * `+ 12 000 € (+ 4,0 %)` from an earlier amount to this one; null where either was not said, which is
 * not zero. From nothing there is no percentage.
 */
export function describeChange(now: Cents | null, before: Cents | null): string | null {
	if (now === null || before === null) return null;
	const change = subtractCents(now, before);
	if (change === 0n) return 'sans changement';
	const sign = change > 0n ? `+${NO_BREAK_SPACE}` : '';
	const rate = before > 0n ? ratio(change, before) : null;
	return `${sign}${formatEuros(change)}${rate === null ? '' : ` (${formatChange(rate)})`}`;
}
