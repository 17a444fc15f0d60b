/** What the letters that we ship can draw: Latin of Western Europe, French punctuation, € and −. */
const DRAWN =
	/[\n\x20-\x7e\u00a0-\u00ff\u0152\u0153\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac\u2212\u2265\u2264]/;

/**
 * A text for a PDF, without letters that would come out as empty boxes: the narrow space between thousands becomes
 * one that is drawn, a letter with a foreign accent loses it, and what is left is a question mark.
 */
export function toDrawn(text: string): string {
	const spaced = text.normalize('NFC').replaceAll('\u202f', '\u00a0');
	return Array.from(spaced, drawnOf).join('');
}

function drawnOf(letter: string): string {
	if (DRAWN.test(letter)) return letter;
	const [base = ''] = letter.normalize('NFD');
	return DRAWN.test(base) ? base : '?';
}
