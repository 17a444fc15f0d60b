/** An act of a hundred pages has fewer of anything; what has more is no act, and the rest of it is not read. */
export const MOST_FIGURES = 4_000;

/** The first places of a text that a pattern fits, in their order. */
export function matchesOf(
	plain: string,
	pattern: RegExp,
	most: number = MOST_FIGURES
): RegExpExecArray[] {
	const found: RegExpExecArray[] = [];
	for (const match of plain.matchAll(pattern)) {
		found.push(match);
		if (found.length === most) break;
	}
	return found;
}
