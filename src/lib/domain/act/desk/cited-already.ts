import type { Proposal, ProposalRole } from '#lib/domain/act/desk/proposal.ts';

type Place = { startOffset: number; endOffset: number };

/** What an act says of itself is entered with it, and never again. */
const OF_THE_ACT = new Set(['identity', 'attendance', 'vote']);

/** As which kind of citation a passage would be cited; words for all that has no figure. */
const CITED_AS: Partial<Record<ProposalRole, string>> = {
	amount: 'amount',
	count: 'count',
	percentage: 'percentage',
	period: 'date',
	day: 'date'
};

/** Whether an act that is there says already what is proposed: of itself, as a decision, or by a citation. */
export function isCitedAlready(
	{ step, role, span }: Proposal,
	act: { citations: readonly (Place & { kind: string })[]; decisions: readonly Place[] }
): boolean {
	if (OF_THE_ACT.has(step)) return true;
	if (!span) return false;
	if (role === 'decision') return act.decisions.some((decision) => meet(span, decision));
	const kind = CITED_AS[role] ?? 'words';
	const same = act.citations.filter((citation) => citation.kind === kind);
	return kind === 'words'
		? same.some((citation) => isMostly(span, citation))
		: same.some((citation) => meet(span, citation));
}

type Span = { start: number; end: number };

const shared = ({ start, end }: Span, { startOffset, endOffset }: Place): number =>
	Math.min(end, endOffset) - Math.max(start, startOffset);

const meet = (span: Span, place: Place): boolean => shared(span, place) > 0;

/** Of words, one passage may stand inside another and say something else: most of both must be the same. */
const isMostly = (span: Span, place: Place): boolean =>
	shared(span, place) * 5 >=
	Math.max(span.end - span.start, place.endOffset - place.startOffset) * 4;
