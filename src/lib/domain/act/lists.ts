import { findLists, type List } from '#lib/domain/act/list-items.ts';
import type { ListedPassage, ReadDecision } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { endOfSentence, startOfSentence } from '#lib/domain/act/sentences.ts';
import { spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';

type Kind = ListedPassage['kind'];

/**
 * What an act lists or says in words that bind: undertakings, objectives, and lines of use with their
 * figures. Nested as the act nests them, in the order of the text.
 */
export function readLists(
	text: ActText,
	sections: Sections,
	decisions: readonly ReadDecision[]
): ListedPassage[] {
	const { statement, decision } = sections.plain;
	const decided = decisions.map(({ start }) => start);
	const isAct = decision !== null || sections.plain.header.end > 0;
	const listed = [statement, decision].flatMap((part) =>
		part
			? findLists(text, part).flatMap((list) => readList(text, sections, list, isAct, decided))
			: []
	);
	const places = listed.map(({ start }) => start);
	const said = findSentences(text, statement)
		.filter((span) => !hasBetween(places, span.start, span.end))
		.filter((span) => (listed[countBefore(places, span.start) - 1]?.end ?? 0) <= span.start)
		.map((span) => passage(text, sections, span, 'undertaking', null));
	return inOrder([listed, said.map((one) => ({ ...one, group: -1 }))].flat());
}

type Placed = ListedPassage & { group: number };

function readList(
	text: ActText,
	sections: Sections,
	list: List,
	isAct: boolean,
	decided: readonly number[]
): Placed[] {
	const kind = kindOf(list.announcement);
	const kept: Placed[] = [];
	const places = new Map<number, number>();
	for (const [index, item] of list.items.entries()) {
		const span = withoutEnd(text, spanOf(text, item.start, item.end));
		const words = text.plain.slice(item.start, Math.min(item.end, item.start + 400));
		const own = kind ?? (isAct && FIGURES.test(words) ? 'item' : null);
		if (!own || span.end <= span.start || CONSIDERS.test(words)) continue;
		if (hasBetween(decided, span.start, span.end)) continue;
		places.set(index, kept.length);
		const parent = item.parent === null ? null : (places.get(item.parent) ?? null);
		kept.push({ ...passage(text, sections, span, own, parent), group: list.items[0]?.start ?? 0 });
	}
	return kept;
}

/** Whether something begins in a passage. Places are in order. */
const hasBetween = (places: readonly number[], start: number, end: number): boolean =>
	(places[countBefore(places, start)] ?? Infinity) < end;

/** How many places, which are in order, come before an offset. */
function countBefore(places: readonly number[], offset: number): number {
	let [low, high] = [0, places.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((places[middle] ?? 0) < offset) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** What a list is of, by the sentence that announces it; null where it says nothing of the kind. */
function kindOf(announcement: string): Kind | null {
	const sentence =
		announcement
			.slice(-300)
			.split(/[.;](?= |$)/)
			.at(-1) ?? '';
	if (!/[:,]$|suivant|ci-apres|ci-dessous/.test(announcement)) return null;
	if (UNDERTAKES.test(sentence)) return 'undertaking';
	return AIMS.test(sentence) ? 'objective' : null;
}

const UNDERTAKES =
	/\bs' ?engage(?:nt)?\b|\bengagements? (?:reciproques?|mutuels?|respectifs?|pris|suivants?|partages?|communs?)|\bengagements? (?:des?|de la|du|de l')[a-z' -]{3,60}(?:sont|est|portent)|\bengagements?[a-z' ,-]{0,40} (?:sont les )?suivants?\b/;

const AIMS =
	/\b(?:objectifs?|orientations?|axes?|priorites?|ambitions?|finalites?|buts?)\b(?! de (?:vente|cession))/;

/** A line of use has an amount, or begins with how many. */
const FIGURES =
	/\d ?(?:m€|md€|k€|€|euros?\b)|\d (?:millions?|milliards?) d'euros|^\d{1,3}(?: ?\d{3})* (?!rue |avenue |place |bis )[a-z]{3,}/;

const CONSIDERS = /^(?:vu|considerant|attendu) /;

/** Sentences by which somebody undertakes something, outside of lists. */
function findSentences(text: ActText, part: Span): Span[] {
	const spans: Span[] = [];
	for (const found of text.plain.slice(part.start, part.end).matchAll(ENGAGES)) {
		const at = part.start + found.index;
		const start = startOfSentence(text.plain, at, part.start);
		const { end, sign } = endOfSentence(text.plain, at + found[0].length, part.end);
		// One that ends with a colon announces a list.
		if (sign === ':' || spans.at(-1)?.start === spanOf(text, start, end).start) continue;
		spans.push(spanOf(text, start, end));
		if (spans.length === MOST_SENTENCES) break;
	}
	return spans;
}

/** More than any act has. */
const MOST_SENTENCES = 1_000;

const ENGAGES =
	/(?<!\bne )\bs' ?engage(?:nt)?,? (?:(?:egalement|notamment|ainsi|donc|aussi|par ailleurs|en outre|en contrepartie|pour (?:sa|leur) part|conjointement|chacune?),? )?(?:a|par)\b/g;

/** Without the semicolon that goes on to the next; a full stop belongs to the words. */
function withoutEnd(text: ActText, { start, end }: Span): Span {
	let to = end;
	while (to > start && /[\s;,:*]/u.test(text.source.charAt(to - 1))) to -= 1;
	return { start, end: to };
}

function passage(
	text: ActText,
	sections: Sections,
	{ start, end }: Span,
	kind: Kind,
	parent: number | null
): ListedPassage {
	const quote = text.source.slice(start, end);
	return { start, end, quote, kind, section: sections.sectionAt(start), parent };
}

/** In the order of the text; places of parents, until now within their list, become places in the whole. */
function inOrder(placed: readonly Placed[]): ListedPassage[] {
	const sorted = placed.toSorted((left, right) => left.start - right.start);
	const firstOf = new Map<number, number>();
	for (const [index, { group }] of sorted.entries()) {
		if (!firstOf.has(group)) firstOf.set(group, index);
	}
	return sorted.map(({ group, parent, ...one }) => ({
		...one,
		parent: parent === null ? null : (firstOf.get(group) ?? 0) + parent
	}));
}
