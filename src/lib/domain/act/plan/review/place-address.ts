import { PLAN_STEP_ADDRESSES } from '#lib/domain/act/plan/plan-steps.ts';
import type { PlanPlace } from '#lib/domain/act/plan/review/problem.ts';

/** Where a problem is mended, as an address of the application. */
export function addressOfPlace(readingId: string, place: PlanPlace): string {
	const here = `/deliberations/lectures/${readingId}`;
	if (place.at === 'plan') {
		const page = `${here}/${PLAN_STEP_ADDRESSES[place.step]}`;
		const isOfEnvelope = place.step === 'envelopes' && place.key !== null;
		return isOfEnvelope ? `${page}/${encodeURIComponent(place.key ?? '')}` : page;
	}
	if (place.proposalId) return `${here}?proposition=${encodeURIComponent(place.proposalId)}`;
	return place.step ? `${here}?etape=${place.step}` : here;
}
