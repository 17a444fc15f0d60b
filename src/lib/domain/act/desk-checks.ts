import { countNames } from '#lib/domain/act/attendance.ts';
import { checkAttendance, type Check } from '#lib/domain/act/checks.ts';
import { checkCitedSums, type CitedPart } from '#lib/domain/act/cited-sums.ts';
import {
	isKept,
	isReckoned,
	listRivals,
	spanNow,
	valueNow,
	type DeskProposal
} from '#lib/domain/act/desk.ts';
import type { ProposalRole, ProposalStep } from '#lib/domain/act/proposal.ts';
import { cents } from '#lib/domain/money.ts';

/** A check of what lies on the desk, with the step and the proposals that it concerns. */
export type DeskCheck = Check & { step: ProposalStep; about: readonly string[] };

/**
 * The act checked against itself, with what was kept where a person decided and with what was read
 * where nobody did: a correction shows at once whether it makes the act agree with itself. What was
 * refused, and a thing of which several values are left, is in no check.
 */
export function checkDesk(text: string, proposals: readonly DeskProposal[]): DeskCheck[] {
	const standing = proposals.filter(
		(proposal) => proposal.choice !== 'refused' && !isReckoned(proposal)
	);
	return [...checkHead(text, standing), ...checkFigures(text, standing)];
}

function checkHead(text: string, standing: readonly DeskProposal[]): DeskCheck[] {
	const rivals = listRivals(standing);
	const chosen = new Map<ProposalRole, DeskProposal>();
	for (const proposal of standing) {
		const settled = !rivals.has(proposal.role) || isKept(proposal);
		if (settled && !chosen.has(proposal.role)) chosen.set(proposal.role, proposal);
	}
	const number = (role: ProposalRole): number | null => {
		const proposal = chosen.get(role);
		const value = proposal && valueNow(proposal);
		return value?.type === 'count' ? value.number : null;
	};
	const names = countNames(text);
	const checks = checkAttendance(
		{
			members: number('members'),
			inOffice: number('in_office'),
			present: number('present'),
			proxies: number('proxies') ?? number('represented'),
			absent: number('absent') ?? names.absent
		},
		{
			for: number('for'),
			against: number('against'),
			abstention: number('abstention'),
			notVoting: number('not_voting')
		},
		names
	);
	return checks.map((check) => ({
		...check,
		step: check.name === VOTES ? 'vote' : 'attendance',
		about: rolesOf(check.name).flatMap((role) => chosen.get(role)?.id ?? [])
	}));
}

const VOTES = 'Votants et voix';

const rolesOf = (name: string): ProposalRole[] =>
	name === VOTES
		? ['for', 'against', 'abstention', 'not_voting', 'present', 'proxies']
		: name.startsWith('Procurations')
			? ['proxies', 'represented']
			: name.includes('noms')
				? ['present']
				: ['in_office', 'present', 'proxies', 'represented', 'absent'];

function checkFigures(text: string, standing: readonly DeskProposal[]): DeskCheck[] {
	const wholes = new Set(standing.flatMap(({ wholeId }) => wholeId ?? []));
	const concerned = standing.filter(({ id, wholeId }) => wholes.has(id) || wholeId !== null);
	const cited = concerned.flatMap((proposal) => citedPart(text, proposal) ?? []);
	return checkCitedSums(cited).map(({ wholeCitationId, ...check }) => ({
		...check,
		step: 'figures',
		about: [
			wholeCitationId,
			...cited.flatMap((part) => (part.wholeCitationId === wholeCitationId ? part.id : []))
		]
	}));
}

/** A figure of the desk as checks of cited figures know it; null for what is none. */
function citedPart(text: string, proposal: DeskProposal): CitedPart | null {
	const value = valueNow(proposal);
	const span = spanNow(proposal);
	const nothing = { amountCents: null, precisionCents: null, number: null, precision: null };
	const part = {
		id: proposal.id,
		wholeCitationId: proposal.wholeId,
		quote: span ? text.slice(span.start, span.end) : '',
		day: null,
		...nothing
	};
	switch (value.type) {
		case 'amount':
			// A rate is no sum, and the two ends of a range are no parts.
			if (value.kind === 'rate' || value.kind === 'range') return null;
			return {
				...part,
				kind: 'amount',
				amountCents: cents(value.cents),
				precisionCents: cents(value.precisionCents)
			};
		case 'count':
			return { ...part, kind: 'count', number: value.number };
		case 'percentage':
			return { ...part, kind: 'percentage', number: value.number, precision: value.precision };
		default:
			return null;
	}
}
