import { ROLE_LABELS } from '#lib/domain/act/desk/proposal-words.ts';
import type { KeptHead } from '#lib/domain/act/desk/kept-head.ts';
import type { PassagesByKey } from '#lib/domain/act/plan/plan-postings.ts';
import type { PlanStep } from '#lib/domain/act/plan/plan-steps.ts';
import type { ActPlan, PassageKey } from '#lib/domain/act/plan/plan.ts';
import type { ProposalStep } from '#lib/domain/act/desk/proposal.ts';
import type { TouchedBooks } from '#lib/domain/act/plan/touched-books.ts';
import type { Day } from '#lib/domain/day.ts';
import { typeset } from '#lib/domain/typography.ts';

/**
 * What stands against entering an act. What blocks has to be mended; what is to be confirmed goes in
 * once a person says so, having read why; a finding is only said.
 */
export type PlanProblem = {
	/** Its own, and the same as long as it is the same: a confirmation names it. */
	name: string;
	level: 'block' | 'confirm' | 'finding';
	message: string;
	place: PlanPlace;
};

/** Where to mend it: at the desk, or on a page of the plan. */
export type PlanPlace =
	| { at: 'desk'; step: ProposalStep | null; proposalId: PassageKey | null }
	| { at: 'plan'; step: PlanStep; key: string | null };

/** An act with its plan, as it is looked over before it is entered. */
export type ActUnderReview = {
	/** As it was kept at the desk; null for an act that is in the books already. */
	head: KeptHead | null;
	/** The day of its sitting and its title; null where nobody kept them. */
	sittingOn: Day | null;
	title: string | null;
	/** The day in Paris on which it is looked over: also a demonstration enters real acts. */
	today: Day;
	/** Null while nobody has said what becomes of the act. */
	plan: ActPlan | null;
	passages: PassagesByKey;
	books: TouchedBooks;
};

export const onDesk = (
	step: ProposalStep | null,
	proposalId: PassageKey | null = null
): PlanPlace => ({ at: 'desk', step, proposalId });

export const onPlan = (step: PlanStep, key: string | null = null): PlanPlace => ({
	at: 'plan',
	step,
	key
});

const problem =
	(level: PlanProblem['level']) =>
	(name: string, message: string, place: PlanPlace): PlanProblem => ({
		name,
		level,
		message: typeset(message),
		place
	});

export const block = problem('block');
export const confirm = problem('confirm');
export const finding = problem('finding');

/** A thing of the plan stands on a passage that is still kept; what is owed is not left out. */
export function checkPassage(
	{ passages }: ActUnderReview,
	name: string,
	what: string,
	key: PassageKey | null,
	place: PlanPlace
): PlanProblem[] {
	if (key === null || key === '') {
		return [
			block(
				`${name}-passage`,
				`${what} ne cite aucun passage : choisissez celui qui le dit.`,
				place
			)
		];
	}
	if (passages.has(key)) return [];
	const message = `${what} cite un passage qui n’est plus retenu : reprenez-le, ou choisissez-en un autre.`;
	return [block(`${name}-passage`, message, place)];
}

export const labelOfRole = (role: keyof typeof ROLE_LABELS): string =>
	ROLE_LABELS[role].toLowerCase();
