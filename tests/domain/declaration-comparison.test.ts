import { describe, expect, it } from 'vitest';
import { describeChange, medianCents } from '#lib/domain/declaration-comparison.ts';
import { day } from '#lib/domain/day.ts';
import { describeElapsed } from '#lib/domain/elapsed.ts';
import { cents } from '#lib/domain/money.ts';
import { plain } from './words.ts';

describe('the usual amount', () => {
	it.each([
		[[], null],
		[[700n], 700n],
		[[100n, 900n], 500n],
		[[900n, 100n, 300n], 300n],
		[[-200n, 100n, 300n, 10_000n], 200n]
	])('of %s is %s', (amounts, median) => {
		expect(medianCents(amounts.map(cents))).toBe(median);
	});
});

describe('the change from one period to another', () => {
	it.each([
		[24_100_00n, 21_400_00n, '+ 2 700 € (+ 12,6 %)'],
		[21_400_00n, 24_100_00n, '- 2 700 € (- 11,2 %)'],
		[21_400_00n, 21_400_00n, 'sans changement'],
		[21_400_00n, 0n, '+ 21 400 €'],
		[21_400_00n, -100n, '+ 21 401 €']
	])('%s after %s is %s', (now, before, words) => {
		expect(plain(describeChange(cents(now), cents(before)) ?? '')).toBe(words);
	});

	it('is unknown where one of the two is: it is not zero', () => {
		expect(describeChange(null, cents(100n))).toBeNull();
		expect(describeChange(cents(100n), null)).toBeNull();
	});
});

describe('how long ago something was', () => {
	it.each([
		['2022-06-30', 'aujourd’hui'],
		['2022-06-29', 'hier'],
		['2022-06-27', 'il y a 3 jours'],
		['2022-05-01', 'il y a 60 jours'],
		['2022-04-30', 'le 30 avril 2022'],
		['2022-07-01', 'le 1er juillet 2022']
	])('%s, seen on 30 June 2022, is %s', (then, words) => {
		expect(plain(describeElapsed(day(then), day('2022-06-30')))).toBe(words);
	});
});
