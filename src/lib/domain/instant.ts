import { dayInParis, formatDay } from '#lib/domain/day.ts';
import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

const PARIS = new Intl.DateTimeFormat('fr-FR', {
	timeZone: 'Europe/Paris',
	hour: '2-digit',
	minute: '2-digit'
});

/** An instant as it was on the clocks of Paris: `14 juillet 2022 à 10 h 32`. */
export function formatInstant(instant: Date): string {
	const [hour = '', minute = ''] = PARIS.format(instant).split(':');
	return `${formatDay(dayInParis(instant))} à ${Number(hour)}${NO_BREAK_SPACE}h${NO_BREAK_SPACE}${minute}`;
}

/** The time on the clocks of Paris: `14:32`; with its day where that is not the day of the other instant. */
export function formatTime(instant: Date, seenAt: Date): string {
	const time = PARIS.format(instant);
	const date = dayInParis(instant);
	return date === dayInParis(seenAt) ? time : `${time}, le ${formatDay(date)}`;
}
