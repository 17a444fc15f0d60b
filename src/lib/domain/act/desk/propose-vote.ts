import type { Proposal, ProposalRole } from '#lib/domain/act/desk/proposal.ts';
import type { ReadVote } from '#lib/domain/act/reading.ts';
import { openText, spanOf } from '#lib/domain/act/text.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The result of the vote, count by count, each on its figure where it is written. */
export function proposeVote(vote: ReadVote | null): Proposal[] {
	if (!vote) return [];
	const proposals = COUNTS.flatMap(({ role, count, label }) => {
		const number = vote[count];
		return number === null ? [] : [proposeCount(vote, role, number, label)];
	});
	if (vote.unanimous === null) return proposals;
	const because = vote.unanimous
		? 'L’acte dit que le vote fut unanime.'
		: 'Les voix que l’acte compte ne furent pas unanimes.';
	const value = { type: 'flag', flag: vote.unanimous } as const;
	return [...proposals, { ...stated(vote, 'unanimous', because), value }];
}

type CountName = 'for' | 'against' | 'abstention' | 'notVoting' | 'notTakingPart';

const COUNTS: readonly { role: ProposalRole; count: CountName; label: RegExp }[] = [
	{ role: 'for', count: 'for', label: /\bpour\b/g },
	{ role: 'against', count: 'against', label: /\bcontre\b/g },
	{ role: 'abstention', count: 'abstention', label: /\babst(?:ention|enu)?s?\b/g },
	{
		role: 'not_voting',
		count: 'notVoting',
		label: /\bne se prononce(?:nt)? pas\b|\bnon[ -]votants?\b|\bblancs?\b/g
	},
	{
		role: 'not_taking_part',
		count: 'notTakingPart',
		label: /\bne pren(?:d|nent) pas part(?: au vote)?\b|\bn'(?:a|ont) pas pris part\b|\bnppv\b/g
	}
];

function proposeCount(vote: ReadVote, role: ProposalRole, number: number, label: RegExp): Proposal {
	const value = { type: 'count', number, of: null } as const;
	if (vote.implied) {
		const because =
			'Le nombre n’est pas écrit : il suit de l’unanimité et du nombre de votants que l’acte donne.';
		return { ...stated(vote, role, because), span: null, confidence: 'medium', value };
	}
	const proposal = { ...stated(vote, role, 'L’acte donne le résultat du vote.'), value };
	return { ...proposal, span: findFigure(vote, number, label) ?? proposal.span };
}

/** The figure beside its label: `POUR : 83`, `83 voix pour`. Null where it is not one and only there. */
function findFigure(vote: ReadVote, number: number, label: RegExp): Proposal['span'] {
	const text = openText(vote.quote);
	const places = new Set<number>();
	for (const found of text.plain.matchAll(label)) {
		const end = found.index + found[0].length;
		const after = /^[\s:=.\-|()a]{0,16}?(\d{1,4})(?!\d)/.exec(text.plain.slice(end, end + 24));
		const before = /(?<!\d)(\d{1,4})(?:\s*voix)?[\s:|(]*$/.exec(
			text.plain.slice(Math.max(0, found.index - 24), found.index)
		);
		if (after?.[1] && Number(after[1]) === number) {
			places.add(end + after[0].length - after[1].length);
		} else if (before?.[1] && Number(before[1]) === number) {
			places.add(Math.max(0, found.index - 24) + before.index);
		}
	}
	const [place] = places;
	if (place === undefined || places.size > 1) return null;
	const digits = /^\d+/.exec(text.plain.slice(place))?.[0].length ?? 0;
	const { start, end } = spanOf(text, place, place + digits);
	return {
		start: vote.start + start,
		end: vote.start + end,
		quote: vote.quote.slice(start, end)
	};
}

function stated(vote: ReadVote, role: ProposalRole, because: string) {
	return {
		key: `${role}-1`,
		step: 'vote',
		role,
		span: { start: vote.start, end: vote.end, quote: vote.quote },
		section: 'decision',
		confidence: 'high',
		because: typeset(because),
		partOf: null,
		promise: null
	} as const;
}
