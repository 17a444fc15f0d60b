import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

/** A day without a time, as ISO text: `2022-06-30`. Days compare with `<` as text. */
export type Day = string & { readonly unit: 'day' };

const MILLISECONDS_A_DAY = 86_400_000;
export const MONTHS: readonly string[] = [
	'janvier',
	'février',
	'mars',
	'avril',
	'mai',
	'juin',
	'juillet',
	'août',
	'septembre',
	'octobre',
	'novembre',
	'décembre'
];

/** Reads `2022-06-30`. Null when it is written otherwise, is not in the calendar, or lies outside 1950 to 2999. */
export function parseDay(text: string): Day | null {
	if (!/^(19[5-9]|2\d\d)\d-\d{2}-\d{2}$/.test(text)) return null;
	const milliseconds = Date.parse(`${text}T00:00:00Z`);
	if (Number.isNaN(milliseconds)) return null;
	return toDay(milliseconds) === text ? toDay(milliseconds) : null;
}

/** A day written in the code or already checked. Throws when it is none. */
export function day(text: string): Day {
	const parsed = parseDay(text);
	if (!parsed) throw new RangeError(`not a day: ${text}`);
	return parsed;
}

const PARIS = new Intl.DateTimeFormat('en-CA', {
	timeZone: 'Europe/Paris',
	year: 'numeric',
	month: '2-digit',
	day: '2-digit'
});

/** The day it was in Paris at an instant. */
export const dayInParis = (instant: Date): Day => PARIS.format(instant) as Day;

/** The instant at which a day ends in Paris, excluded: the midnight that opens the next day. */
export function endOfDayInParis(date: Day): Date {
	const next = addDays(date, 1);
	const summer = new Date(toMilliseconds(next) - 2 * 3_600_000);
	return dayInParis(summer) === next ? summer : new Date(toMilliseconds(next) - 3_600_000);
}

/** `30 juin 2022`, `1er février 2021`. */
export function formatDay(date: Day): string {
	const { dayOfMonth } = parts(date);
	return `${dayOfMonth === 1 ? '1er' : dayOfMonth}${NO_BREAK_SPACE}${formatMonth(date)}`;
}

/** `30/06/2022`. */
export const formatDayShort = (date: Day): string => date.split('-').reverse().join('/');

/** `juin 2022`. */
export function formatMonth(date: Day): string {
	const { year, month } = parts(date);
	return `${MONTHS[month - 1] ?? ''} ${year}`;
}

export const addDays = (date: Day, days: number): Day =>
	toDay(toMilliseconds(date) + days * MILLISECONDS_A_DAY);

/** The same day some months later, or the last of that month when it is shorter: 31 January + 1 → 28 February. */
export function addMonths(date: Day, months: number): Day {
	const { year, month, dayOfMonth } = parts(date);
	const first = toDay(Date.UTC(year, month - 1 + months, 1));
	return addDays(first, Math.min(dayOfMonth, parts(lastDayOfMonth(first)).dayOfMonth) - 1);
}

/** Days from one day to another: 0 for the same day, negative when the second comes first. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from);

export const firstDayOfMonth = (date: Day): Day => `${date.slice(0, 7)}-01` as Day;

export function lastDayOfMonth(date: Day): Day {
	const { year, month } = parts(date);
	return toDay(Date.UTC(year, month, 0));
}

export const isLastDayOfMonth = (date: Day): boolean => date === lastDayOfMonth(date);

export const yearOf = (date: Day): number => digits(date, 0, 4);

/** The years of a period, as a table names it: `2017–2019`, `2021`. */
export function yearsOf({ startsOn, endsOn }: { startsOn: Day; endsOn: Day }): string {
	const [first, last] = [yearOf(startsOn), yearOf(endsOn)];
	return first === last ? `${first}` : `${first}–${last}`;
}

export const earlierDay = (left: Day, right: Day): Day => (left < right ? left : right);

export const laterDay = (left: Day, right: Day): Day => (left > right ? left : right);

function parts(date: Day): { year: number; month: number; dayOfMonth: number } {
	return { year: yearOf(date), month: digits(date, 5, 7), dayOfMonth: digits(date, 8, 10) };
}

// Days are read and counted here rather than by Date: a dashboard asks for thousands of them.

function digits(date: Day, from: number, to: number): number {
	let value = 0;
	for (let place = from; place < to; place += 1) value = value * 10 + date.charCodeAt(place) - 48;
	return value;
}

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Days since the first of January of the year 1, in our calendar. */
function dayNumber(date: Day): number {
	const { year, month, dayOfMonth } = parts(date);
	const before = year - 1;
	const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
	const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	const ownLeapDay = isLeap && month > 2 ? 1 : 0;
	return (
		before * 365 + leapDays + (DAYS_BEFORE_MONTH[month - 1] ?? 0) + ownLeapDay + dayOfMonth - 1
	);
}

const toMilliseconds = (date: Day): number => Date.parse(`${date}T00:00:00Z`);

const toDay = (milliseconds: number): Day =>
	new Date(milliseconds).toISOString().slice(0, 10) as Day;
