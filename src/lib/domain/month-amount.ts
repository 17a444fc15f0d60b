import type { Day } from '#lib/domain/day.ts';
import { cents, type Cents } from '#lib/domain/money.ts';

/** What was disbursed in a month, named by its first day. */
export type MonthAmount = { month: Day; amountCents: Cents };

/** The months of several envelopes as one list, in order, one amount a month. */
export function mergeMonths(monthly: readonly MonthAmount[]): MonthAmount[] {
	const sums = new Map<Day, bigint>();
	for (const { month, amountCents } of monthly) {
		sums.set(month, (sums.get(month) ?? 0n) + amountCents);
	}
	return [...sums.keys()]
		.sort()
		.map((month) => ({ month, amountCents: cents(sums.get(month) ?? 0n) }));
}
