import { describe, expect, it } from 'vitest';
import { amountsOf, countsOf, percentagesOf } from './read.ts';

describe('the end of a longer figure', () => {
	it.each([
		'99 999 999 999 999 999 999 999 €',
		'92 233 720 368 547 758 €',
		'1 234 567 890 123 456 €',
		'1.234.567.890.123.456 €',
		'1234 567 €',
		'12345 678 €',
		'1234 567 890 €',
		'123 4567 €',
		'12 5000 €',
		'1 20000 €',
		'1.234 567 €',
		'1 5 000 €',
		'2024 500 €'
	])('is no amount: %s', (written) => {
		expect(amountsOf(`Une aide de ${written} est attribuée.`)).toEqual([]);
	});

	it('is no count and no share', () => {
		expect(countsOf('soit 1234 567 logements et 12 5000 aides')).toEqual([]);
		expect(percentagesOf('un taux de 1234 567 %')).toEqual([]);
	});

	it.each([
		['en 2024 5 000 € sont versés', ['5 000 € = 500000']],
		['le solde de 1 234,50 300 € de frais', ['1 234,50 = 123450', '300 € = 30000']],
		['1 234 567 €', ['1 234 567 € = 123456700']],
		['999 999 999 €', ['999 999 999 € = 99999999900']]
	])('is not seen where the figure is whole: %s', (words, expected) => {
		expect(amountsOf(words)).toEqual(expected);
	});

	it('is not seen over the edge of a cell', () => {
		expect(amountsOf('Subvention\t1234\t567 €\t12\t5000 €')).toEqual([
			'567 € = 56700',
			'5000 € = 500000'
		]);
	});
});

describe('the lower end of a range that leaves its unit to the upper', () => {
	it.each([
		['de 250 à 300 000 €', ['300 000 € = 30000000 range']],
		['entre 250 et 300 000 €', ['300 000 € = 30000000 range']],
		['de 5 à 10 000 €', ['10 000 € = 1000000 range']],
		['de 250 à 300 €', ['250 = 25000 range', '300 € = 30000 range']],
		['de 500 à 1 000 €', ['500 = 50000 range', '1 000 € = 100000 range']],
		['de 250 000 à 300 000 €', ['250 000 = 25000000 range', '300 000 € = 30000000 range']],
		['de 250 € à 300 000 €', ['250 € = 25000 range', '300 000 € = 30000000 range']],
		['de 2 à 3 M€', ['2 = 200000000 range', '3 M€ = 300000000 range']]
	])('is silent where it may mean thousands: %s', (words, expected) => {
		expect(amountsOf(`une aide ${words} est attribuée`)).toEqual(expected);
	});
});

describe('shares in a row', () => {
	it('are the axis of a chart from five on, and no shares of anything', () => {
		expect(percentagesOf('une croissance 6.0% 4.0% 2.0% 0.0% -2.0% de 2019 à 2023')).toEqual([]);
		expect(percentagesOf('des parts de 60 % 40 %')).toHaveLength(2);
	});
});

it('a count ends before the next clause', () => {
	expect(countsOf('la création de 33 copropriétés autonomes Vu le code')).toEqual([
		'33 copropriétés autonomes'
	]);
});
