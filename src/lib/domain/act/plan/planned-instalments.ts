import { sumOfPassage } from '#lib/domain/act/plan/plan-postings.ts';
import type {
	AgreementReference,
	PlannedEnvelope,
	PlannedProgramme
} from '#lib/domain/act/plan/plan.ts';
import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import type { Day } from '#lib/domain/day.ts';
import { NO_CENTS } from '#lib/domain/money.ts';
import type { AgreedInstalment } from '#lib/domain/plan.ts';

/** The plan of payments that an act sets, as it stands in the books once the act is entered. */
export function listPlannedInstalments(
	act: ActUnderReview,
	planned: PlannedProgramme,
	envelope: PlannedEnvelope
): AgreedInstalment[] {
	const binding = bindingOf(act, planned, envelope);
	return envelope.instalments.map(({ dueOn, passage }) => ({
		agreementId: '',
		agreedOn: binding?.effectiveOn ?? dueOn,
		rank: binding?.rank ?? 0,
		dueOn,
		amountCents: sumOfPassage(act.passages.get(passage ?? envelope.passage ?? '')) ?? NO_CENTS
	}));
}

/** The day from which the agreement of an envelope binds, and its rank; null while it has none. */
export function bindingOf(
	{ books }: ActUnderReview,
	{ agreements }: PlannedProgramme,
	{ agreement }: PlannedEnvelope
): { effectiveOn: Day; rank: number } | null {
	if (!agreement) return null;
	if ('agreementId' in agreement) {
		return books.agreements.find(({ id }) => id === agreement.agreementId) ?? null;
	}
	const index = agreements.findIndex(({ key }) => key === agreement.planned);
	const found = agreements[index];
	if (!found) return null;
	const { amends, effectiveOn } = found;
	if (!amends) return { effectiveOn, rank: 0 };
	const before = agreements.slice(0, index).filter((other) => isSame(other.amends, amends)).length;
	const last =
		'agreementId' in amends
			? books.agreements.find(({ id }) => id === amends.agreementId)?.lastRank
			: 0;
	return { effectiveOn, rank: (last ?? 0) + before + 1 };
}

const isSame = (one: AgreementReference | null, other: AgreementReference): boolean =>
	JSON.stringify(one) === JSON.stringify(other);
