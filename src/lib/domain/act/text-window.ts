import type { Span } from '#lib/domain/act/text.ts';

/** A page of an act: small enough to be shown at once, large enough that most acts have one. */
const PAGE_LENGTH = 24_000;

/** Where a long act is cut into pages: at the ends of lines, or where a line alone is too long. */
export function listPages(text: string): Span[] {
	const pages: Span[] = [];
	let start = 0;
	do {
		const end = endOfPage(text, start);
		pages.push({ start, end });
		start = end;
	} while (start < text.length);
	return pages;
}

/** The number of the page, from 1, on which an offset stands. */
export function pageAt(pages: readonly Span[], offset: number): number {
	const found = pages.findIndex(({ end }) => offset < end);
	return found === -1 ? pages.length : found + 1;
}

function endOfPage(text: string, start: number): number {
	const most = start + PAGE_LENGTH;
	if (most >= text.length) return text.length;
	const line = text.lastIndexOf('\n', most) + 1;
	if (line > start + PAGE_LENGTH / 2) return line;
	const space = text.lastIndexOf(' ', most) + 1;
	if (space > start + PAGE_LENGTH / 2) return space;
	// Never between the two halves of a character.
	return /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
}
