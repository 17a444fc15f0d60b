import { fieldOf } from '#lib/domain/act/head/fields.ts';
import type { Field } from '#lib/domain/act/reading.ts';
import { daysBetween, type Day } from '#lib/domain/day.ts';

/** The days that an act gives itself. */
export type OwnDays = {
	sitting: Field<Day>;
	convened: Field<Day>;
	published: Field<Day>;
	received: Field<Day>;
};

/** An act is convened, posted and sent within some weeks of its sitting; what is further is another day. */
const FURTHEST = 120;

/**
 * Drops the days that cannot be those of the act: far from its sitting, whichever side. A day near it
 * but in the wrong order stays, for a person to see. Where no sitting is known, days that lie far
 * apart are no values; a sitting that only a word suggests yields to the stamps.
 */
export function plausibleDays(days: OwnDays, isSureSitting: boolean): OwnDays {
	const stamps = [...days.published.found, ...days.received.found];
	const isAlone = !isSureSitting && stamps.length > 0 && days.convened.found.length === 0;
	const isContradicted =
		isAlone &&
		!days.sitting.found.some((sitting) => stamps.some(({ value }) => isNear(sitting.value, value)));
	const sittings = isContradicted ? [] : days.sitting.found.map(({ value }) => value);
	if (sittings.length === 0) {
		const sitting = isContradicted ? fieldOf<Day>([]) : days.sitting;
		return { ...amongThemselves(days), sitting };
	}
	const near = (field: Field<Day>): Field<Day> => {
		const found = field.found.filter(({ value }) =>
			sittings.some((sitting) => isNear(sitting, value))
		);
		return found.length === field.found.length ? field : fieldOf(found);
	};
	return {
		sitting: days.sitting,
		convened: near(days.convened),
		published: near(days.published),
		received: near(days.received)
	};
}

const isNear = (left: Day, right: Day): boolean => Math.abs(daysBetween(left, right)) <= FURTHEST;

/** Without a sitting: all within reach of each other, or none. */
function amongThemselves(days: OwnDays): OwnDays {
	const all = [days.convened, days.published, days.received]
		.flatMap(({ found }) => found.map(({ value }) => value))
		.sort();
	const [first, last] = [all[0], all.at(-1)];
	if (!first || !last || daysBetween(first, last) <= FURTHEST) return days;
	const unknown = ({ found }: Field<Day>): Field<Day> => ({ value: null, found });
	return {
		...days,
		convened: unknown(days.convened),
		published: unknown(days.published),
		received: unknown(days.received)
	};
}
