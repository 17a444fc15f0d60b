import type { Line } from '#lib/domain/act/lines.ts';
import type { ActText } from '#lib/domain/act/text.ts';

/** What stands at the head of a line before its words. */
export type ListMarker = {
	/** What marks an item: `-`, `o`, `1)`, `a)`; empty where nothing does. */
	sign: string;
	/** How far it is set in; a tab counts as four. */
	indent: number;
	/** Where the words begin, in the plain form. */
	start: number;
	isArticle: boolean;
};

const BULLETS = '-•·‣▪▫■□●○◦➢➤✓✔►▶→⇒❖♦\uf0a7\uf0b7\uf0d8\uf0e0>';

const MARKER = new RegExp(
	`([ \\t"]*)(?:((?:article|art\\.?) ?(?:\\d{1,2}|premier|unique|un|deux|trois|quatre|cinq|six|[ivx]{1,4})(?:er)?°?)[ ]*[:.)-]*[ \\t:-]*|([${BULLETS}]+(?:[ \\t]+o(?=[ \\t]))?|o(?=[ \\t])|\\(?\\d{1,2}(?:\\.\\d{1,2}){0,3} ?[.)°/-]+\\)?(?!\\d)(?= *[^\\d ])|\\(?[a-h]\\)|[ivx]{1,4} ?[.)-](?= ))[ \\t:-]*)?[ \\t"]*`,
	'y'
);

/** Reads what stands at the head of a line: a dash, a bullet, a number, “Article 2 –”. */
export function readMarker(text: ActText, line: Line): ListMarker {
	MARKER.lastIndex = line.start;
	const [all = '', spaces = '', article, sign] = MARKER.exec(text.plain) ?? [];
	const start = Math.min(line.end, line.start + all.length);
	const marked = article ?? sign;
	// An asterisk is blank in the plain form, since two of them set words in bold.
	const lead = text.source.slice(text.at(line.start), text.at(line.start) + 40 + spaces.length);
	const star = marked ? null : /^([ \t]*)\*(?=[ \t])/.exec(lead);
	return {
		sign: marked ?? (star ? '*' : ''),
		// Tabs are spaces in the plain form.
		indent: widthOf(star?.[1] ?? lead.slice(0, spaces.length)),
		start,
		isArticle: article !== undefined
	};
}

/** Signs of one sort mark items of one level: `1)` and `2)`, `a)` and `b)`. */
export const sortOfSign = (sign: string): string =>
	sign
		.replace(/\d+/g, '1')
		.replace(/[ \t]+/g, ' ')
		.replace(/^(\(?)[a-h]\)/, '$1a)')
		.replace(/^[ivx]+ ?([.)-])/, 'i$1');

const widthOf = (spaces: string): number =>
	[...spaces].reduce((width, space) => width + (space === '\t' ? 4 : 1), 0);
