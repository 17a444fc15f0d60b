import { addDays, daysBetween, laterDay, type Day } from '#lib/domain/day.ts';
import type { DeclarationState } from '#lib/domain/declaration.ts';
import { dueOn, listPeriods, stateOfPeriod, type Duty, type Period } from '#lib/domain/period.ts';

/** How many days before it is due a declaration is recalled. */
export const NOTICE_DAYS = 7;

/** A declaration that was begun, as far as reminders need it. */
export type BegunDeclaration = {
	periodStartsOn: Day;
	state: DeclarationState;
	/** The day of the last decision, where there is one. */
	decidedOn: Day | null;
};

/** A period of which something is asked. */
export type AskedPeriod = { period: Period; dueOn: Day; state: DeclarationState | null };

/** What is to be said today about an envelope to who declares it. */
export type Reminder = {
	kind: 'opened' | 'due_soon' | 'late';
	/** The same words are said once: what tells this reminder from all others of the envelope. */
	occasion: string;
	/** One period; of a delay, all periods that are late, the earliest first. */
	periods: AskedPeriod[];
};

/**
 * What is to be said today about the periods of an envelope. A period that can be declared is announced once, from
 * the day it opens; recalled once, from seven days before it is due, unless it opened later than that; and recalled
 * again from the day after it was due, then every seven days for as long as it is owed. What was returned or
 * reopened is recalled seven days after the decision at the earliest: the decision itself was a mail.
 *
 * Said for a stretch of days rather than on one, so that a day on which nothing ran loses nothing.
 */
export function listReminders(
	envelope: Period,
	duty: Duty,
	declarations: readonly BegunDeclaration[],
	today: Day
): Reminder[] {
	const asked = listPeriods(envelope, duty)
		.map((period) => {
			const declaration = declarations.find(
				({ periodStartsOn }) => periodStartsOn === period.startsOn
			);
			const state = declaration?.state ?? null;
			return {
				period,
				dueOn: dueOn(period, duty),
				state,
				decidedOn: declaration?.decidedOn ?? null,
				stands: stateOfPeriod(period, duty, state, today)
			};
		})
		.filter(({ state }) => state !== 'submitted');

	const open = asked.filter(({ stands }) => stands === 'open').map((one) => announce(one, today));
	const late = asked.filter(({ stands }) => stands === 'late');
	return [...open, ...chase(late, today)];
}

function announce(asked: AskedPeriod, today: Day): Reminder {
	const { period } = asked;
	const noticeOn = addDays(asked.dueOn, -NOTICE_DAYS);
	const kind = today >= noticeOn && noticeOn > period.endsOn ? 'due_soon' : 'opened';
	return { kind, occasion: period.startsOn, periods: [plain(asked)] };
}

type LatePeriod = AskedPeriod & { decidedOn: Day | null };

/** One mail for all that is late, at the pace of what became late last. */
function chase(late: readonly LatePeriod[], today: Day): Reminder[] {
	const days = late
		.map((one) => chasedOn(one, today))
		.filter((chased) => chased !== null)
		.sort();
	const last = days.at(-1);
	return last ? [{ kind: 'late', occasion: last, periods: late.map(plain) }] : [];
}

/** The last day, today included, on which a late period was to be recalled; null where it is too early. */
function chasedOn({ dueOn: due, state, decidedOn }: LatePeriod, today: Day): Day | null {
	const cameBack = (state === 'returned' || state === 'reopened') && decidedOn;
	const first = cameBack ? laterDay(addDays(due, 1), addDays(decidedOn, 7)) : addDays(due, 1);
	const weeks = Math.floor(daysBetween(first, today) / 7);
	return weeks < 0 ? null : addDays(first, 7 * weeks);
}

const plain = ({ period, dueOn: due, state }: AskedPeriod): AskedPeriod => ({
	period,
	dueOn: due,
	state
});

/** The Monday of the week of a day. */
export function mondayOf(date: Day): Day {
	const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
	return addDays(date, -weekday);
}
