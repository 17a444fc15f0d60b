import { EMPTY_PLAN, type ActPlan, type PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import type { ActHead, PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import type { KnownThings } from '#lib/domain/act/plan/plan-known.ts';
import { suggestEnvelopes } from '#lib/domain/act/plan/suggest-envelopes.ts';
import { suggestIndicators } from '#lib/domain/act/plan/suggest-indicators.ts';
import { suggestProgramme } from '#lib/domain/act/plan/suggest-programme.ts';
import {
	suggestDistricts,
	suggestUndertakings
} from '#lib/domain/act/plan/suggest-undertakings.ts';

/** The pages on which a person says what becomes of an act, in their order. */
export const PLAN_STEPS = ['programme', 'envelopes', 'indicators', 'undertakings'] as const;
export type PlanStep = (typeof PLAN_STEPS)[number];

export const PLAN_STEP_LABELS: Record<PlanStep, string> = {
	programme: 'Programme et convention',
	envelopes: 'Enveloppes',
	indicators: 'Repères et cibles',
	undertakings: 'Engagements et quartiers'
};

/** Where each page stands under the address of the reading. */
export const PLAN_STEP_ADDRESSES: Record<PlanStep, string> = {
	programme: 'devenir',
	envelopes: 'devenir/enveloppes',
	indicators: 'devenir/indicateurs',
	undertakings: 'devenir/engagements'
};

/** A plan as it is kept, with the pages that a person has saved: what is on the others is only proposed. */
export type SavedPlan = ActPlan & {
	saved?: readonly PlanStep[];
	/** Keys of the envelopes that a person has saved one by one. */
	savedEnvelopes?: readonly string[];
};

export const isSaved = (plan: SavedPlan | null, step: PlanStep): boolean =>
	plan?.saved?.includes(step) ?? false;

/**
 * The plan as the pages show it: what was saved as it was saved, and for the pages that nobody saved
 * yet what the act suggests, in the light of what was saved before them.
 */
export function completePlan(
	saved: SavedPlan | null,
	head: ActHead,
	passages: readonly PlanPassage[],
	known: KnownThings
): SavedPlan {
	const plan = saved ?? EMPTY_PLAN;
	const marks = { saved: saved?.saved ?? [], savedEnvelopes: saved?.savedEnvelopes ?? [] };
	const programme = isSaved(saved, 'programme')
		? plan.programme
		: suggestProgramme(head, passages, known);
	if (!programme) return { ...plan, ...marks, programme: null };

	const { envelopes, newParties } = isSaved(saved, 'envelopes')
		? { envelopes: plan.programme?.envelopes ?? [], newParties: plan.newParties }
		: suggestEnvelopes(head, programme, passages, known);
	const withEnvelopes: PlannedProgramme = { ...programme, envelopes };
	const indicators = isSaved(saved, 'indicators')
		? (plan.programme?.indicators ?? [])
		: suggestIndicators(head, withEnvelopes, passages);
	const isWordsSaved = isSaved(saved, 'undertakings');
	return {
		...marks,
		newParties: [
			...newParties,
			...plan.newParties.filter(({ key }) => !newParties.some((party) => party.key === key))
		],
		programme: {
			...withEnvelopes,
			indicators,
			undertakings: isWordsSaved
				? (plan.programme?.undertakings ?? [])
				: suggestUndertakings(passages),
			districts: isWordsSaved
				? (plan.programme?.districts ?? [])
				: suggestDistricts(head, passages, known)
		}
	};
}

/** The plan that is kept: only what a person has saved, and nothing that is merely proposed. */
export function onlySaved(plan: SavedPlan): SavedPlan {
	const { programme } = plan;
	if (!programme) return { ...plan, newParties: [] };
	const kept: SavedPlan = {
		...plan,
		programme: {
			...programme,
			envelopes: isSaved(plan, 'envelopes') ? programme.envelopes : [],
			indicators: isSaved(plan, 'indicators') ? programme.indicators : [],
			undertakings: isSaved(plan, 'undertakings') ? programme.undertakings : [],
			districts: isSaved(plan, 'undertakings') ? programme.districts : []
		}
	};
	return { ...kept, newParties: plan.newParties.filter(({ key }) => namesParty(kept, key)) };
}

/** Whether something of a plan names an organisation that the act makes known. */
function namesParty({ programme }: ActPlan, key: string): boolean {
	const parties = (programme?.envelopes ?? []).flatMap(({ of }) =>
		of.kind === 'new' ? [of.funder, of.partner] : []
	);
	const owners = (programme?.undertakings ?? []).map(({ owner }) => owner);
	return [...parties, ...owners].some(
		(party) => party !== null && 'newParty' in party && party.newParty === key
	);
}

/** The first page that nobody saved yet; null once all were. One that is kept alone has a single page. */
export function nextStep(plan: SavedPlan | null): PlanStep | null {
	if (isSaved(plan, 'programme') && plan?.programme === null) return null;
	return PLAN_STEPS.find((step) => !isSaved(plan, step)) ?? null;
}
