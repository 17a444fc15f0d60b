import {
	addDays,
	addMonths,
	day,
	earlierDay,
	formatMonth,
	laterDay,
	lastDayOfMonth,
	yearOf,
	type Day
} from '#lib/domain/day.ts';

/** How often a partner declares. */
export type Frequency = 'month' | 'quarter' | 'half_year' | 'year';

export const FREQUENCIES: readonly Frequency[] = ['month', 'quarter', 'half_year', 'year'];

export const FREQUENCY_LABELS: Record<Frequency, string> = {
	month: 'chaque mois',
	quarter: 'chaque trimestre',
	half_year: 'chaque semestre',
	year: 'chaque année'
};

/** The days a declaration is about, both included. */
export type Period = { startsOn: Day; endsOn: Day };

/** Who declares how often: what finance sets for an envelope. */
export type Duty = {
	frequency: Frequency;
	/** Days after the last day of the period on which it is due. */
	dueDays: number;
	/** Periods that begin before are not owed. */
	startsOn: Day;
};

/** A period to come, that can be declared, that is late, or that finance has accepted. */
export type PeriodState = 'to_come' | 'open' | 'late' | 'closed';

export const PERIOD_STATE_LABELS: Record<PeriodState, string> = {
	to_come: 'à venir',
	open: 'ouverte',
	late: 'en retard',
	closed: 'close'
};

const MONTHS_IN: Record<Frequency, number> = { month: 1, quarter: 3, half_year: 6, year: 12 };

/**
 * The periods of an envelope, the first to the last: whole months, quarters, half-years or years of the
 * calendar, cut by the envelope's own dates, from the one in which the duty begins.
 */
export function listPeriods(
	envelope: Period,
	duty: Pick<Duty, 'frequency' | 'startsOn'>
): Period[] {
	const months = MONTHS_IN[duty.frequency];
	const periods: Period[] = [];
	for (
		let from = calendarStart(laterDay(envelope.startsOn, duty.startsOn), months);
		from <= envelope.endsOn;
		from = addMonths(from, months)
	) {
		const to = lastDayOfMonth(addMonths(from, months - 1));
		periods.push({
			startsOn: laterDay(from, envelope.startsOn),
			endsOn: earlierDay(to, envelope.endsOn)
		});
	}
	return periods.filter(({ startsOn }) => startsOn >= duty.startsOn);
}

/** The day by which a period is to be declared. */
export const dueOn = ({ endsOn }: Period, { dueDays }: Pick<Duty, 'dueDays'>): Day =>
	addDays(endsOn, dueDays);

/**
 * Where a period stands today. It opens on its last day; it is late from the day after it was due, unless
 * something was sent that finance has not returned; it closes by acceptance.
 */
export function stateOfPeriod(
	period: Period,
	duty: Pick<Duty, 'dueDays'>,
	declaration: 'draft' | 'submitted' | 'returned' | 'accepted' | 'reopened' | null,
	today: Day
): PeriodState {
	if (declaration === 'accepted') return 'closed';
	if (today < period.endsOn) return 'to_come';
	return today > dueOn(period, duty) && declaration !== 'submitted' ? 'late' : 'open';
}

/** `2e trimestre 2022`, `juin 2022`, `1er semestre 2021`, `2020`; a period that the envelope cuts says its months. */
export function formatPeriod({ startsOn, endsOn }: Period): string {
	const year = yearOf(startsOn);
	const month = Number(startsOn.slice(5, 7));
	const whole = (months: number) =>
		(month - 1) % months === 0 &&
		startsOn.endsWith('-01') &&
		endsOn === lastDayOfMonth(addMonths(startsOn, months - 1));
	if (whole(1)) return formatMonth(startsOn);
	if (whole(3)) return `${ordinal(Math.ceil(month / 3))} trimestre ${year}`;
	if (whole(6)) return `${ordinal(Math.ceil(month / 6))} semestre ${year}`;
	if (whole(12)) return String(year);
	return `${formatMonth(startsOn)} à ${formatMonth(endsOn)}`;
}

const ordinal = (rank: number): string => (rank === 1 ? '1er' : `${rank}e`);

/** The first day of the calendar month, quarter, half-year or year that holds a day. */
function calendarStart(date: Day, months: number): Day {
	const month = Number(date.slice(5, 7)) - 1;
	const first = month - (month % months) + 1;
	return day(`${date.slice(0, 4)}-${String(first).padStart(2, '0')}-01`);
}
