import type { PdfLine } from './pdf-lines.ts';

/** So many lines one below the other with the same empty strip between them are two columns. */
const FEWEST_LINES = 6;
/** The strip, in points. */
const STRIP_WIDTH = 8;
/** Lines of a text fill their column; cells of a table do not. */
const FILLED = 0.6;

/** The lines of a page in the order in which they are read: of two columns side by side, the left one first. */
export function findColumns(lines: readonly PdfLine[]): PdfLine[] {
	const left = Math.min(...lines.flatMap(({ pieces }) => pieces.map((piece) => piece.left)));
	const right = Math.max(...lines.flatMap(({ pieces }) => pieces.map((piece) => piece.right)));
	for (let index = 0; index < lines.length; index += 1) {
		const found = findStrip(lines, index, { left, right });
		if (!found) continue;
		const inColumns = lines.slice(index, found.end);
		return [
			...lines.slice(0, index),
			...inColumns.flatMap((line) => halfOf(line, (piece) => piece.right <= found.x)),
			...inColumns.flatMap((line) => halfOf(line, (piece) => piece.left >= found.x)),
			...findColumns(lines.slice(found.end))
		];
	}
	return [...lines];
}

type Edges = { left: number; right: number };
type Strip = { x: number; end: number };

/** An empty strip that begins at this line, somewhere in the middle, and how far down it goes. */
function findStrip(lines: readonly PdfLine[], start: number, edges: Edges): Strip | null {
	const first = lines[start];
	if (!first) return null;
	for (const x of gapsOf(first, edges)) {
		let end = start;
		while (end < lines.length && isFreeAt(lines[end], x)) end += 1;
		const run = lines.slice(start, end);
		if (run.length >= FEWEST_LINES && isProse(run, x, edges)) return { x, end };
	}
	return null;
}

/** Where a line leaves an empty strip in the middle of the page. */
function gapsOf({ pieces }: PdfLine, { left, right }: Edges): number[] {
	const width = right - left;
	return pieces.slice(1).flatMap((piece, index) => {
		const before = pieces[index]?.right ?? piece.left;
		const x = (before + piece.left) / 2;
		const isMiddle = x > left + width * 0.3 && x < left + width * 0.7;
		return piece.left - before >= STRIP_WIDTH && isMiddle ? [piece.left - STRIP_WIDTH / 2] : [];
	});
}

const isFreeAt = (line: PdfLine | undefined, x: number): boolean =>
	line !== undefined &&
	line.pieces.every(
		({ left, right }) => right <= x - STRIP_WIDTH / 2 + 0.5 || left >= x + STRIP_WIDTH / 2 - 0.5
	);

/** Most lines on either side go nearly from edge to edge of their column. */
function isProse(run: readonly PdfLine[], x: number, { left, right }: Edges): boolean {
	const fill = (from: number, to: number, isIn: (piece: PdfLine['pieces'][number]) => boolean) => {
		const filled = run.map((line) => {
			const own = line.pieces.filter(isIn);
			return own.reduce((sum, piece) => sum + piece.right - piece.left, 0) / (to - from);
		});
		const full = filled.filter((share) => share >= FILLED).length;
		return (
			full >= FEWEST_LINES * 0.6 && full >= filled.filter((share) => share > 0).length * FILLED
		);
	};
	return fill(left, x, (piece) => piece.right <= x) && fill(x, right, (piece) => piece.left >= x);
}

function halfOf(line: PdfLine, isIn: (piece: PdfLine['pieces'][number]) => boolean): PdfLine[] {
	const pieces = line.pieces.filter(isIn);
	if (pieces.length === 0) return [];
	return [{ ...line, pieces }];
}
