import { spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';

/** Who speaks, and what is told, on the line of the title itself: a text copied without its lines. */
const NEXT_MATTER =
	/(?<!\b(?:[àÀ]|de|du|par|avec|et|pour|contre|entre|chez|que|,))[ \u00A0](?=(?:Monsieur|Madame|M\.|Mme)[ \u00A0]\p{Lu}[^,.;:\n]{3,50},(?:\s|$)|Conformément[ \u00A0](?:à|au|aux)[ \u00A0]|Vu[ \u00A0](?:le|la|les|l['’])|Considérant[ \u00A0]|Rapporteure?[ \u00A0]?:|Il[ \u00A0]est[ \u00A0](?:proposé|rappelé|exposé))/gu;

/** A title that ends at such a word was cut. */
const CUT =
	/[ '’\u00A0](?:de|du|des|d|la|le|les|l|à|au|aux|et|ou|en|sur|pour|par|dans|avec)['’]?$/u;

const SHORTEST = 12;
const LONGEST_LINE = 300;

/** Where a title ends within what was taken for it. Null where it was cut, or its end is not to be seen. */
export function withEnd(text: ActText, block: Span): Span | null {
	const whole = spanOf(text, block.start, block.end);
	const written = text.source.slice(whole.start, whole.end);
	NEXT_MATTER.lastIndex = SHORTEST;
	const next = NEXT_MATTER.exec(written);
	const title = (next ? written.slice(0, next.index) : written).trimEnd();
	if (CUT.test(title)) return null;
	if (title.length > LONGEST_LINE && !title.includes('\n')) return null;
	return next
		? { start: block.start, end: placeOf(text, block, whole.start + title.length) }
		: block;
}

/** The place in the plain form of a place in the source. */
function placeOf(text: ActText, { start, end }: Span, offset: number): number {
	let place = start;
	while (place < end && text.at(place) < offset) place += 1;
	return place;
}
