import { describe, expect, it } from 'vitest';
import { passageAround } from '#lib/domain/act/passage.ts';

const TEXT = [
	'DECIDE :',
	'- **d’approuver** le versement de 494 000 € par l’État ;',
	' - o par la mobilisation',
	'dernière ligne'
].join('\n');

function around(quote: string) {
	const start = TEXT.indexOf(quote);
	return passageAround(TEXT, start, start + quote.length);
}

describe('the passage around a span', () => {
	it('is its paragraph, without the mark of a list and of bold', () => {
		expect(around('494 000 €')).toEqual({
			before: 'd’approuver le versement de ',
			quote: '494 000 €',
			after: ' par l’État ;'
		});
	});

	it('ends with the text where no line follows, and begins with it on the first', () => {
		expect(around('ligne')).toEqual({ before: 'dernière ', quote: 'ligne', after: '' });
		expect(around('DECIDE')).toEqual({ before: '', quote: 'DECIDE', after: ' :' });
	});
});
