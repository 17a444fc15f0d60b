import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatChange, formatPoints, formatRate, ratio } from '#lib/domain/rate.ts';

const NOT_AVAILABLE = 'n.\u00A0d.';

describe('a rate', () => {
	it('is not available when there is nothing to divide by, and is never written 0', () => {
		expect(ratio(0n, 0n)).toBeNull();
		expect(ratio(5n, 0n)).toBeNull();
		expect(formatRate(null)).toBe(NOT_AVAILABLE);
		expect(formatPoints(null)).toBe(NOT_AVAILABLE);
		expect(formatChange(null)).toBe(NOT_AVAILABLE);
	});

	it('is zero when there is something to divide by and nothing was done', () => {
		expect(formatRate(ratio(0n, 5n))).toBe('0,0\u00A0%');
	});

	it('is computed from the cents, and rounded only when it is shown', () => {
		expect(ratio(5n, 7n)).toBe(5 / 7);
		fc.assert(
			fc.property(
				fc.bigInt({ min: 0n, max: 9_000_000_000_000_000n }),
				fc.bigInt({ min: 1n, max: 9_000_000_000_000_000n }),
				(numerator, denominator) => {
					expect(ratio(numerator, denominator)).toBe(Number(numerator) / Number(denominator));
				}
			)
		);
	});

	it('has one decimal, and is shown as it is above 100 %', () => {
		expect(formatRate(0.762)).toBe('76,2\u00A0%');
		expect(formatRate(1.2345)).toBe('123,5\u00A0%');
		expect(formatRate(12.345)).toBe('1\u202F234,5\u00A0%');
		expect(formatRate(ratio(247n, 2000n))).toBe('12,4\u00A0%');
		expect(formatRate(-0.05)).toBe('−\u00A05,0\u00A0%');
	});

	it('says gaps and changes with their sign, but zero without', () => {
		expect(formatPoints(4.24)).toBe('+\u00A04,2\u00A0pts');
		expect(formatPoints(-12)).toBe('−\u00A012,0\u00A0pts');
		expect(formatPoints(-1.2)).toBe('−\u00A01,2\u00A0pt');
		expect(formatPoints(-0.04)).toBe('0,0\u00A0pt');
		expect(formatChange(-0.101)).toBe('−\u00A010,1\u00A0%');
		expect(formatChange(0.04)).toBe('+\u00A04,0\u00A0%');
		expect(formatChange(0)).toBe('0,0\u00A0%');
	});
});
