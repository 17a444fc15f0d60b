import { walkLines } from '#lib/domain/act/lines.ts';
import { readMarker, sortOfSign, type ListMarker } from '#lib/domain/act/list-marker.ts';
import type { ActText, Span } from '#lib/domain/act/text.ts';

/** An item of a list, in the plain form. */
export type ListItem = Span & {
	/** The place in its list of the item that it stands under. */
	parent: number | null;
};

/** A list with the sentence that announces it. */
export type List = { announcement: string; items: ListItem[] };

type Level = { sort: string; indent: number; index: number };

/** The lists of a stretch of an act: lines that begin with a dash, a bullet, a number or a letter. */
export function findLists(text: ActText, part: Span): List[] {
	const lists: List[] = [];
	let open: { list: List; levels: Level[] } | null = null;
	let before = '';
	let isBlank = false;
	for (const line of walkLines(text.plain, part)) {
		const words = line.text.trim();
		if (words === '') {
			isBlank = true;
			continue;
		}
		const marker = readMarker(text, line);
		if (marker.sign && !marker.isArticle) {
			if (!open || (isBlank && before.endsWith(':'))) {
				open = { list: { announcement: before, items: [] }, levels: [] };
				lists.push(open.list);
			}
			open.list.items.push(placeItem(open.levels, open.list.items.length, marker, line.end));
			before = words;
		} else {
			const last = open?.list.items.at(-1);
			if (last && goesOn(text.plain, last, words, isBlank)) last.end = line.end;
			else open = null;
			// A paragraph of several lines announces by all of them.
			before = isBlank || open ? words : `${before.slice(-400)} ${words}`;
		}
		isBlank = false;
	}
	return lists;
}

/** An item goes under the nearest one that is less set in, or that is marked otherwise. */
function placeItem(levels: Level[], index: number, marker: ListMarker, end: number): ListItem {
	const { indent, start } = marker;
	const sort = sortOfSign(marker.sign);
	const same = levels.findLastIndex((level) => level.sort === sort && level.indent <= indent + 1);
	const isDeeper = same !== -1 && indent > (levels[same]?.indent ?? 0) + 1;
	if (same !== -1 && !isDeeper) levels.length = same;
	else while (levels.length > 0 && (levels.at(-1)?.indent ?? 0) > indent + 1) levels.pop();
	const parent = levels.at(-1)?.index ?? null;
	if (levels.length < MOST_LEVELS) levels.push({ sort, indent, index });
	return { start, end, parent };
}

/** Nobody nests lists deeper; what seems to is no list. */
const MOST_LEVELS = 8;

/** The next line of an item that is wrapped: the item is not finished, and no blank line parts them. */
function goesOn(plain: string, item: ListItem, words: string, isBlank: boolean): boolean {
	if (isBlank || /^(?:soit|total|sous-total)\b/.test(words)) return false;
	const tail = plain.slice(Math.max(item.start, item.end - 6), item.end).trimEnd();
	return !/[.;:!]$/.test(tail) || /^[a-z(]/.test(words.slice(0, 1)) === /[,;]$/.test(tail);
}
