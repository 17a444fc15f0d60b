import { formatDay, type Day } from '#lib/domain/day.ts';
import type { DeclarationState } from '#lib/domain/declaration.ts';
import { namePeriod } from '#lib/domain/period-words.ts';
import type { Period, PeriodState } from '#lib/domain/period.ts';
import { plural } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';

/** A period of an envelope as its partner sees it: where it stands, and the declaration if there is one. */
export type DuePeriod = {
	period: Period;
	dueOn: Day;
	state: PeriodState;
	declaration: { id: string; number: number; state: DeclarationState } | null;
};

export type DueEnvelope = { envelope: string; periods: readonly DuePeriod[] };

/** Whether the partner has something to do about a period: it is open or late, and finance is not at it. */
export const isToDo = ({ state, declaration }: DuePeriod): boolean =>
	(state === 'open' || state === 'late') && declaration?.state !== 'submitted';

/** Whether something of it should have been done already. */
export const isLate = ({ periods }: Pick<DueEnvelope, 'periods'>): boolean =>
	periods.some((period) => period.state === 'late' && isToDo(period));

/**
 * What is due and by when, in one sentence: what is late first, then what was sent back, then what is due
 * soonest. How many others there are is said, and they stand below.
 */
export function sayWhatIsDue(envelopes: readonly DueEnvelope[]): string {
	const all = envelopes.flatMap(({ envelope, periods }) =>
		periods.map((period) => ({ envelope, ...period }))
	);
	if (all.length === 0) return 'Aucune déclaration ne vous est demandée pour le moment';
	const [first, ...others] = all.filter(isToDo).sort(byUrgency);
	if (!first) return sayNothingDue(all);
	const more =
		others.length > 0
			? ` ; ${others.length} ${plural(others.length, 'autre période est', 'autres périodes sont')} à déclarer`
			: '';
	return typeset(`${sayDue(first)}${more}`);
}

type Due = DuePeriod & { envelope: string };

const wasSentBack = ({ declaration }: DuePeriod): boolean =>
	declaration?.state === 'returned' || declaration?.state === 'reopened';

function sayDue(due: Due): string {
	const what = `${namePeriod(due.period)} pour « ${due.envelope} »`;
	const day = formatDay(due.dueOn);
	if (due.state === 'late') {
		return wasSentBack(due)
			? `En retard : ${what} est à corriger, pour le ${day} au plus tard`
			: `En retard : ${what} était à déclarer au plus tard le ${day}`;
	}
	return wasSentBack(due)
		? `Il vous reste à corriger ${what}, au plus tard le ${day}`
		: `Il vous reste à déclarer ${what}, au plus tard le ${day}`;
}

function sayNothingDue(all: readonly Due[]): string {
	const waiting = all.filter(({ declaration }) => declaration?.state === 'submitted').length;
	const examined =
		waiting > 0
			? ` : la direction des finances examine ${waiting} ${plural(waiting, 'déclaration')}`
			: '';
	const [next] = all
		.filter(({ state }) => state === 'to_come')
		.sort((left, right) => compare(left.period.endsOn, right.period.endsOn));
	const opening = next
		? `${examined ? ' ;' : ' :'} ${namePeriod(next.period)} se déclare à partir du ${formatDay(next.period.endsOn)}`
		: '';
	return typeset(`Vous êtes à jour${examined}${opening}`);
}

const compare = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

const rank = (due: DuePeriod): number => (due.state === 'late' ? 0 : wasSentBack(due) ? 1 : 2);

const byUrgency = (left: Due, right: Due): number =>
	rank(left) - rank(right) || compare(left.dueOn, right.dueOn);
