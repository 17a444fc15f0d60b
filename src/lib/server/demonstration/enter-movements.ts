import { yearOf } from '#lib/domain/day.ts';
import type { Measurement, Movement } from '#lib/server/demonstration/movement.ts';
import { entries, observations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/**
 * Posts the fictitious movements in the order in which they were recorded, as the owner: only the
 * owner may say when that was. What was reopened in between is, before what was recorded later.
 */
export async function enterMovements(
	tx: Transaction,
	movements: readonly Movement[],
	recordedBy: string,
	reopenings: readonly { at: Date; reopen: () => Promise<unknown> }[]
): Promise<void> {
	const identifiers = new Map<Movement, bigint>();
	const waiting = reopenings.toSorted((a, b) => Number(a.at) - Number(b.at));
	for (const batch of batches(movements, ({ reverses }) => reverses)) {
		while (waiting[0] && batch[0] && waiting[0].at <= batch[0].recordedAt) {
			await waiting.shift()?.reopen();
		}
		const posted = await tx
			.insert(entries)
			.values(
				batch.map(({ reverses, ...movement }) => ({
					...movement,
					fiscalYear: yearOf(movement.effectiveOn),
					reversesEntryId: reverses ? (identifiers.get(reverses) ?? null) : null,
					recordedBy,
					fictitious: true
				}))
			)
			.returning({ id: entries.id });
		batch.forEach((movement, index) => identifiers.set(movement, posted[index]?.id ?? 0n));
	}
}

/** Records the fictitious values of indicators, likewise. */
export async function enterMeasurements(
	tx: Transaction,
	measurements: readonly Measurement[],
	recordedBy: string
): Promise<void> {
	const identifiers = new Map<Measurement, bigint>();
	for (const batch of batches(measurements, ({ replaces }) => replaces)) {
		const recorded = await tx
			.insert(observations)
			.values(
				batch.map(({ replaces, ...measurement }) => ({
					...measurement,
					kind: 'actual' as const,
					replacesObservationId: replaces ? (identifiers.get(replaces) ?? null) : null,
					recordedBy,
					fictitious: true
				}))
			)
			.returning({ id: observations.id });
		batch.forEach((measurement, index) => identifiers.set(measurement, recorded[index]?.id ?? 0n));
	}
}

/** As few as can be: a row that names an earlier one begins a batch, since that one must have its number. */
function batches<Row extends { recordedAt: Date }>(
	rows: readonly Row[],
	namedBy: (row: Row) => Row | undefined
): Row[][] {
	const found: Row[][] = [[]];
	for (const row of rows.toSorted((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime())) {
		if (namedBy(row)) found.push([]);
		found.at(-1)?.push(row);
	}
	return found.filter((batch) => batch.length > 0);
}
