import {
	addDays,
	addMonths,
	isLastDayOfMonth,
	lastDayOfMonth,
	yearOf,
	type Day
} from '#lib/domain/day.ts';
import type { Period } from '#lib/domain/period.ts';

/** The period as long as this one that ends where it begins. */
export function periodBefore({ startsOn, endsOn }: Period): Period {
	const months = monthNumber(endsOn) - monthNumber(startsOn) + 1;
	return { startsOn: addMonths(startsOn, -months), endsOn: addDays(startsOn, -1) };
}

/** The same months a year before. */
export function samePeriodLastYear({ startsOn, endsOn }: Period): Period {
	const end = addMonths(endsOn, -12);
	return {
		startsOn: addMonths(startsOn, -12),
		endsOn: isLastDayOfMonth(endsOn) ? lastDayOfMonth(end) : end
	};
}

const monthNumber = (date: Day): number => yearOf(date) * 12 + Number(date.slice(5, 7));
