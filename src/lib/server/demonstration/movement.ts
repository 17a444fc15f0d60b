import { addDays, day, laterDay, type Day } from '#lib/domain/day.ts';
import type { Product, Stage } from '#lib/domain/dwelling.ts';
import type { EntryKind } from '#lib/domain/ledger.ts';
import { addCents, negateCents, type Cents } from '#lib/domain/money.ts';
import type { Random } from '#lib/server/demonstration/random.ts';

/** The day on which pages open and the invented world stands still: late enough to see one envelope behind and one that ends. */
export const OPENS_ON = day('2022-06-30');

/** A fictitious line of the ledger. */
export type Movement = {
	envelopeId: string;
	measureId?: string | null;
	operationId?: string | null;
	counterpartyId?: string | null;
	/** Of the declaration by whose acceptance it was posted. */
	declarationLineId?: string;
	kind: EntryKind;
	amountCents: Cents;
	effectiveOn: Day;
	recordedAt: Date;
	label: string;
	reverses?: Movement;
};

/** A fictitious value of an indicator. */
export type Measurement = {
	indicatorId: string;
	periodStartsOn: Day;
	periodEndsOn: Day;
	number: number;
	product?: Product | null;
	stage?: Stage | null;
	communeCode?: string | null;
	districtId?: string;
	operationId?: string | null;
	/** Of the declaration by whose acceptance it was recorded. */
	declarationCountId?: string;
	provisional?: boolean;
	recordedAt: Date;
	replaces?: Measurement;
};

/** What the demonstration adds to the acts. */
export type Movements = { movements: Movement[]; measurements: Measurement[] };

/** An hour at the office on a day. */
export const atWork = (on: Day, minutes = 0): Date => {
	const clock = `${String(9 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
	return new Date(`${on}T${clock}:00Z`);
};

/**
 * When a fact was recorded: 12 to 40 days after it happened, on a working day, and never before its
 * act was entered; what came before that was caught up with a few weeks later, month after month.
 */
export function recordedAfter(random: Random, effectiveOn: Day, actEnteredOn: Day): Date {
	const due = addDays(effectiveOn, random.between(12, 40));
	const caughtUp = addDays(actEnteredOn, 16 + 2 * Number(effectiveOn.slice(5, 7)));
	return atWork(nextWorkingDay(laterDay(due, caughtUp)), random.between(0, 479));
}

/** The day itself, or the Monday after a weekend. */
export function nextWorkingDay(on: Day): Day {
	const weekday = new Date(`${on}T00:00:00Z`).getUTCDay();
	if (weekday === 6) return addDays(on, 2);
	return weekday === 0 ? addDays(on, 1) : on;
}

/** A movement that was recorded with a wrong amount, then taken back and recorded anew once that was found. */
export function mistaken(movement: Movement, byCents: Cents, foundOn: Day): Movement[] {
	const wrong = { ...movement, amountCents: addCents(movement.amountCents, byCents) };
	const reason = 'Montant mal saisi, contre-passation (fictif)';
	return [
		wrong,
		takenBack(wrong, reason, atWork(foundOn)),
		{ ...movement, recordedAt: atWork(foundOn, 1) }
	];
}

/** A movement that was recorded twice; the second was taken back once that was found. */
export function doubled(movement: Movement, again: Date, foundOn: Day): Movement[] {
	const second = { ...movement, recordedAt: again };
	const reason = 'Saisi deux fois, contre-passation (fictif)';
	return [movement, second, takenBack(second, reason, atWork(foundOn))];
}

/** The equal and opposite of a movement, on its own day. */
export function takenBack(movement: Movement, label: string, recordedAt: Date): Movement {
	const amountCents = negateCents(movement.amountCents);
	return { ...movement, amountCents, label, recordedAt, reverses: movement };
}
