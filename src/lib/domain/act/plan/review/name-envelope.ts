import type { PlannedEnvelope } from '#lib/domain/act/plan/plan.ts';
import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import { findTouchedEnvelope } from '#lib/domain/act/plan/touched-books.ts';

/** An envelope as it is called in a sentence. */
export const nameOfEnvelope = ({ books }: ActUnderReview, { of }: PlannedEnvelope): string =>
	of.kind === 'new'
		? `« ${of.label} »`
		: `« ${findTouchedEnvelope(books, of.envelopeId)?.label ?? '?'} »`;
