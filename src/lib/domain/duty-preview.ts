import { addDays, formatDay, parseDay, type Day } from '#lib/domain/day.ts';
import type { DeclarationState } from '#lib/domain/declaration.ts';
import {
	dueOn,
	formatPeriod,
	FREQUENCIES,
	listPeriods,
	stateOfPeriod,
	type Period,
	type PeriodState
} from '#lib/domain/period.ts';
import { typeset } from '#lib/domain/typography.ts';

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

/** A rhythm that asks for days of a period that was begun in another; from when it may begin, null where never. */
export type Cut = { begun: Period; from: Day | null };

/** Where a rhythm would cut a period that was begun; the latest such period, null where it cuts none. */
export function findCut(periods: readonly Period[], begun: readonly Period[]): Cut | null {
	const cut = begun
		.filter((one) => periods.some((period) => overlaps(period, one) && !isSame(period, one)))
		.toSorted((left, right) => (left.endsOn < right.endsOn ? 1 : -1))[0];
	if (!cut) return null;
	return {
		begun: cut,
		from: periods.find(({ startsOn }) => startsOn > cut.endsOn)?.startsOn ?? null
	};
}

/** `La période « janvier 2022 » est déjà commencée : …`, said before the rhythm is set and when it is refused. */
export function explainCut({ begun, from }: Cut): string {
	const what = `La période « ${formatPeriod(begun)} » est déjà commencée par le partenaire : ce rythme en redemanderait des jours.`;
	return typeset(from ? `${what} Faites-le commencer le ${formatDay(from)} au plus tôt.` : what);
}

/**
 * The days that the rhythm of before asked for and the new one does not, and that nobody has begun to
 * declare: they would stay unasked. Run together where one follows on the other.
 */
export function listUnasked(
	before: readonly Period[],
	after: readonly Period[],
	begun: readonly Period[]
): Period[] {
	const taken = [...after, ...begun];
	const left = before.flatMap((period) => leftOf(period, taken));
	return left.reduce<Period[]>((runs, period) => {
		const last = runs.at(-1);
		if (!last || addDays(last.endsOn, 1) !== period.startsOn) return [...runs, period];
		return [...runs.slice(0, -1), { startsOn: last.startsOn, endsOn: period.endsOn }];
	}, []);
}

/** What remains of a period without the days of others. */
function leftOf(period: Period, taken: readonly Period[]): Period[] {
	return taken.reduce<Period[]>(
		(pieces, other) =>
			pieces.flatMap((piece) =>
				overlaps(piece, other)
					? [
							{ startsOn: piece.startsOn, endsOn: addDays(other.startsOn, -1) },
							{ startsOn: addDays(other.endsOn, 1), endsOn: piece.endsOn }
						].filter(({ startsOn, endsOn }) => startsOn <= endsOn)
					: [piece]
			),
		[period]
	);
}

const overlaps = (one: Period, other: Period): boolean =>
	one.startsOn <= other.endsOn && one.endsOn >= other.startsOn;

const isSame = (one: Period, other: Period): boolean =>
	one.startsOn === other.startsOn && one.endsOn === other.endsOn;
