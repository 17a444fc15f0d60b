import { expect, it } from 'vitest';
import { describeCount, groupCounts, type NamedCount } from '#lib/domain/declared-count.ts';
import { plain } from './words.ts';

const count = (number: number, given: Partial<NamedCount> = {}): NamedCount => ({
	indicator: 'Logements',
	product: null,
	stage: null,
	commune: null,
	number,
	...given
});

it('names what is counted with its dimensions', () => {
	expect(describeCount(count(1, { indicator: 'Mobilité : aides' }))).toBe('Mobilité : aides');
	expect(describeCount(count(1, { product: 'PLAI', stage: 'approved', commune: 'Chenôve' }))).toBe(
		'logements agréés PLAI (Chenôve)'
	);
});

it('keeps stages apart, and the products of a stage together', () => {
	const groups = groupCounts([
		count(12, { product: 'PLAI', stage: 'approved' }),
		count(1200, { product: 'PLUS', stage: 'approved', commune: 'Chenôve' }),
		count(3, { product: 'PLAI', stage: 'delivered' })
	]);
	expect(groups.map(({ label, value }) => `${label} : ${plain(value)}`)).toEqual([
		'logements agréés : 12 PLAI, 1 200 PLUS (Chenôve)',
		'logements livrés : 3 PLAI'
	]);
	expect(
		groups.every(({ number }) => number === null),
		'nothing is added'
	).toBe(true);
});

it('does not say again what the row says', () => {
	const named = (indicator: string, row: string) =>
		groupCounts([count(143, { indicator })], row).map(({ label, value }) => [value, label]);
	expect(named('Mobilité : aides', 'Mobilité')).toEqual([['143', 'aides']]);
	expect(named('Garanties VISALE', 'Garanties VISALE')).toEqual([['143', '']]);
	expect(named('Ménages logés', 'Mobilité')).toEqual([['143', 'Ménages logés']]);
});
