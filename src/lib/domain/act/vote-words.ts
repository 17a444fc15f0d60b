import type { Vote } from '#lib/domain/act/attendance.ts';
import { formatCount, NO_BREAK_SPACE, plural } from '#lib/domain/numeral.ts';

/** The result of a vote in words: `83 voix pour, 0 contre`. What the act does not state is left out; null when it states nothing. */
export function describeVote(vote: Vote): string | null {
	const said: [number | null, string][] = [
		[vote.for, 'voix pour'],
		[vote.against, vote.for === null ? 'voix contre' : 'contre'],
		[vote.abstention || null, plural(vote.abstention ?? 0, 'abstention')],
		[
			vote.notVoting || null,
			plural(vote.notVoting ?? 0, 'ne se prononce pas', 'ne se prononcent pas')
		]
	];
	const words = said.flatMap(([count, word]) =>
		count === null ? [] : [`${formatCount(count)}${NO_BREAK_SPACE}${word}`]
	);
	return words.length === 0 ? null : words.join(', ');
}
