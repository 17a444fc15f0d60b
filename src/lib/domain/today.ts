import { dayInParis, type Day } from '#lib/domain/day.ts';

/**
 * The day on which periods are open or late. A demonstration stands still on the day its pages open on;
 * an installation lives today, in Paris.
 */
export const todayOf = (settings: { demonstration: boolean; opensOn: Day | null }, at: Date): Day =>
	(settings.demonstration && settings.opensOn) || dayInParis(at);
