import type { Line } from '#lib/domain/act/lines.ts';

/** What stands at the head of a line before its words. */
export type ListMarker = {
	/** What marks an item: `-`, `o`, `1`, `a`; empty where nothing does. */
	sign: string;
	/** How far it is set in; a tab counts as four. */
	indent: number;
	/** Where the words begin. */
	start: number;
	isArticle: boolean;
};

const BULLETS = '-•·‣▪▫■□●○◦➢➤✓✔►▶→⇒❖♦\uf0a7\uf0b7\uf0d8\uf0e0>';

const MARKER = new RegExp(
	`([ \\t"|]*)(?:((?:article|art\\.?) ?(?:\\d{1,2}|premier|unique|un|deux|trois|quatre|cinq|six|[ivx]{1,4})(?:er)?°?)[ ]*[:.)-]*[ \\t:-]*|([${BULLETS}]+|o(?=[ \\t])|\\(?\\d{1,2}(?:\\.\\d{1,2}){0,3} ?[.)°/-]+\\)?(?!\\d)(?= ?[^\\d ])|\\(?[a-h]\\)|[ivx]{1,4} ?[.)-](?= ))[ \\t:-]*)?[ \\t"]*`,
	'y'
);

/** Reads what stands at the head of a line: a dash, a bullet, a number, “Article 2 –”. */
export function readMarker(plain: string, line: Line): ListMarker {
	MARKER.lastIndex = line.start;
	const [all = '', spaces = '', article, sign] = MARKER.exec(plain) ?? [];
	const indent = [...spaces].reduce((width, space) => width + (space === '\t' ? 4 : 1), 0);
	return {
		sign: article ?? sign ?? '',
		indent,
		start: Math.min(line.end, line.start + all.length),
		isArticle: article !== undefined
	};
}
