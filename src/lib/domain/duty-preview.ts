import { parseDay, type Day } from '#lib/domain/day.ts';
import type { DeclarationState } from '#lib/domain/declaration.ts';
import {
	dueOn,
	FREQUENCIES,
	listPeriods,
	stateOfPeriod,
	type Period,
	type PeriodState
} from '#lib/domain/period.ts';

/** A period as a duty would make it, with the day by which it is due. */
export type PreviewedPeriod = { period: Period; dueOn: Day; state: PeriodState };

/** What was typed of a duty, which may not be readable. */
export type TypedDuty = { frequency: string; dueDays: string; startsOn: string };

/**
 * The periods that a duty makes, before it is set: those under way and to come, and what would be late at
 * once. Null where what was typed cannot be read yet.
 */
export function previewDuty(
	envelope: Period,
	typed: TypedDuty,
	declared: readonly { startsOn: Day; state: DeclarationState }[],
	today: Day
): PreviewedPeriod[] | null {
	const frequency = FREQUENCIES.find((known) => known === typed.frequency);
	const startsOn = parseDay(typed.startsOn.trim());
	const days = /^\s*\d{1,3}\s*$/.test(typed.dueDays) ? Number(typed.dueDays) : 0;
	if (!frequency || !startsOn || days < 1 || days > 366) return null;
	const states = new Map(declared.map((one) => [one.startsOn, one.state]));
	return listPeriods(envelope, { frequency, startsOn }).map((period) => ({
		period,
		dueOn: dueOn(period, { dueDays: days }),
		state: stateOfPeriod(period, { dueDays: days }, states.get(period.startsOn) ?? null, today)
	}));
}
