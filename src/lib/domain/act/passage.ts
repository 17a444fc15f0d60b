/** A span of an act inside the paragraph that carries it: what comes before, the quote, what comes after. */
export type Passage = { before: string; quote: string; after: string };

/** The paragraph around a span, for readers who want the sentence and not the whole act. Offsets are UTF-16 units. */
export function passageAround(text: string, start: number, end: number): Passage {
	const from = text.lastIndexOf('\n', start - 1) + 1;
	const next = text.indexOf('\n', end);
	const to = next === -1 ? text.length : next;
	return {
		before: plain(text.slice(from, start)).replace(/^\s*(?:[-–•]|o(?=\s))\s*/, ''),
		quote: text.slice(start, end),
		after: plain(text.slice(end, to))
	};
}

/** Without the asterisks by which a transcription marks what is set in bold. */
const plain = (words: string): string => words.replaceAll('**', '');
