import { yearOf, type Day } from '#lib/domain/day.ts';

/** A year, or the first one after it that is not closed. */
export function openYearFrom(first: number, closedYears: readonly number[]): number {
	let year = first;
	while (closedYears.includes(year)) year += 1;
	return year;
}

/** The year in which a fact is booked: its own, or the first one after it that is open (design §5.6). */
export const openYearFor = (date: Day, closedYears: readonly number[]): number =>
	openYearFrom(yearOf(date), closedYears);

/** The latest year to which facts were moved because their own was closed; null where none was. */
export function yearMovedTo(
	entries: readonly { effectiveOn: Day; fiscalYear: number }[]
): number | null {
	const moved = entries.filter(({ effectiveOn, fiscalYear }) => fiscalYear > yearOf(effectiveOn));
	return moved.length === 0 ? null : Math.max(...moved.map(({ fiscalYear }) => fiscalYear));
}
