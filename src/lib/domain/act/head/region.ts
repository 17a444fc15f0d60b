import type { Span } from '#lib/domain/act/text.ts';

/** A head is read no further than this from where it begins. */
export const HEAD_LENGTH = 40_000;

/** What stands before the signatures, and after them, is read no further than this from the end. */
export const TAIL_LENGTH = 8_000;

const LANDMARK =
	/extrait du registre|registre des deliberations|(?:conseillers|membres|delegues)[a-z ]{0,30} en exercice|secretaire de seance|l'an deux mil|seance (?:ordinaire |publique |extraordinaire )?du /;

/**
 * Where the head of an act is to be sought: from the beginning, or, where a text begins with
 * something else at length, from a little before the first words that only heads have.
 */
export function headRegion(plain: string): Span {
	const landmark = plain.search(LANDMARK);
	const start = landmark > HEAD_LENGTH / 2 ? Math.max(0, landmark - 1_000) : 0;
	return { start, end: Math.min(plain.length, start + HEAD_LENGTH) };
}
