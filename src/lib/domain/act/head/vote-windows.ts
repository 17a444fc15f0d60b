import type { Sections } from '#lib/domain/act/sections.ts';
import type { Span } from '#lib/domain/act/text.ts';

/** How far a vote is sought around what announces it. */
const BEFORE_FORMULA = 250;
const AFTER_FORMULA = 500;
const BALLOT_LENGTH = 2_500;
const END_LENGTH = 5_000;

/** Where an act may say how the council voted: in its formula, in the ballot, before the signatures, in its head. */
export function voteWindows(plain: string, { plain: parts, formula }: Sections): Span[] {
	const windows: Span[] = [];
	const end = parts.ballot?.end ?? parts.decision?.end ?? plain.length;
	if (formula) {
		windows.push({
			start: Math.max(parts.header.end, formula.start - BEFORE_FORMULA),
			end: formula.end + AFTER_FORMULA
		});
	}
	if (parts.ballot) {
		windows.push({
			start: parts.ballot.start,
			end: Math.min(end, parts.ballot.start + BALLOT_LENGTH)
		});
	}
	const from = formula?.end ?? parts.header.end;
	windows.push({
		start: Math.max(from, end - END_LENGTH),
		end: Math.min(plain.length, end + 1_500)
	});
	return joined(windows);
}

/** Windows that touch are one, so that nothing is found twice. */
function joined(windows: readonly Span[]): Span[] {
	const ordered = windows
		.filter(({ start, end }) => start < end)
		.sort((left, right) => left.start - right.start);
	const result: Span[] = [];
	for (const window of ordered) {
		const last = result.at(-1);
		if (last && window.start <= last.end) last.end = Math.max(last.end, window.end);
		else result.push({ ...window });
	}
	return result;
}
