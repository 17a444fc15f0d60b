import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEuros, formatEurosShort, cents } from '#lib/domain/money.ts';
import { writtenPrecision } from '#lib/domain/precision.ts';

/** `15200000.00 ± 50000.00` in euro for an amount, `52 ± 0.5` for the rest. */
function read(quote: string): string {
	const figure = writtenPrecision(quote);
	if (!figure) return 'none';
	return figure.kind === 'amount'
		? `${figure.valueCents} ± ${figure.precisionCents} cents`
		: `${figure.kind} ${figure.value} ± ${figure.precision}`;
}

describe('the written precision', () => {
	it.each([
		['15,2 M€', '1520000000 ± 5000000 cents'],
		['30 M€', '3000000000 ± 50000000 cents'],
		['4,25 M€', '425000000 ± 500000 cents'],
		['80 k€', '8000000 ± 50000 cents'],
		['2,1 Md€', '210000000000 ± 5000000000 cents'],
		['15 millions d’euros', '1500000000 ± 50000000 cents'],
		["1 million d'euros", '100000000 ± 50000000 cents']
	])('of %s is half of the last digit written: %s', (quote, expected) => {
		expect(read(quote)).toBe(expected);
	});

	it.each([
		['236 000 €', '23600000 ± 50 cents'],
		['494 000 €', '49400000 ± 50 cents'],
		['494\u202F000\u00A0€', '49400000 ± 50 cents'],
		['23000 euros', '2300000 ± 50 cents']
	])('of %s, written in full, is to the euro whatever its zeros: %s', (quote, expected) => {
		expect(read(quote)).toBe(expected);
	});

	it('of an amount written to the cent is exact', () => {
		expect(read('163 055,63 €')).toBe('16305563 ± 0 cents');
	});

	it.each([
		['9 363', 'count 9363 ± 0.5'],
		['2 072 garanties VISALE', 'count 2072 ± 0.5'],
		['52%', 'percentage 52 ± 0.5'],
		['7 %', 'percentage 7 ± 0.5'],
		['52,5 %', 'percentage 52.5 ± 0.05']
	])('of %s is %s', (quote, expected) => {
		expect(read(quote)).toBe(expected);
	});

	it('is read in a passage that holds one figure, and keeps it as it is printed', () => {
		const quote = "15 M€ au titre de l'accompagnement du parcours résidentiel";
		expect(writtenPrecision(quote)).toEqual({
			kind: 'amount',
			written: '15\u00A0M€',
			valueCents: 1_500_000_000n,
			precisionCents: 50_000_000n
		});
	});

	it.each([
		'',
		'Logement d’abord',
		'9 363 aides pour un montant de 15,2 M€',
		'la période 2017-2019',
		'12,345 €',
		'1.234,50 €',
		'99 999 999 999 Md€'
	])('is none in %j', (quote) => {
		expect(read(quote)).toBe('none');
	});

	it('always leaves room for the amount that was written in short', () => {
		const anyCents = fc.bigInt({ min: 0n, max: 10n ** 15n }).map((value) => cents(value));
		fc.assert(
			fc.property(anyCents, (amount) => {
				for (const written of [formatEuros(amount), formatEurosShort(amount)]) {
					const figure = writtenPrecision(written);
					if (figure?.kind !== 'amount') throw new Error(written);
					const away = Number(amount - figure.valueCents);
					expect(Math.abs(away)).toBeLessThanOrEqual(Number(figure.precisionCents));
				}
			})
		);
	});

	it('never makes the program fail, whatever is quoted', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary-ascii' }), (quote) => void writtenPrecision(quote))
		);
	});
});
