import type { Span } from '#lib/domain/act/text.ts';

/** A line of a plain form, without its end. */
export type Line = Span & { text: string };

/** The lines of a stretch of a plain form. A line that goes on beyond it is cut there. */
export function linesOf(plain: string, from: number, to: number): Line[] {
	const end = Math.min(to, plain.length);
	const lines: Line[] = [];
	let start = from;
	while (start < end) {
		const lineEnd = plain.indexOf('\n', start);
		const stop = lineEnd === -1 || lineEnd > end ? end : lineEnd;
		lines.push({ start, end: stop, text: plain.slice(start, stop) });
		start = stop + 1;
	}
	return lines;
}
