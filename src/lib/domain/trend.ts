import {
	addMonths,
	daysBetween,
	firstDayOfMonth,
	isLastDayOfMonth,
	type Day
} from '#lib/domain/day.ts';
import {
	addCents,
	cents,
	largerCents,
	NO_CENTS,
	smallerCents,
	sumCents,
	type Cents
} from '#lib/domain/money.ts';
import { mergeMonths, type MonthAmount } from '#lib/domain/month-amount.ts';

/** What would be disbursed by the end if the last months went on. */
export type RunRate = {
	expectedCents: Cents;
	monthlyRateCents: Cents;
	/** How many months the rate was drawn from, twelve at most. */
	months: number;
	/** To the end; parts of months count. */
	monthsLeft: number;
};

/** The run rate with the range to expect around it. */
export type Trend = RunRate & { lowCents: Cents; highCents: Cents };

const FEWEST_MONTHS = 3;
const MOST_MONTHS = 12;
const RESAMPLES = 1_000;
const SEED = 20_201_217;

/**
 * The run rate of the last twelve months carried to the end (design §6): the mean of the monthly
 * disbursements, in order and the latest last, fewer than twelve when the envelope is younger.
 *
 * Null under three months of data: a quarter is the shortest rhythm that can be seen.
 */
export function carryRunRate(
	disbursedCents: Cents,
	monthlyCents: readonly Cents[],
	monthsLeft: number
): RunRate | null {
	const months = monthlyCents.slice(-MOST_MONTHS);
	if (months.length < FEWEST_MONTHS) return null;
	const rate = Number(sumCents(months)) / months.length;
	const left = Math.max(0, monthsLeft);
	return {
		expectedCents: addCents(disbursedCents, wholeEuros(rate * left)),
		monthlyRateCents: wholeEuros(rate),
		months: months.length,
		monthsLeft: left
	};
}

/**
 * The run rate with its range, from resampling: 1 000 times, every month left is given the amount of
 * one of the past months drawn at random, and a part of a month its part. The range goes from the
 * 10th to the 90th of the 100 parts of the sums, widened to the expected amount where payments are so
 * rare that it falls outside. The draws are the same for everybody and every time.
 */
export function trend(
	disbursedCents: Cents,
	monthlyCents: readonly Cents[],
	monthsLeft: number
): Trend | null {
	const run = carryRunRate(disbursedCents, monthlyCents, monthsLeft);
	if (!run) return null;
	const sums = resample(monthlyCents.slice(-MOST_MONTHS).map(Number), run.monthsLeft);
	const sumAt = (place: number) => addCents(disbursedCents, wholeEuros(sums[place] ?? 0));
	return {
		...run,
		lowCents: smallerCents(run.expectedCents, sumAt(RESAMPLES * 0.1)),
		highCents: largerCents(run.expectedCents, sumAt(RESAMPLES * 0.9 - 1))
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
	const paid = new Map(mergeMonths(monthly).map(({ month, amountCents }) => [month, amountCents]));
	return Array.from({ length: MOST_MONTHS }, (_, index) =>
		firstDayOfMonth(addMonths(last, index + 1 - MOST_MONTHS))
	)
		.filter((month) => month >= firstDayOfMonth(startsOn))
		.map((month) => paid.get(month) ?? NO_CENTS);
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
