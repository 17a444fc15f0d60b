import { ratio } from '#lib/domain/rate.ts';
import type { Cents } from '#lib/domain/money.ts';

/** What the bar of an envelope draws: the sums, and how much of its time is gone (null: no tick). */
export type BarSums = {
	promisedCents: Cents;
	committedCents: Cents;
	disbursedCents: Cents;
	timeElapsed?: number | null;
};

/** Lengths and places in percent of the width of the bar. */
export type Bar = {
	/** Disbursed, up to what was promised. */
	disbursed: number;
	/** Committed and not yet disbursed; follows the disbursed. */
	committed: number;
	/** Where the overrun begins and how long it is; 0 when nothing was overspent. */
	overrun: number;
	/** Where the promise ends: 100, less when more was disbursed or committed than promised. */
	limit: number;
	/** Where time stands; null when it is not shown. */
	tick: number | null;
};

/**
 * The bar of an envelope. The full width is what was promised, or what was disbursed or committed
 * when that is more, so that an overrun is seen beyond the limit and never cut off. Before any promise
 * there is no limit to go beyond.
 */
export function buildBar(sums: BarSums): Bar {
	const { promisedCents, committedCents, disbursedCents } = sums;
	const used = larger(committedCents, disbursedCents);
	const width = larger(promisedCents, used);
	const hasLimit = promisedCents !== 0n;
	const disbursed = hasLimit ? smaller(disbursedCents, promisedCents) : disbursedCents;
	const limit = hasLimit ? percent(promisedCents, width) : 100;
	const time = sums.timeElapsed ?? null;
	return {
		disbursed: percent(disbursed, width),
		committed: percent(used - larger(disbursedCents, 0n), width),
		overrun: percent(disbursedCents - disbursed, width),
		limit,
		tick: time === null ? null : rounded(time * limit)
	};
}

const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right);

const smaller = (left: bigint, right: bigint): bigint => (left < right ? left : right);

const percent = (part: bigint, whole: bigint): number =>
	rounded(Math.max(0, (ratio(part, whole) ?? 0) * 100));

const rounded = (value: number): number => Math.round(value * 100) / 100;
