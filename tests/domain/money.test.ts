import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	allocate,
	cents,
	formatEuros,
	formatEurosShort,
	LARGEST_CENTS,
	parseEuros,
	sumCents,
	toDecimal,
	type Cents
} from '#lib/domain/money.ts';

const anyCents = fc
	.bigInt({ min: -LARGEST_CENTS, max: LARGEST_CENTS })
	.map((value) => cents(value));
const spaces = fc.constantFrom(' ', '\u00A0', '\u202F', '\u2009', '\t');

/** Half of the last digit that a short form shows. */
const openness = (short: string): bigint => {
	const unit = { Md: 100_000_000_000n, M: 100_000_000n, k: 100_000n }[
		/(Md|M|k)?€$/.exec(short)?.[1] ?? ''
	];
	return unit === undefined ? 0n : unit / 20n;
};

const readCents = (text: string): Cents => {
	const parsed = parseEuros(text);
	if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
	return parsed.cents;
};

describe('an amount', () => {
	it('is whole cents, up to 90 000 milliards d’euros', () => {
		expect(cents('1250')).toBe(1250n);
		expect(cents(-1250)).toBe(-1250n);
		expect(cents(LARGEST_CENTS)).toBe(9_000_000_000_000_000n);
		for (const wrong of [1.5, '12.5', '', ' 1', '1e3', LARGEST_CENTS + 1n, Number.NaN]) {
			expect(() => cents(wrong), String(wrong)).toThrow(RangeError);
		}
	});

	it('is written in French, with cents only where there are some', () => {
		expect(formatEuros(cents(1_500_000_000))).toBe('15\u202F000\u202F000\u00A0€');
		expect(formatEuros(cents(123_456_750))).toBe('1\u202F234\u202F567,50\u00A0€');
		expect(formatEuros(cents(5))).toBe('0,05\u00A0€');
		expect(formatEuros(cents(-123_400))).toBe('−\u00A01\u202F234\u00A0€');
		expect(formatEuros(cents(0))).toBe('0\u00A0€');
	});

	it.each([
		[3_000_000_000, '30 M€'],
		[3_098_800_000, '31,0 M€'],
		[120_000_000, '1,2 M€'],
		[210_000_000_000, '2,1 Md€'],
		[35_000_000, '350 k€'],
		[99_994_999, '999,9 k€'],
		[99_995_000, '1,0 M€'],
		[99_995_000_000, '1,0 Md€'],
		[99_999, '999,99 €'],
		[-120_000_000, '− 1,2 M€'],
		[0, '0 €']
	])('of %d cents is %s in short', (value, short) => {
		expect(formatEurosShort(cents(value)).replaceAll('\u00A0', ' ')).toBe(short);
	});

	it('is read back as it was written in full, whatever the kind of spaces', () => {
		fc.assert(
			fc.property(anyCents, spaces, (amount, space) => {
				const written = formatEuros(amount).replaceAll(/[\u00A0\u202F]/gu, space);
				expect(readCents(written)).toBe(amount);
			})
		);
	});

	it('is read back from its decimal form', () => {
		fc.assert(
			fc.property(anyCents, (amount) => {
				expect(toDecimal(amount)).toMatch(/^-?\d+\.\d{2}$/);
				expect(readCents(toDecimal(amount))).toBe(amount);
			})
		);
		expect(toDecimal(cents(1_500_000_000))).toBe('15000000.00');
	});

	it('is read back from its short form within half of the last digit shown', () => {
		fc.assert(
			fc.property(anyCents, (amount) => {
				const short = formatEurosShort(amount);
				if (amount > LARGEST_CENTS - 10n ** 10n || amount < -LARGEST_CENTS + 10n ** 10n) return;
				const difference = readCents(short) - amount;
				expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(openness(short));
			})
		);
	});
});

describe('an amount that somebody types', () => {
	it.each([
		['1234,5', 123_450],
		['1 234,50 €', 123_450],
		['163 055,63€', 16_305_563],
		['100000 €', 10_000_000],
		['885 636.60', 88_563_660],
		['30 M€', 3_000_000_000],
		['15,2 M€', 1_520_000_000],
		['1,234 M€', 123_400_000],
		['80 k€', 8_000_000],
		['2,1 Md€', 210_000_000_000],
		['12 euros', 1_200],
		['− 12', -1_200],
		['-12,05', -1_205],
		['  7  ', 700],
		['0', 0]
	])('%s is %d cents', (text, value) => {
		expect(readCents(text)).toBe(BigInt(value));
	});

	it.each([
		'',
		'   ',
		'1.234,50',
		'1,234.50',
		'248.406,23',
		'12,345',
		'12.345',
		'1.234 M€',
		'1 23',
		'1 2345',
		'12 34,50',
		'trente millions',
		'30 millions',
		'1 €/habitant',
		'12 13',
		'--1',
		'1e6',
		'NaN',
		'٣',
		'90 000 000 000 000,01',
		'9'.repeat(400)
	])('%j is refused, with an example of how to write it', (text) => {
		expect(parseEuros(text)).toEqual({
			ok: false,
			message: expect.stringMatching(/par exemple 1\u202F234,50\.$/)
		});
	});

	it('never makes the program fail, whatever it is', () => {
		fc.assert(fc.property(fc.string(), (text) => void parseEuros(text)));
		fc.assert(
			fc.property(
				fc
					.array(fc.constantFrom(...'-− 0123456789.,k M€'), { maxLength: 30 })
					.map((characters) => characters.join('')),
				(text) => void parseEuros(text)
			)
		);
	});

	it('of up to 90 000 milliards is taken, and not a cent more', () => {
		expect(readCents('90 000 000 000 000')).toBe(LARGEST_CENTS);
		expect(readCents('− 90 000 Md€')).toBe(-LARGEST_CENTS);
		expect(parseEuros('90 000 000 000 000,01').ok).toBe(false);
	});
});

describe('an amount that is shared', () => {
	const weights = fc
		.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 40 })
		.filter((list) => list.some((weight) => weight > 0n));

	it('keeps its sum to the cent', () => {
		fc.assert(
			fc.property(anyCents, weights, (total, list) => {
				expect(sumCents(allocate(total, list))).toBe(total);
			})
		);
	});

	it('gives each its exact share, less than a cent away', () => {
		fc.assert(
			fc.property(anyCents, weights, (total, list) => {
				const all = list.reduce((sum, weight) => sum + weight, 0n);
				allocate(total, list).forEach((share, index) => {
					const away = share * all - total * (list[index] ?? 0n);
					expect(away < all && away > -all).toBe(true);
				});
			})
		);
	});

	it('gives nothing to what weighs nothing', () => {
		fc.assert(
			fc.property(anyCents, weights, (total, list) => {
				const shares = allocate(total, list);
				expect(shares.filter((share, index) => list[index] === 0n && share !== 0n)).toEqual([]);
			})
		);
	});

	it('gives the cents that are left over from the front', () => {
		expect(allocate(cents(100), [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
		expect(allocate(cents(-100), [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
		expect(allocate(cents(5), [0n, 1n, 1n])).toEqual([0n, 3n, 2n]);
	});

	it('refuses weights that are negative, all zero, or missing', () => {
		for (const wrong of [[], [0n, 0n], [1n, -1n]]) {
			expect(() => allocate(cents(1), wrong)).toThrow(RangeError);
		}
	});
});
