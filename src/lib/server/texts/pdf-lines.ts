import { findColumns } from './pdf-columns.ts';

/** A piece of text and where it stands on its page, in points from the lower left corner. */
export type PdfPiece = {
	text: string;
	left: number;
	right: number;
	baseline: number;
	size: number;
};

/** Pieces on one height, from left to right. */
export type PdfLine = { pieces: PdfPiece[]; baseline: number; size: number };

/** So far apart, as a share of the size of the letters, are two words; and two cells of a table. */
const WORD_GAP = 0.17;
const CELL_GAP = 2.2;

/** A gap between lines of more than this many usual ones parts two paragraphs. */
const PARAGRAPH_GAP = 1.45;

/** The lines of a page in the order of reading, an empty one between paragraphs. */
export function buildPage(pieces: readonly PdfPiece[]): string[] {
	const lines = groupLines(pieces.filter(({ text }) => text.trim() !== ''));
	const usual = usualLeading(lines);
	const written: string[] = [];
	let before: PdfLine | null = null;
	for (const line of findColumns(lines)) {
		const gap: number = before ? before.baseline - line.baseline : 0;
		const size: number = Math.max(line.size, before?.size ?? 0);
		// Back up the page: the next column begins.
		const isApart = before && (gap < 0 || gap > Math.max(usual * PARAGRAPH_GAP, size * 1.2));
		if (isApart) written.push('');
		written.push(writeLine(line));
		before = line;
	}
	return written;
}

/** What stands on one height is one line; a raised letter, as in 1er, belongs to the line that it rises from. */
function groupLines(pieces: readonly PdfPiece[]): PdfLine[] {
	const lines: PdfLine[] = [];
	const ordered = [...pieces].sort((one, other) => other.baseline - one.baseline);
	for (const piece of ordered) {
		const line = lines.at(-1);
		if (line && Math.abs(line.baseline - piece.baseline) <= reachOf(line, piece)) {
			line.pieces.push(piece);
			if (piece.size > line.size) [line.baseline, line.size] = [piece.baseline, piece.size];
		} else {
			lines.push({ pieces: [piece], baseline: piece.baseline, size: piece.size });
		}
	}
	for (const line of lines) line.pieces.sort((one, other) => one.left - other.left);
	return lines;
}

/** How far from the line something may stand and belong to it; a small mark, as of a note, stands higher. */
function reachOf(line: PdfLine, piece: PdfPiece): number {
	const size = Math.max(line.size, piece.size);
	const isRaised =
		(line.size <= size * 0.8 && line.pieces.every(isMark)) ||
		(piece.size <= size * 0.8 && isMark(piece));
	return size * (isRaised ? 0.75 : 0.45);
}

const isMark = ({ text }: PdfPiece): boolean => text.trim().length <= 3;

/** How far lines of one paragraph are apart: many gaps are, and those between paragraphs are larger. */
function usualLeading(lines: readonly PdfLine[]): number {
	const gaps = lines
		.slice(1)
		.map((line, index) => (lines[index]?.baseline ?? 0) - line.baseline)
		.filter((gap) => gap > 0)
		.sort((one, other) => one - other);
	return gaps[Math.floor(gaps.length * 0.3)] ?? 0;
}

/** The pieces of a line with the spaces between words, and a tab between cells. */
function writeLine(line: PdfLine): string {
	const { pieces, size } = line;
	let text = '';
	let reached = Number.NEGATIVE_INFINITY;
	for (const piece of pieces) {
		if (isNoteMark(piece, line, text)) continue;
		const gap = piece.left - reached;
		const isFirst = text === '';
		const hasSpace = /\s$/.test(text) || /^\s/.test(piece.text);
		if (!isFirst && gap > size * CELL_GAP) text = `${text.trimEnd()}\t${piece.text.trimStart()}`;
		else if (!isFirst && !hasSpace && gap > piece.size * WORD_GAP) text += ` ${piece.text}`;
		else text += piece.text;
		reached = Math.max(reached, piece.right);
	}
	return text.replace(/ {2,}/g, ' ').trim();
}

/**
 * The number of a note, small and raised behind a word or a figure. It is left out, as in other documents: in a
 * text, `83` with a note 48 would be 8 348. A square metre keeps its 2.
 */
function isNoteMark({ text, baseline, size }: PdfPiece, line: PdfLine, before: string): boolean {
	const isRaised = size <= line.size * 0.8 && baseline > line.baseline + line.size * 0.15;
	return isRaised && before !== '' && /^\s*\d{1,3}\s*$/.test(text) && !/\b[kcdm]?m$/.test(before);
}
