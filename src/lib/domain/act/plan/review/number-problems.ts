import type { KeptHead } from '#lib/domain/act/desk/kept-head.ts';
import { stepOfRole } from '#lib/domain/act/desk/desk.ts';
import { MOST_COUNTED, MOST_OF_A_HEAD, MOST_PERCENT } from '#lib/domain/act/likely-numbers.ts';
import type { ProposalRole, ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import {
	block,
	labelOfRole,
	onDesk,
	type ActUnderReview,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { formatCount } from '#lib/domain/numeral.ts';

/** Numbers that no act means and the books do not hold: a slip of the pen, or of the reader. */
export function checkNumbers({ head, passages }: ActUnderReview): PlanProblem[] {
	return [
		...HEAD_COUNTS.flatMap(([part, role]) => {
			const count = head?.[part] ?? 0;
			if (count <= MOST_OF_A_HEAD) return [];
			const message = `« ${labelOfRole(role)} » serait ${formatCount(count)} : une assemblée compte au plus ${formatCount(MOST_OF_A_HEAD)} membres. Corrigez ce nombre.`;
			return [block(`head-${role}-large`, message, onDesk(stepOfRole(role)))];
		}),
		...[...passages.values()].flatMap(({ key, role, quote, value }) => {
			if (!isTooLarge(value)) return [];
			const message = `« ${quote} » est un nombre trop grand pour être enregistré : corrigez-le, ou refusez-le.`;
			return [block(`passage-${key}-large`, message, onDesk(stepOfRole(role), key))];
		})
	];
}

function isTooLarge(value: ProposalValue): boolean {
	if (value.type === 'count') return value.number > MOST_COUNTED;
	if (value.type === 'percentage') return value.number > MOST_PERCENT;
	return value.type === 'amount' && BigInt(value.cents) > BigInt(MOST_COUNTED) * 100n;
}

type CountOfHead = {
	[Part in keyof KeptHead]: KeptHead[Part] extends number | null ? Part : never;
}[keyof KeptHead];

const HEAD_COUNTS: readonly (readonly [CountOfHead, ProposalRole])[] = [
	['members', 'members'],
	['inOffice', 'in_office'],
	['present', 'present'],
	['proxies', 'proxies'],
	['absent', 'absent'],
	['voting', 'voting'],
	['votesFor', 'for'],
	['votesAgainst', 'against'],
	['abstentions', 'abstention'],
	['notVoting', 'not_voting'],
	['notTakingPart', 'not_taking_part']
];
