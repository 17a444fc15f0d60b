import { readAttendance } from '#lib/domain/act/attendance.ts';
import { findUnanimity, type Unanimity } from '#lib/domain/act/head/unanimity.ts';
import { findVoteCounts, type VoteCount, type VoteRole } from '#lib/domain/act/head/vote-counts.ts';
import { voteWindows } from '#lib/domain/act/head/vote-windows.ts';
import type { ReadVote } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { quoteOf, spanOf, type ActText } from '#lib/domain/act/text.ts';

/**
 * Reads how the council voted: counts as written, in a block, in columns or in a sentence. Of an act
 * that says only that all were in favour, the counts follow from the number of voters, where that is
 * stated; they are then marked as implied. Null where the act says nothing of a vote.
 */
export function readVote(
	text: ActText,
	sections: Sections,
	voters: number | null = readAttendance(text, sections).voting.stated.value
): ReadVote | null {
	const windows = voteWindows(text.plain, sections);
	const after = windows.flatMap((window) => findVoteCounts(text.plain, window));
	const counts = after.some(({ role }) => role !== 'other') ? after : countsInHead(text, sections);
	const said = findUnanimity(text.plain, windows);
	const own = counts.filter(({ role }) => role !== 'other');
	if (own.length === 0 && said.length === 0) return null;

	const count = (role: VoteRole): number | null => agreed(own, role);
	const written = { for: count('for'), against: count('against'), abstention: count('abstention') };
	const apart = { notVoting: count('notVoting'), notTakingPart: count('notTakingPart') };
	const unanimous = isUnanimous(said, written.against);
	const implied =
		unanimous === true &&
		voters !== null &&
		own.length === 0 &&
		said.every(({ isWhole }) => isWhole);
	const isKnown = [...Object.values(written), ...Object.values(apart), unanimous];
	if (isKnown.every((value) => value === null)) return null;
	const places = [...own, ...own.map(({ atLabel }) => atLabel), ...said];
	const span = spanOf(
		text,
		Math.min(...places.map(({ start }) => start)),
		Math.max(...places.map(({ end }) => end))
	);
	return {
		...span,
		quote: quoteOf(text.source, span),
		...(implied ? { for: voters, against: 0, abstention: 0 } : written),
		...apart,
		unanimous,
		implied
	};
}

/** Some acts give the result with the attendance: a whole one, not a word that looks like it. */
function countsInHead({ plain }: ActText, { plain: parts }: Sections): VoteCount[] {
	const counts = findVoteCounts(plain, parts.header);
	const roles = new Set(counts.map(({ role }) => role));
	return roles.has('for') && (roles.has('against') || roles.has('abstention')) ? counts : [];
}

/** A count that is written twice counts once; written differently, it is unknown. */
function agreed(counts: readonly VoteCount[], role: VoteRole): number | null {
	const values = new Set(counts.filter((count) => count.role === role).map(({ value }) => value));
	const [only] = values;
	return values.size === 1 && only !== undefined ? only : null;
}

function isUnanimous(said: readonly Unanimity[], against: number | null): boolean | null {
	if (against !== null && against > 0) return false;
	const values = new Set(said.map(({ unanimous }) => unanimous));
	const [only] = values;
	return values.size === 1 && only !== undefined ? only : null;
}
