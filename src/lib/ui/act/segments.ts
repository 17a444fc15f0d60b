/** A span of the text of an act. Offsets count UTF-16 units, the end excluded. */
export type CitedSpan = { id: string; startOffset: number; endOffset: number };

/** A stretch of text, a sign of the transcription (`**`), or a cited span with what it holds. */
export type Piece =
	| { kind: 'text'; text: string; strong: boolean }
	| { kind: 'sign'; text: string }
	| {
			kind: 'mark';
			id: string;
			/** Whether the citation begins here, and ends here: one that is cut has several marks. */
			opens: boolean;
			closes: boolean;
			pieces: Piece[];
	  };

/** The text between two line ends or tabs; the sign that ends it is its last character. */
export type Cell = { start: number; end: number };

type Span = Cell & { id: string; opens: boolean; closes: boolean };

/**
 * The pieces of a part of a text, in order: put together they are that text again, sign by sign,
 * whatever the citations. A citation inside another becomes a mark inside a mark; one that reaches
 * out of another is cut there and goes on after it. Spans that are empty or outside are left out.
 */
export function buildPieces(
	text: string,
	citations: readonly CitedSpan[],
	cell: Cell,
	strong: (offset: number) => boolean = findStrong(text)
): Piece[] {
	const spans = citations.flatMap(({ id, startOffset, endOffset }) => {
		const [from, to] = [Math.max(0, startOffset), Math.min(text.length, endOffset)];
		const [start, end] = [Math.max(from, cell.start), Math.min(to, cell.end)];
		return start < end ? [{ id, start, end, opens: start === from, closes: end === to }] : [];
	});

	function build({ start, end }: Cell, inside: readonly Span[]): Piece[] {
		const [first, ...others] = [...inside].sort(outermostFirst);
		if (!first) return plain(start, end);
		const within = others.filter((span) => span.start < first.end);
		const cut = within.filter((span) => span.end > first.end);
		const after = [
			...others.filter((span) => span.start >= first.end),
			...cut.map((span) => ({ ...span, start: first.end, opens: false }))
		];
		const held = within.map((span) =>
			span.end > first.end ? { ...span, end: first.end, closes: false } : span
		);
		const { id, opens, closes } = first;
		return [
			...plain(start, first.start),
			{ kind: 'mark', id, opens, closes, pieces: build(first, held) },
			...build({ start: first.end, end }, after)
		];
	}

	function plain(start: number, end: number): Piece[] {
		const parts = text.slice(start, end).split(/(\*\*)/);
		let at = start;
		return parts.flatMap((part): Piece[] => {
			const from = at;
			at += part.length;
			if (part === '') return [];
			return part === '**'
				? [{ kind: 'sign', text: part }]
				: [{ kind: 'text', text: part, strong: strong(from) }];
		});
	}

	return build(cell, spans);
}

/** The text of pieces, as it was. */
export const textOf = (pieces: readonly Piece[]): string =>
	pieces.map((piece) => (piece.kind === 'mark' ? textOf(piece.pieces) : piece.text)).join('');

const outermostFirst = (left: Span, right: Span): number =>
	left.start - right.start || right.end - left.end;

/** Tells whether an offset stands between two `**`: transcriptions write bold so, over several lines at times. */
export function findStrong(text: string): (offset: number) => boolean {
	const signs = [...text.matchAll(/\*\*/g)].map(({ index }) => index);
	return (offset) => signs.filter((sign) => sign < offset).length % 2 === 1;
}
