import { openText } from '#lib/domain/act/text.ts';
import { foldWords } from '#lib/domain/deliberation-query.ts';
import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

/** A piece of an excerpt; a match is shown as one. */
export type ExcerptPiece = { text: string; isMatch: boolean };

const LENGTH = 180;
const BEFORE = 60;

/** Words that are in every act, and say nothing of where one is. */
const EMPTY = new Set(
	'a au aux ce ces dans de des du elle en et eux il la le les leur lui ou par pas pour qu que qui sa se ses son sur un une'.split(
		' '
	)
);

/**
 * Where an act speaks of what was sought: some words around the place where most of it stands together.
 * Null where none of it stands there to the letter, as for another form of a verb.
 */
export function excerptOf(source: string, words: string, title = ''): ExcerptPiece[] | null {
	const text = openText(source);
	const all = findMatches(text.plain, wantedOf(words));
	// The title is shown already, above.
	const named = title === '' ? -1 : text.plain.indexOf(openText(title).plain);
	const beside = all.filter(({ start }) => start < named || start > named + title.length);
	const matches = beside.length > 0 ? beside : all;
	const [first] = matches;
	if (!first) return null;
	const best = matches.reduce(
		(found, { start }) => {
			const near = matches.filter((one) => one.start >= start && one.end <= start + LENGTH);
			const count = new Set(near.map(({ wanted }) => wanted)).size;
			return count > found.count ? { start, count } : found;
		},
		{ start: first.start, count: 0 }
	);
	const from = wordBefore(text.plain, Math.max(0, best.start - BEFORE));
	const to = wordAfter(text.plain, Math.min(text.plain.length, from + LENGTH));
	const pieces: ExcerptPiece[] = from > 0 ? [{ text: `…${NO_BREAK_SPACE}`, isMatch: false }] : [];
	let reached = from;
	const add = (end: number, isMatch: boolean): void => {
		const piece = source.slice(text.at(reached), text.at(end)).replace(/[*#\s]+/g, ' ');
		if (piece !== '') pieces.push({ text: piece, isMatch });
		reached = end;
	};
	for (const { start, end } of matches) {
		if (start < reached || end > to) continue;
		add(start, false);
		add(end, true);
	}
	add(to, false);
	if (to < text.plain.length) pieces.push({ text: `${NO_BREAK_SPACE}…`, isMatch: false });
	return pieces;
}

/** What is sought, without what must not stand there. */
function wantedOf(words: string): string[] {
	const plain = foldWords(words)
		.toLowerCase()
		.replace(/(^|\s)-\S+/g, ' ');
	const wanted = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
	return [...new Set(wanted.filter((word) => !EMPTY.has(word)))].slice(0, 12);
}

type Match = { start: number; end: number; wanted: string };

const MOST_MATCHES = 400;

/** Words of one family begin alike: what is sought without its ending is found with another. */
function findMatches(plain: string, wanted: readonly string[]): Match[] {
	if (wanted.length === 0) return [];
	const stems = new Map(wanted.map((word) => [stemOf(word), word]));
	const sought = [...stems.keys()].sort((one, other) => other.length - one.length).join('|');
	const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${sought})[\\p{L}\\p{N}]*`, 'gu');
	const matches: Match[] = [];
	for (const found of plain.matchAll(pattern)) {
		const [whole, stem = ''] = found;
		matches.push({ start: found.index, end: found.index + whole.length, wanted: stem });
		if (matches.length === MOST_MATCHES) break;
	}
	return matches;
}

/** Letters and digits alone come here, so that nothing in it is a sign of a pattern. */
const stemOf = (word: string): string =>
	word.length <= 4 ? word : word.slice(0, Math.max(4, word.length - 3));

const wordBefore = (plain: string, place: number): number => {
	const space = plain.slice(place).search(/\s/);
	return place === 0 || space === -1 || space > 20 ? place : place + space + 1;
};

const wordAfter = (plain: string, place: number): number => {
	const space = plain.slice(0, place).search(/\s\S*$/);
	return place === plain.length || space === -1 || place - space > 20 ? place : space;
};
