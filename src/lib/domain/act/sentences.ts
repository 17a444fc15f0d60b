import type { Span } from '#lib/domain/act/text.ts';

/** Nobody writes longer ones; what goes on is cut. */
const LONGEST = 1200;

const ABBREVIATED = '(?<!\\b(?:m|mm|mme|me|art|n|no|etc|st|ste|dr))';
const ENDS_BEFORE = new RegExp(`\\n[ \\t]*\\n|${ABBREVIATED}[.;!?:] +|[.;:] *\\n`, 'g');
const ENDS = new RegExp(`${ABBREVIATED}[.;!?](?=\\s|$)|:[ \\t]*\\n|\\n[ \\t]*\\n|$`);

/** Where the sentence of a place begins in the plain form, and no sooner than `from`. */
export function startOfSentence(plain: string, at: number, from: number): number {
	const lowest = Math.max(from, at - LONGEST);
	let start = 0;
	for (const end of plain.slice(lowest, at).matchAll(ENDS_BEFORE)) {
		start = end.index + end[0].length;
	}
	return lowest + start;
}

/** Where the sentence of a place ends, its full stop included, and with what. */
export function endOfSentence(
	plain: string,
	at: number,
	to: number
): { end: number; sign: string } {
	const found = ENDS.exec(plain.slice(at, Math.min(to, at + LONGEST)));
	const sign = found?.[0].trim() ?? '';
	return { end: at + (found?.index ?? 0) + (sign === '.' ? 1 : 0), sign };
}

/** The sentence around a place. */
export const sentenceAround = (plain: string, at: number, within: Span): Span => ({
	start: startOfSentence(plain, at, within.start),
	end: endOfSentence(plain, at, within.end).end
});
