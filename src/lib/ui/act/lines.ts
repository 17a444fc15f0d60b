import { buildPieces, type Cell, type CitedSpan, type Piece } from './segments.ts';

/** What a line of an act is, which tells how it is set. */
export type LineKind =
	| 'blank'
	/** Head of the act: sitting, president, counts. */
	| 'head'
	/** Names in columns divided by tabs. */
	| 'names'
	| 'object'
	| 'title'
	| 'item'
	| 'subitem'
	/** LE CONSEIL, APRÈS EN AVOIR DÉLIBÉRÉ, DÉCIDE. */
	| 'formula'
	| 'ballot'
	| 'paragraph';

/** A line with its cells: one, or as many as it has columns. */
export type Line = { kind: LineKind; cells: Piece[][] };

/**
 * The lines of an act, ready to be set. Nothing of the text is lost or added: the pieces of all
 * cells of all lines are the text.
 */
export function buildLines(text: string, citations: readonly CitedSpan[]): Line[] {
	const kindOf = lineKinds();
	return cut(text, 0, text.length, '\n').map((line) => ({
		kind: kindOf(text.slice(line.start, line.end)),
		cells: cut(text, line.start, line.end, '\t').map((cell) => buildPieces(text, citations, cell))
	}));
}

/** Lines that follow each other and hold nothing but names come together, every other line alone. */
export function groupNames<Kinded extends { kind: string }>(lines: readonly Kinded[]): Kinded[][] {
	const blocks: Kinded[][] = [];
	for (const line of lines) {
		const last = blocks.at(-1);
		if (line.kind === 'names' && last?.[0]?.kind === 'names') last.push(line);
		else blocks.push([line]);
	}
	return blocks;
}

/** Parts of a text that end with a sign; the last may end without. */
function cut(text: string, start: number, end: number, sign: string): Cell[] {
	const parts: Cell[] = [];
	let from = start;
	while (from < end) {
		const found = text.indexOf(sign, from);
		const to = found === -1 || found >= end ? end : found + 1;
		parts.push({ start: from, end: to });
		from = to;
	}
	return parts;
}

/** Reads lines from the first to the last, since what a line is depends on those before it. */
function lineKinds(): (line: string) => LineKind {
	let part: 'head' | 'title' | 'body' | 'ballot' = 'head';
	return (line) => {
		if (/^\s*$/u.test(line)) {
			if (part === 'title') part = 'body';
			return 'blank';
		}
		if (/^OBJET\s*:/u.test(line)) {
			part = 'title';
			return 'object';
		}
		if (/^SCRUTIN\b/u.test(line)) part = 'ballot';
		if (part === 'head') return isOfNames(line) ? 'names' : 'head';
		if (part === 'title') return 'title';
		if (part === 'ballot') return 'ballot';
		if (/^\s*-\s+o\s/u.test(line)) return 'subitem';
		if (/^\s*-\s/u.test(line)) return 'item';
		return isInCapitals(line) ? 'formula' : 'paragraph';
	};
}

const isOfNames = (line: string): boolean =>
	line.includes('\t') || /^\s*(M\.|Mme|Monsieur|Madame)\s/u.test(line);

const isInCapitals = (line: string): boolean =>
	/\p{Lu}/u.test(line) && line === line.toLocaleUpperCase('fr');
