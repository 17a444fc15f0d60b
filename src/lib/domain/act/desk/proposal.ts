import type { CitationSection } from '#lib/domain/act/cited-value.ts';
import type { AmountKind, Confidence } from '#lib/domain/act/reading.ts';
import type { Day } from '#lib/domain/day.ts';

/** The order of work at the desk. */
export const PROPOSAL_STEPS = [
	'identity',
	'attendance',
	'vote',
	'decisions',
	'figures',
	'words'
] as const;
export type ProposalStep = (typeof PROPOSAL_STEPS)[number];

export const PROPOSAL_STEP_LABELS: Record<ProposalStep, string> = {
	identity: 'L’acte',
	attendance: 'La présence',
	vote: 'Le vote',
	decisions: 'Les décisions',
	figures: 'Les chiffres',
	words: 'Les mots qui engagent'
};

/** What a passage is proposed as. Those of the head have one value each; the others are many. */
export const PROPOSAL_ROLES = {
	identity: [
		'authority',
		'number',
		'sitting',
		'convened',
		'published',
		'received',
		'president',
		'secretary',
		'theme',
		'title'
	],
	attendance: ['members', 'in_office', 'present', 'represented', 'proxies', 'absent', 'voting'],
	vote: ['for', 'against', 'abstention', 'not_voting', 'not_taking_part', 'unanimous'],
	decisions: ['decision'],
	figures: ['amount', 'count', 'percentage', 'period', 'day'],
	words: ['agreement', 'promise', 'undertaking', 'objective', 'item', 'purpose', 'words']
} as const satisfies Record<ProposalStep, readonly string[]>;

export type ProposalRole = (typeof PROPOSAL_ROLES)[ProposalStep][number];

/** The value of a proposal, as it is kept: amounts are cents as text, which JSON does not round. */
export type ProposalValue =
	| { type: 'text'; text: string }
	| { type: 'day'; day: Day }
	| { type: 'count'; number: number; of: string | null }
	| { type: 'percentage'; number: number; precision: number; of: string | null }
	| {
			type: 'amount';
			cents: string;
			precisionCents: string;
			kind: AmountKind;
			per: string | null;
			formula: string | null;
	  }
	| { type: 'period'; startsOn: Day; endsOn: Day }
	| { type: 'decision'; verb: string; text: string }
	| { type: 'flag'; flag: boolean }
	| { type: 'words' };

/** Something read in an act, to be accepted, corrected or refused by a person. */
export type Proposal = {
	/** Its own within a reading: `amount-1`, `sitting-2`. Parts name their whole by it. */
	key: string;
	step: ProposalStep;
	role: ProposalRole;
	/** Null where it stands nowhere in the text, as a count implied by unanimity. */
	span: { start: number; end: number; quote: string } | null;
	section: CitationSection;
	value: ProposalValue;
	confidence: Confidence;
	/** Why it is proposed, and what speaks against it, in a French sentence. */
	because: string;
	partOf: string | null;
	/** What was supposed about it: who gives, to whom, for what, when. Only on amounts that seem to be promised. */
	promise: ProposedPromise | null;
};

/** Each part with its own reason; null where the act does not say. */
export type ProposedPromise = {
	giver: SupposedText | null;
	receiver: SupposedText | null;
	purpose: SupposedText | null;
	period: (Reason & { startsOn: Day; endsOn: Day }) | null;
	strength: (Reason & { value: 'intention' | 'firm' }) | null;
	circuit: (Reason & { value: 'off_budget' | 'earmarked_revenue' | 'own_expenditure' }) | null;
	confidence: Confidence;
	because: string;
};

type Reason = { confidence: Confidence; because: string };
type SupposedText = Reason & { text: string; span: { start: number; end: number } | null };
