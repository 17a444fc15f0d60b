import { linesOf } from '#lib/domain/act/lines.ts';
import { openText } from '#lib/domain/act/text.ts';

/** Two columns side by side are parted at one place on at least so many lines. */
const FEWEST = 4;

/**
 * The head of an act as its lists are to be counted: columns that stand side by side one after the
 * other, and a line that lost its line ends cut again before the words that open one. Only counts
 * come out of it: places are those of the text as it came.
 */
export function layOutLists(source: string): string {
	return breakLongLines(partColumns(source));
}

function partColumns(source: string): string {
	const lines = source.split('\n');
	const divides = lines.map((line) => line.indexOf('|'));
	const out: string[] = [];
	let at = 0;
	while (at < lines.length) {
		const place = divides[at] ?? -1;
		let end = at;
		while (end < lines.length && isOneBar(lines[end] ?? '') && divides[end] === place) end += 1;
		if (place > 0 && end - at >= FEWEST) {
			const both = lines.slice(at, end);
			out.push(...both.map((line) => line.slice(0, place).trimEnd()), '');
			out.push(...both.map((line) => line.slice(place + 1).trim()), '');
			at = end;
		} else {
			out.push(lines[at] ?? '');
			at += 1;
		}
	}
	return out.join('\n');
}

/** A bar in the middle of a line parts two columns; a row of a table has more of them. */
const isOneBar = (line: string): boolean => /^[^|]*\|[^|]*$/.test(line);

function breakLongLines(source: string): string {
	const text = openText(source);
	const lines = linesOf(text.plain, 0, text.plain.length);
	return lines.map(({ start, end }) => source.slice(text.at(start), text.at(end))).join('\n');
}
