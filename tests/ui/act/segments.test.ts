import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPieces, textOf, type CitedSpan, type Piece } from '#lib/ui/act/segments.ts';

const whole = (text: string) => ({ start: 0, end: text.length });

const cite = (id: string, startOffset: number, endOffset: number): CitedSpan => ({
	id,
	startOffset,
	endOffset
});

/** Marks as brackets with their name, `<` where a citation does not begin and `>` where it does not end. */
const written = (pieces: readonly Piece[]): string =>
	pieces
		.map((piece) => {
			if (piece.kind !== 'mark') return piece.text;
			const { id, opens, closes, pieces: held } = piece;
			return `${opens ? '[' : '<'}${id}:${written(held)}${closes ? ']' : '>'}`;
		})
		.join('');

const pieces = (text: string, ...citations: CitedSpan[]) =>
	written(buildPieces(text, citations, whole(text)));

describe('the pieces of an act', () => {
	it('are the text again, sign by sign, whatever the citations', () => {
		const text = fc.string({
			unit: fc.constantFrom('a', ' ', '*', '**', '\n', '\t', 'é', '€', '😀')
		});
		const offset = fc.integer({ min: -3, max: 40 });
		const spans = fc.array(fc.tuple(offset, offset));
		fc.assert(
			fc.property(text, spans, (act, offsets) => {
				const citations = offsets.map(([start, end], index) => cite(`c${index}`, start, end));
				expect(textOf(buildPieces(act, citations, whole(act)))).toBe(act);
			})
		);
	});

	it('open and close every citation once', () => {
		const offset = fc.integer({ min: 0, max: 20 });
		fc.assert(
			fc.property(fc.array(fc.tuple(offset, offset), { maxLength: 6 }), (offsets) => {
				const act = 'Vingt-et-un caractères';
				const citations = offsets.map(([start, end], index) => cite(`c${index}`, start, end));
				const drawn = pieces(act, ...citations);
				for (const { id, startOffset, endOffset } of citations) {
					const times = startOffset < endOffset ? 1 : 0;
					expect(drawn.split(`[${id}:`).length - 1).toBe(times);
				}
				expect(drawn.split(']').length).toBe(drawn.split('[').length);
			})
		);
	});

	it('put a citation inside another into its mark', () => {
		expect(pieces('30 M€ dont 15 M€.', cite('all', 0, 16), cite('part', 11, 16))).toBe(
			'[all:30 M€ dont [part:15 M€]].'
		);
	});

	it('cut a citation where it reaches out of another', () => {
		expect(pieces('abcdef', cite('one', 0, 4), cite('two', 2, 6))).toBe('[one:ab[two:cd>]<two:ef]');
	});

	it('nest two citations of the same words', () => {
		expect(pieces('abc', cite('one', 0, 3), cite('two', 0, 3))).toBe('[one:[two:abc]]');
	});

	it('leave out what is empty or outside of the text, and clip what reaches over its end', () => {
		expect(pieces('abc', cite('none', 2, 2), cite('back', 3, 1), cite('far', 9, 12))).toBe('abc');
		expect(pieces('abc', cite('over', -2, 99))).toBe('[over:abc]');
	});

	it('keep the stars of the transcription, and know what stands between them', () => {
		expect(buildPieces('- **d’approuver** l’avenant', [], { start: 0, end: 27 })).toEqual([
			{ kind: 'text', text: '- ', strong: false },
			{ kind: 'sign', text: '**' },
			{ kind: 'text', text: 'd’approuver', strong: true },
			{ kind: 'sign', text: '**' },
			{ kind: 'text', text: ' l’avenant', strong: false }
		]);
	});
});
