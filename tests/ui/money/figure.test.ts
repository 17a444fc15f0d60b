import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { figureHref } from '#lib/ui/money/figure.ts';

describe('the address of “D’où vient ce chiffre ?”', () => {
	it('names the figure, the envelope and the two dates', () => {
		const source = { envelope: 'e1', asOf: day('2022-06-30'), knownOn: day('2022-07-15') };
		expect(figureHref('verse', source)).toBe(
			'/chiffres/verse?enveloppe=e1&au=2022-06-30&connu=2022-07-15'
		);
	});

	it('leaves out what is not said', () => {
		expect(figureHref('promis', { programme: undefined, knownOn: null })).toBe('/chiffres/promis');
	});
});
