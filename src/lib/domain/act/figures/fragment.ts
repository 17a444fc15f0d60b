import { isDigit, isSpaceAt, type WrittenNumber } from '#lib/domain/act/figures/written-number.ts';
import type { ActText } from '#lib/domain/act/text.ts';

/** No figure is longer than this. */
const LONGEST_LEAD = 40;

/**
 * Whether digits stand just before a number that could begin it: `1234 567`, `12 5000`, `1.234 567`.
 * Such a figure does not set its thousands properly; its end alone is no sum, and nobody knows the whole.
 */
export function isFragment(text: ActText, number: WrittenNumber): boolean {
	const { plain } = text;
	const { start, groups } = number;
	if (!isSpaceAt(text, start - 1) || !isDigit(plain, start - 2)) return false;
	const lead = leadOf(plain, start - 1);
	const first = firstDigitsOf(plain, number);
	// The cell before ended in centimes, `12,50 300 €`, or names a year, `2024 5 000 €`.
	if (/^\d+,\d{1,2}$|\.\d{1,2}$/.test(lead)) return false;
	if (/^(?:19|20)\d\d$/.test(lead)) return first === 3 && groups === 0;
	if (first >= 3) return true;
	// `1 5 000 €`: a digit that strayed from its group.
	return groups > 0 && lead.length + first <= 3;
}

/** The digits that end at a place, with the marks among them. */
function leadOf(plain: string, end: number): string {
	let start = end;
	while (end - start < LONGEST_LEAD && /[\d.,]/.test(plain.charAt(start - 1))) start -= 1;
	return plain.slice(start, end);
}

function firstDigitsOf(plain: string, { start, end }: WrittenNumber): number {
	let at = start;
	while (at < end && isDigit(plain, at)) at += 1;
	return at - start;
}
