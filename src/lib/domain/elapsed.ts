import { daysBetween, formatDay, type Day } from '#lib/domain/day.ts';

/** `aujourd’hui`, `hier`, `il y a 3 jours`; after two months the day itself says more. */
export function describeElapsed(then: Day, today: Day): string {
	const days = daysBetween(then, today);
	if (days < 0 || days > 60) return `le ${formatDay(then)}`;
	if (days === 0) return 'aujourd’hui';
	return days === 1 ? 'hier' : `il y a ${days} jours`;
}
