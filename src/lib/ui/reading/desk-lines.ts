import type { Span } from '#lib/domain/act/text.ts';
import { buildPieces, findStrong, type CitedSpan, type Piece } from '#lib/ui/act/segments.ts';

/** What a line is, which tells how it is set. */
export type DeskLineKind =
	'blank' | 'head' | 'names' | 'title' | 'paragraph' | 'item' | 'subitem' | 'formula' | 'ballot';

/** A line of the act without its end: where it begins in the whole text, and what it is made of: one cell, or as many as it has columns. */
export type DeskLine = { start: number; kind: DeskLineKind; cells: Piece[][] };

/** Where the parts of the act stand in the whole text; null for one that it lacks. */
export type Parts = {
	header: Span;
	statement: Span;
	decision: Span | null;
	ballot: Span | null;
};

/** A page of an act: a stretch of its text, from where it begins in the whole. */
export type TextPage = { body: string; start: number; parts: Parts };

/**
 * The lines of a page, ready to be set, with the passages on them. Each line knows where it begins
 * in the whole text, and its pieces are its words sign by sign: so any place on the page can be told
 * as a place of the text.
 */
export function buildDeskLines(
	{ body, start, parts }: TextPage,
	passages: readonly Span[],
	titles: readonly Span[],
	idOf: (passage: Span) => string
): DeskLine[] {
	const spans = passages
		.map((passage): CitedSpan => ({
			id: idOf(passage),
			startOffset: passage.start - start,
			endOffset: passage.end - start
		}))
		.sort((left, right) => left.startOffset - right.startOffset);
	const strong = findStrong(body);
	const lines: DeskLine[] = [];
	let open: CitedSpan[] = [];
	let coming = 0;
	let from = 0;
	while (from <= body.length) {
		const found = body.indexOf('\n', from);
		const to = found === -1 ? body.length : found;
		open = open.filter(({ endOffset }) => endOffset > from);
		for (let next = spans[coming]; next && next.startOffset < to; next = spans[++coming]) {
			if (next.endOffset > from) open.push(next);
		}
		const place = { start: start + from, end: start + to };
		const kind = kindOf(body.slice(from, to), place, parts, titles);
		const cells = kind === 'names' ? columns(body, from, to) : [{ start: from, end: to }];
		lines.push({
			start: place.start,
			kind,
			cells: from === to ? [] : cells.map((cell) => buildPieces(body, open, cell, strong))
		});
		from = to + 1;
	}
	// The page ends with a line end: what follows it is on the next.
	if (body.endsWith('\n')) lines.pop();
	return lines;
}

/** Names stand in columns divided by tabs; the tab belongs to the cell before it. */
function columns(body: string, from: number, to: number): Span[] {
	const tabs = [...body.slice(from, to).matchAll(/\t/g)].map(({ index }) => from + index + 1);
	return [...tabs, to].map((end, index) => ({ start: tabs[index - 1] ?? from, end }));
}

function kindOf(line: string, place: Span, parts: Parts, titles: readonly Span[]): DeskLineKind {
	if (/^\s*$/u.test(line)) return 'blank';
	if (titles.some((title) => touches(title, place))) return 'title';
	if (touches(parts.ballot, place)) return 'ballot';
	if (touches(parts.header, place)) return isOfNames(line) ? 'names' : 'head';
	const last = parts.ballot ?? parts.decision;
	if (last && place.start >= last.end) return 'head';
	if (/^\s*(?:[-–•*]\s*o\s|\s{2,}[-–•o◦]\s)/u.test(line)) return 'subitem';
	if (/^\s*[-–•*◦▪→]\s?\S/u.test(line) && !line.trimStart().startsWith('**L')) return 'item';
	return touches(parts.decision, place) && isInCapitals(line) ? 'formula' : 'paragraph';
}

const touches = (span: Span | null, place: Span): boolean =>
	span !== null && place.start < span.end && place.end > span.start;

const isOfNames = (line: string): boolean =>
	line.includes('\t') || /^\s*(?:M\.|MM\.|Mme|Mmes|Monsieur|Madame)\s/u.test(line);

const isInCapitals = (line: string): boolean =>
	/\p{Lu}/u.test(line) && line === line.toLocaleUpperCase('fr');
