import type { CitationSection } from '#lib/domain/act/cited-value.ts';
import type { Passage } from '#lib/domain/act/passage.ts';
import {
	PROPOSAL_ROLES,
	PROPOSAL_STEPS,
	type ProposalRole,
	type ProposalStep,
	type ProposalValue,
	type ProposedPromise
} from '#lib/domain/act/desk/proposal.ts';
import type { Confidence } from '#lib/domain/act/reading.ts';
import type { Span } from '#lib/domain/act/text.ts';

/** What a person decided about a proposal; a passage marked by hand was never proposed. */
export type Choice = 'accepted' | 'corrected' | 'refused' | 'marked';

/** A proposal as it lies on the desk: what was read, and beside it what a person made of it. */
export type DeskProposal = {
	id: string;
	step: ProposalStep;
	role: ProposalRole;
	/** Null for what was marked by hand. */
	readSpan: Span | null;
	readValue: ProposalValue | null;
	keptSpan: Span | null;
	keptValue: ProposalValue | null;
	confidence: Confidence | null;
	because: string | null;
	promise: ProposedPromise | null;
	section: CitationSection;
	wholeId: string | null;
	choice: Choice | null;
	decidedBy: string | null;
	decidedAt: Date | null;
	/** The passage of the act that it became once the reading was entered. */
	citationId: string | null;
};

/** A proposal as it is shown: with what stands at its place, and what a decision about it has to say. */
export type DeskItem = DeskProposal & {
	readQuote: string | null;
	/** Of where it stands now. */
	quote: string | null;
	/** The sentence around it, for who does not have the text beside. */
	passage: Passage | null;
	/** What was seen of it: see `seenAs`. */
	seen: string;
	isSure: boolean;
	/** Whether the act gives something else for the same thing, and nobody chose yet. */
	isRival: boolean;
};

/** Where it stands now: what a person kept, else what was read. */
export const spanNow = ({ keptSpan, readSpan }: DeskProposal): Span | null => keptSpan ?? readSpan;

export function valueNow({ keptValue, readValue }: DeskProposal): ProposalValue {
	const value = keptValue ?? readValue;
	if (!value) throw new TypeError('a proposal has a value, read or kept');
	return value;
}

/** Whether it counts as true of the act: accepted, corrected or marked by hand. */
export const isKept = ({ choice }: Pick<DeskProposal, 'choice'>): boolean =>
	choice === 'accepted' || choice === 'corrected' || choice === 'marked';

/** What is reckoned is written nowhere: it is shown with its formula, and there is nothing to accept. */
export const isReckoned = ({ readValue }: Pick<DeskProposal, 'readValue'>): boolean =>
	readValue?.type === 'amount' && readValue.kind === 'derived';

export const isToDecide = (proposal: Pick<DeskProposal, 'choice' | 'readValue'>): boolean =>
	proposal.choice === null && !isReckoned(proposal);

/** The steps whose roles have one value each: an act has one sitting, and one number of votes for. */
export const hasOneValue = (step: ProposalStep): boolean =>
	step === 'identity' || step === 'attendance' || step === 'vote';

/** What a person saw of a proposal when the page was made: something else meanwhile is said, not overwritten. */
export const seenAs = ({
	choice,
	decidedAt
}: Pick<DeskProposal, 'choice' | 'decidedAt'>): string =>
	choice === null ? '' : `${choice} ${decidedAt?.toISOString() ?? ''}`;

export const stepOfRole = (role: ProposalRole): ProposalStep =>
	PROPOSAL_STEPS.find((step) => rolesOf(step).includes(role)) ?? 'words';

const rolesOf = (step: ProposalStep): readonly ProposalRole[] => PROPOSAL_ROLES[step];

/** In the order of work: step by step, the head in the order of its roles, the body in the order of the text. */
export function inOrderOfWork(proposals: readonly DeskProposal[]): DeskProposal[] {
	const keyed = proposals.map((proposal) => {
		const { step, role, id } = proposal;
		const span = spanNow(proposal);
		const stepAt = PROPOSAL_STEPS.indexOf(step);
		const roleAt = hasOneValue(step) ? rolesOf(step).indexOf(role) : 0;
		// What is reckoned follows what it comes from.
		const start = (isReckoned(proposal) ? span?.end : span?.start) ?? Number.MAX_SAFE_INTEGER;
		return { proposal, order: [stepAt, roleAt, start, -(span?.end ?? 0)], id };
	});
	return keyed.sort(byOrder).map(({ proposal }) => proposal);
}

type Keyed = { order: readonly number[]; id: string };

function byOrder(left: Keyed, right: Keyed): number {
	for (const [place, value] of left.order.entries()) {
		const difference = value - (right.order[place] ?? 0);
		if (difference !== 0) return difference;
	}
	return left.id < right.id ? -1 : 1;
}

/**
 * Proposals of the head that cannot all be true, by their role: several candidates with different
 * values. Refused ones are out of it; it is settled once one is kept and no other is left.
 */
export function listRivals(proposals: readonly DeskProposal[]): Map<ProposalRole, DeskProposal[]> {
	const candidates = proposals.filter(
		({ step, choice }) => hasOneValue(step) && choice !== 'refused'
	);
	const rivals = new Map<ProposalRole, DeskProposal[]>();
	for (const [role, group] of Map.groupBy(candidates, ({ role }) => role)) {
		if (new Set(group.map((one) => sameValueKey(valueNow(one)))).size > 1) rivals.set(role, group);
	}
	return rivals;
}

/** Equal for values that say the same. */
export const sameValueKey = (value: ProposalValue): string =>
	JSON.stringify(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));

/** What can be accepted at once: undecided, read without a doubt, written, and the only one of its kind. */
export function listSure(
	proposals: readonly DeskProposal[],
	rivals: ReadonlyMap<ProposalRole, readonly DeskProposal[]>
): DeskProposal[] {
	return proposals.filter(
		(proposal) =>
			isToDecide(proposal) && proposal.confidence === 'high' && !rivals.has(proposal.role)
	);
}

/** The next one to decide after this one, in the order of work, beginning again at the top; null when all is decided. */
export function nextToDecide(
	inOrder: readonly DeskProposal[],
	afterId: string | null
): DeskProposal | null {
	const place = inOrder.findIndex(({ id }) => id === afterId) + 1;
	const rest = [...inOrder.slice(place), ...inOrder.slice(0, place)];
	return rest.find((proposal) => proposal.id !== afterId && isToDecide(proposal)) ?? null;
}

/** How many of how many are decided; what is reckoned is not counted. */
export function countDecided(proposals: readonly DeskProposal[]): {
	decided: number;
	total: number;
} {
	const decidable = proposals.filter((proposal) => !isReckoned(proposal));
	return {
		decided: decidable.filter(({ choice }) => choice !== null).length,
		total: decidable.length
	};
}

/** What a form decides about, with what was seen of it: one a line. */
export const writeAsked = (asked: readonly { id: string; seen: string }[]): string =>
	asked.map(({ id, seen }) => `${id}@${seen}`).join('\n');

export function readAsked(text: string): { id: string; seen: string }[] {
	const lines = text.split(/\r?\n/).filter((line) => line !== '');
	return lines.map((line) => {
		const [id = '', ...seen] = line.split('@');
		return { id, seen: seen.join('@') };
	});
}
