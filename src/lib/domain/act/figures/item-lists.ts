import type { Placed } from '#lib/domain/act/figures/placed-figure.ts';
import type { Row } from '#lib/domain/act/figures/rows.ts';

const MOST_LINES = 5;
const LONGEST_LINE = 300;

const MARK = /^[ |]{0,12}(?:[-•▪◦➢►✓·>\uF0B7\uF0A7]|o |\d{1,2} ?[.)°]|[a-z] ?\))/;
/** `Département : 17 284,10 EUROS`: a name, and a figure at the end of its line. */
const LABEL = /^[ |]{0,12}[a-z"(][^\n]{2,160}?(?: ?:|\t| {2}|\.{3}|\|) *[^\n]{0,20}$/;

/** What fills a line up to its figure says no more when it is long. */
const withoutFilling = (line: string): string =>
	line.replace(/ {3,}/g, '  ').replace(/\.{4,}/g, '...');

/** Lists of two items or more, each item with one figure. */
export function listsOf<Figure>(
	plain: string,
	figures: readonly Placed<Figure>[]
): Row<Placed<Figure>>[][] {
	const lists: Row<Placed<Figure>>[][] = [];
	let list: Row<Placed<Figure>>[] = [];
	for (const row of itemsOf(plain, figures)) {
		const last = list.at(-1);
		const isNext = last && markOf(plain, last) === markOf(plain, row);
		if (last && !(isNext && follows(plain.slice(last.end, row.start)))) list = [];
		list.push(row);
		if (list.length === 2) lists.push(list);
	}
	return lists;
}

/** Items of one list bear one mark; numbers and names are marks alike. */
function markOf(plain: string, { start }: { start: number }): string {
	const mark = /[^ |]/.exec(plain.slice(start, start + 14))?.[0] ?? '';
	return /[a-z\d"(]/.test(mark) ? 'a' : mark;
}

function itemsOf<Figure>(plain: string, figures: readonly Placed<Figure>[]): Row<Placed<Figure>>[] {
	const rows: Row<Placed<Figure>>[] = [];
	for (const figure of figures) {
		const start = startOfItem(plain, figure);
		if (start === null) continue;
		const last = rows.at(-1);
		if (last && last.start === start) last.figures.push(figure);
		else rows.push({ start, end: figure.plain.end, figures: [figure] });
	}
	return rows.filter(({ figures: some }) => some.length === 1);
}

/** Where the item that a figure stands in begins: its line, or one of the few before that bears a mark. */
function startOfItem(plain: string, { plain: place }: Placed<unknown>): number | null {
	let end = place.start;
	for (let lines = 0; lines < MOST_LINES; lines += 1) {
		const window = plain.slice(Math.max(0, end - LONGEST_LINE), end);
		const start = end - window.length + window.lastIndexOf('\n') + 1;
		const line = plain.slice(start, end);
		if (MARK.test(line)) return start;
		if (lines === 0 && LABEL.test(withoutFilling(line)) && isLast(plain, place.end)) return start;
		if (line.trim() === '' || start === 0 || window.lastIndexOf('\n') < 0) return null;
		end = start - 1;
	}
	return null;
}

const isLast = (plain: string, at: number): boolean =>
	/^[^\n]{0,24}(?:\n|$)/.test(plain.slice(at, at + 26));

/** Items follow each other where nothing but their own words, or an empty line, stands between. */
function follows(between: string): boolean {
	if (between.length > 400) return false;
	const lines = between.split('\n').slice(1, -1);
	const isAlone = (line: string, index: number) =>
		line.trim() !== '' && lines[index - 1]?.trim() === '';
	return lines.length < 8 && !lines.some(isAlone);
}
