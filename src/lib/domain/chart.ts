import { addMonths, daysBetween, lastDayOfMonth, yearOf, type Day } from '#lib/domain/day.ts';
import { addCents, cents, subtractCents, sumCents, type Cents } from '#lib/domain/money.ts';
import { mergeMonths, type MonthAmount } from '#lib/domain/month-amount.ts';
import { planByYear, plannedBy, type Plan } from '#lib/domain/plan.ts';
import type { Trend } from '#lib/domain/trend.ts';

/** A row of the chart of cumulative disbursements, and of the table that stands beside it. */
export type CumulativeRow = {
	/** The end of this day. */
	on: Day;
	plannedCents: Cents;
	/** Null after the day that the figures are as of. */
	disbursedCents: Cents | null;
	/** The trend, from that day on. */
	projection: Projection | null;
};

export type Projection = Pick<Trend, 'expectedCents' | 'lowCents' | 'highCents'>;

/**
 * Disbursed and planned, cumulated at every end of month from the first day of the plans to the last,
 * and on the as-of day itself. `monthly` holds what was disbursed by that day.
 */
export function buildCumulativeRows(
	plans: readonly Plan[],
	monthly: readonly MonthAmount[],
	asOf: Day,
	trend: Trend | null
): CumulativeRow[] {
	const paid = mergeMonths(monthly);
	const days = daysToShow(plans, paid, asOf);
	const end = days.at(-1) ?? asOf;
	const from = { asOf, disbursedCents: disbursedBy(paid, asOf) };
	return days.map((on) => ({
		on,
		plannedCents: sumCents(plans.map((plan) => plannedBy(plan, on))),
		disbursedCents: on > asOf ? null : disbursedBy(paid, on),
		projection: trend && on >= asOf && end > asOf ? carryTo(on, from, end, trend) : null
	}));
}

/** A row of the chart of planned against disbursed, year by year. */
export type YearRow = {
	year: number;
	plannedCents: Cents;
	/** Null for a year that has not begun on the as-of day: nobody knows yet, which is not zero. */
	disbursedCents: Cents | null;
};

/**
 * Planned and disbursed by calendar year, in order; a year with neither between two others is kept.
 * `monthly` holds what was disbursed by the as-of day.
 */
export function buildYearRows(
	plans: readonly Plan[],
	monthly: readonly MonthAmount[],
	asOf: Day
): YearRow[] {
	const planned = plans.flatMap(planByYear);
	const years = [...planned.map(({ year }) => year), ...monthly.map(({ month }) => yearOf(month))];
	if (years.length === 0) return [];
	const first = Math.min(...years);
	return Array.from({ length: Math.max(...years) - first + 1 }, (_, index) => {
		const year = first + index;
		const ofYear = planned.filter((share) => share.year === year);
		const paid = monthly.filter(({ month }) => yearOf(month) === year);
		return {
			year,
			plannedCents: sumCents(ofYear.map(({ plannedCents }) => plannedCents)),
			disbursedCents:
				year > yearOf(asOf) ? null : sumCents(paid.map(({ amountCents }) => amountCents))
		};
	});
}

/** A measure beside its reference period. `change` is a share: − 0.101 is − 10,1 %; null when there is nothing to compare. */
export type BaselineRow = {
	label: string;
	baseline: number | null;
	actual: number | null;
	change: number | null;
};

/** Baseline against actual. No data is not zero: what is missing on either side leaves the change unknown. */
export function compareToBaseline(
	label: string,
	baseline: number | null,
	actual: number | null
): BaselineRow {
	const known = baseline !== null && baseline !== 0 && actual !== null;
	return { label, baseline, actual, change: known ? (actual - baseline) / baseline : null };
}

/** The ends of months from the one before the plans begin to the last with a plan or a payment, and the as-of day. */
function daysToShow(plans: readonly Plan[], monthly: readonly MonthAmount[], asOf: Day): Day[] {
	const first = plans.map(({ startsOn }) => startsOn).sort()[0];
	if (!first) return [];
	const ends = [...plans.map(({ endsOn }) => endsOn), ...monthly.map(({ month }) => month)].sort();
	const last = lastDayOfMonth(ends.at(-1) ?? first);

	const days: Day[] = [];
	let monthEnd = lastDayOfMonth(addMonths(first, -1));
	while (monthEnd <= last) {
		days.push(monthEnd);
		monthEnd = lastDayOfMonth(addMonths(monthEnd, 1));
	}
	const isInside = asOf < last && asOf > (days[0] ?? asOf);
	return isInside && !days.includes(asOf) ? [...days, asOf].sort() : days;
}

/** On ends of months, and on the as-of day since nothing later is in the sums. */
const disbursedBy = (monthly: readonly MonthAmount[], on: Day): Cents =>
	sumCents(monthly.filter(({ month }) => month <= on).map(({ amountCents }) => amountCents));

/** A straight line from what is disbursed on the as-of day to what the trend expects at the end. */
function carryTo(
	on: Day,
	from: { asOf: Day; disbursedCents: Cents },
	end: Day,
	trend: Trend
): Projection {
	const share = daysBetween(from.asOf, on) / daysBetween(from.asOf, end);
	const { disbursedCents } = from;
	const point = (target: Cents) =>
		addCents(
			disbursedCents,
			cents(Math.round(Number(subtractCents(target, disbursedCents)) * share))
		);
	return {
		expectedCents: point(trend.expectedCents),
		lowCents: point(trend.lowCents),
		highCents: point(trend.highCents)
	};
}
