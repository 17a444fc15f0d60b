import type { ActReading, ReadPercentage } from '#lib/domain/act/reading.ts';

/** Percentages that share something out between them: `2 027 logements (52% PLUS, 38% PLAI, …)`. */
export type Shares = {
	/** The places of the percentages in their list. */
	percentages: number[];
	/** The place in the list of counts of what is shared out; null where it is no count. */
	count: number | null;
};

/** Percentages that stand together in parentheses; those behind a count are its shares. */
export function findShares(
	source: string,
	{ percentages, counts }: Pick<ActReading, 'percentages' | 'counts'>
): Shares[] {
	return groupsOf(source, percentages).flatMap((group) => {
		const first = percentages[group[0] ?? -1];
		const last = percentages[group.at(-1) ?? -1];
		if (!first || !last) return [];
		const opening = source.slice(Math.max(0, first.start - 80), first.start);
		const lead = /\(([^()]{0,30})$/u.exec(opening);
		const closes = /^[^()\n]{0,60}\)/u.test(source.slice(last.end, last.end + 61));
		if (!lead || !closes) return [];
		const at = first.start - lead[0].length;
		const count = counts.findLastIndex(({ end }) => end <= at);
		const near = count !== -1 && isNear(source, counts[count]?.end ?? 0, at);
		return [{ percentages: group, count: near ? count : null }];
	});
}

/** A count and its shares stand in one clause. */
const isNear = (source: string, from: number, to: number): boolean =>
	to - from < 80 && !/[.;:\n]/u.test(source.slice(from, to));

function groupsOf(source: string, percentages: readonly ReadPercentage[]): number[][] {
	const groups: number[][] = [];
	for (const [index, { start }] of percentages.entries()) {
		const before = percentages[index - 1];
		const gap = before ? source.slice(before.end, Math.min(start, before.end + 60)) : '';
		const follows = before && start - before.end < 50 && !/[.;()\n]/u.test(gap);
		if (follows) groups.at(-1)?.push(index);
		else groups.push([index]);
	}
	return groups.filter(({ length }) => length > 1);
}
