import {
	isKept,
	sameValueKey,
	spanNow,
	valueNow,
	type DeskProposal
} from '#lib/domain/act/desk/desk.ts';
import type { ProposalRole, ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import type { Day } from '#lib/domain/day.ts';

/** The head of an act, its attendance and its vote, as a person kept them. What nobody kept is null. */
export type KeptHead = {
	authority: string | null;
	number: string | null;
	sittingOn: Day | null;
	convenedOn: Day | null;
	publishedOn: Day | null;
	receivedOn: Day | null;
	president: string | null;
	secretary: string | null;
	theme: string | null;
	title: string | null;
	members: number | null;
	inOffice: number | null;
	present: number | null;
	proxies: number | null;
	absent: number | null;
	voting: number | null;
	votesFor: number | null;
	votesAgainst: number | null;
	abstentions: number | null;
	notVoting: number | null;
	notTakingPart: number | null;
	unanimous: boolean | null;
	/** Whether counts of the vote follow from unanimity and stand nowhere. */
	voteImplied: boolean;
	/** What an act has once and of which several values were kept. */
	contested: ProposalRole[];
};

export function readKeptHead(proposals: readonly DeskProposal[]): KeptHead {
	const kept = Map.groupBy(proposals.filter(isKept), ({ role }) => role);
	const valueOf = (role: ProposalRole): ProposalValue | null => {
		const [first] = kept.get(role) ?? [];
		return first ? valueNow(first) : null;
	};
	const textOf = (role: ProposalRole): string | null => {
		const value = valueOf(role);
		return value?.type === 'text' ? oneLine(value.text) || null : null;
	};
	const dayOf = (role: ProposalRole): Day | null => {
		const value = valueOf(role);
		return value?.type === 'day' ? value.day : null;
	};
	const countOf = (role: ProposalRole): number | null => {
		const value = valueOf(role);
		return value?.type === 'count' ? value.number : null;
	};
	const unanimous = valueOf('unanimous');
	return {
		authority: textOf('authority'),
		number: textOf('number'),
		sittingOn: dayOf('sitting'),
		convenedOn: dayOf('convened'),
		publishedOn: dayOf('published'),
		receivedOn: dayOf('received'),
		president: textOf('president'),
		secretary: textOf('secretary'),
		theme: textOf('theme'),
		title: textOf('title'),
		members: countOf('members'),
		inOffice: countOf('in_office'),
		present: countOf('present'),
		// Some acts call those who gave a proxy represented: they are the same people.
		proxies: countOf('proxies') ?? countOf('represented'),
		absent: countOf('absent'),
		voting: countOf('voting'),
		votesFor: countOf('for'),
		votesAgainst: countOf('against'),
		abstentions: countOf('abstention'),
		notVoting: countOf('not_voting'),
		notTakingPart: countOf('not_taking_part'),
		unanimous: unanimous?.type === 'flag' ? unanimous.flag : null,
		voteImplied: VOICES.some((role) => (kept.get(role) ?? []).some((one) => !spanNow(one))),
		contested: ONCE.filter(
			(role) => new Set((kept.get(role) ?? []).map((one) => sameValueKey(valueNow(one)))).size > 1
		)
	};
}

const VOICES: readonly ProposalRole[] = ['for', 'against', 'abstention', 'not_voting'];

const ONCE: readonly ProposalRole[] = [
	'authority',
	'number',
	'sitting',
	'convened',
	'published',
	'received',
	'president',
	'secretary',
	'theme',
	'title',
	'members',
	'in_office',
	'present',
	'represented',
	'proxies',
	'absent',
	'voting',
	'not_taking_part',
	'unanimous',
	...VOICES
];

/** A heading that stands on several lines is one. */
const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();
