import { describe, expect, it } from 'vitest';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { formatCount, formatMagnitude, plural, roundHalfUp } from '#lib/domain/numeral.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';

describe('a number in French', () => {
	it.each([
		[0, '0'],
		[391, '391'],
		[9_363, '9\u202F363'],
		[1_234_567n, '1\u202F234\u202F567'],
		[-1_200, '−\u00A01\u202F200'],
		[52.5, '52,5'],
		[1_234.5678, '1\u202F234,5678']
	])('%s is %s', (count, written) => {
		expect(formatCount(count)).toBe(written);
	});

	it('is rounded half up, as on paper', () => {
		expect([12.35, 0.05, 2.5, 2.4, 1.005].map((value) => roundHalfUp(value, 1))).toEqual([
			12.4, 0.1, 2.5, 2.4, 1
		]);
		expect(formatMagnitude(-1_234.95, 1)).toBe('1\u202F235,0');
		expect(formatMagnitude(12.5, 0)).toBe('13');
	});

	it('takes the singular below two', () => {
		const written = [0, 1, 1.5, -1.9, 2, -2, 12].map((count) => plural(count, 'jour'));
		expect(written).toEqual(['jour', 'jour', 'jour', 'jour', 'jours', 'jours', 'jours']);
		expect(plural(3, 'social', 'sociaux')).toBe('sociaux');
	});
});

describe('a sentence', () => {
	it('breaks no line before high punctuation, nor inside « »', () => {
		expect(typeset('Le passage « 30 M€ » : oui ; non ! quoi ?')).toBe(
			'Le passage «\u00A030 M€\u00A0»\u00A0: oui\u00A0; non\u00A0! quoi\u00A0?'
		);
	});
});

describe('an identifier', () => {
	it('is a UUID and nothing around it', () => {
		expect(isIdentifier('0b8f7d3e-93c2-4a64-9d9c-3a1f5a0c6f11')).toBe(true);
		const wrong = [
			'',
			'12',
			'0b8f7d3e93c24a649d9c3a1f5a0c6f11',
			' 0b8f7d3e-93c2-4a64-9d9c-3a1f5a0c6f11'
		];
		expect(wrong.filter(isIdentifier)).toEqual([]);
		expect(isIdentifier('0b8f7d3e-93c2-4a64-9d9c-3a1f5a0c6f11\n')).toBe(false);
	});
});

describe('a refusal', () => {
	it('is invalid and of no field, unless it says otherwise', () => {
		expect({ ...new Refusal('Non.') }).toMatchObject({ field: null, kind: 'invalid' });
		const refusal = new Refusal('Trop tard.', { field: 'amount', kind: 'conflict' });
		expect([refusal.message, refusal.field, refusal.kind]).toEqual([
			'Trop tard.',
			'amount',
			'conflict'
		]);
		expect(refusal).toBeInstanceOf(Error);
	});
});
