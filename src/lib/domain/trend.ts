import {
	addMonths,
	daysBetween,
	firstDayOfMonth,
	isLastDayOfMonth,
	type Day
} from '#lib/domain/day.ts';
import { addCents, cents, sumCents, type Cents } from '#lib/domain/money.ts';

/** What was disbursed in a month, named by its first day. */
export type MonthAmount = { month: Day; amountCents: Cents };

/** What would be disbursed by the end if the last months went on, and the range to expect around it. */
export type Trend = {
	expectedCents: Cents;
	lowCents: Cents;
	highCents: Cents;
	monthlyRateCents: Cents;
	/** How many months the trend was drawn from, twelve at most. */
	months: number;
	/** To the end; parts of months count. */
	monthsLeft: number;
};

const FEWEST_MONTHS = 3;
const MOST_MONTHS = 12;
const RESAMPLES = 1_000;
const SEED = 20_201_217;

/**
 * The run rate of the last twelve months carried to the end (design §6).
 *
 * The rate is the mean of the monthly disbursements (in order, the latest last; fewer than twelve
 * when the envelope is younger). The range comes from resampling: 1 000 times, every month left is
 * given the amount of one of the past months drawn at random, a part of a month gets its part; the
 * 10th and the 90th of the 100 parts of the sums, widened to the expected amount where payments are
 * so rare that it falls outside. The draws are the same for everybody and every time.
 *
 * Null under three months of data: a quarter is the shortest rhythm that can be seen.
 */
export function trend(
	disbursedCents: Cents,
	monthlyCents: readonly Cents[],
	monthsLeft: number
): Trend | null {
	const months = monthlyCents.slice(-MOST_MONTHS).map(Number);
	if (months.length < FEWEST_MONTHS) return null;

	const left = Math.max(0, monthsLeft);
	const rate = months.reduce((sum, month) => sum + month, 0) / months.length;
	const more = rate * left;
	const sums = resample(months, left);
	const carried = (value: number) => addCents(disbursedCents, wholeEuros(value));
	return {
		expectedCents: carried(more),
		lowCents: carried(Math.min(more, sums[RESAMPLES * 0.1] ?? more)),
		highCents: carried(Math.max(more, sums[RESAMPLES * 0.9 - 1] ?? more)),
		monthlyRateCents: wholeEuros(rate),
		months: months.length,
		monthsLeft: left
	};
}

/**
 * The disbursements of the last twelve whole months by the end of a day, in order, for `trend`. A month
 * without any is a zero; fewer than twelve when the envelope is younger; a month under way is left out.
 */
export function lastWholeMonths(
	monthly: readonly MonthAmount[],
	startsOn: Day,
	asOf: Day
): Cents[] {
	const last = isLastDayOfMonth(asOf) ? asOf : addMonths(firstDayOfMonth(asOf), -1);
	const months = Array.from({ length: MOST_MONTHS }, (_, index) =>
		firstDayOfMonth(addMonths(last, index + 1 - MOST_MONTHS))
	);
	return months
		.filter((month) => month >= firstDayOfMonth(startsOn))
		.map((month) =>
			sumCents(monthly.filter((paid) => paid.month === month).map((paid) => paid.amountCents))
		);
}

/** Months of mean length from the end of a day to the end of another; parts count. */
export const monthsUntil = (asOf: Day, endsOn: Day): number =>
	Math.max(0, daysBetween(asOf, endsOn) / (365.25 / 12));

/** An estimate is given to the euro: its cents would say nothing. */
const wholeEuros = (valueCents: number): Cents => cents(Math.round(valueCents / 100) * 100);

/** Sums of as many months as are left, drawn from the past ones, in ascending order. */
function resample(months: readonly number[], monthsLeft: number): Float64Array {
	const wholeMonths = Math.floor(monthsLeft);
	const part = monthsLeft - wholeMonths;
	const draw = drawsFrom(months);
	const sums = new Float64Array(RESAMPLES);
	for (let index = 0; index < RESAMPLES; index += 1) {
		let sum = draw() * part;
		for (let month = 0; month < wholeMonths; month += 1) sum += draw();
		sums[index] = sum;
	}
	return sums.sort();
}

/** A linear congruential generator with a fixed seed; its high bits choose the month. */
function drawsFrom(months: readonly number[]): () => number {
	let state = SEED;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return months[Math.floor((state / 2 ** 32) * months.length)] ?? 0;
	};
}
