import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import {
	describeViewpoint,
	knownOn,
	parseViewpoint,
	presetDays,
	viewpointParameters
} from '#lib/domain/viewpoint.ts';

const OPENING_DAY = day('2022-06-30');
const read = (search: string) => parseViewpoint(new URLSearchParams(search), OPENING_DAY);

describe('a viewpoint', () => {
	it('is the opening day with all that is known now, unless the address says otherwise', () => {
		expect(read('')).toEqual({
			viewpoint: { asOf: '2022-06-30', knownAt: null },
			notes: [],
			rejected: []
		});
		expect(read('au=&connu=')).toEqual(read(''));
	});

	it('takes a day, and what was known until the end of a Paris day', () => {
		expect(read('au=2021-12-31&connu=2022-01-15').viewpoint).toEqual({
			asOf: '2021-12-31',
			knownAt: new Date('2022-01-15T23:00:00.000Z')
		});
		expect(read('connu=2022-07-15').viewpoint.knownAt).toEqual(
			new Date('2022-07-15T22:00:00.000Z')
		);
	});

	it('falls back where a day cannot be read, and says which', () => {
		expect(read('au=2021-02-30&connu=hier')).toEqual({
			viewpoint: { asOf: '2022-06-30', knownAt: null },
			notes: [
				'La date demandée n’existe pas\u00a0: voici la situation au 30\u00a0juin 2022.',
				'La date de connaissance demandée n’existe pas\u00a0: voici les chiffres connus aujourd’hui.'
			],
			rejected: ['au', 'connu']
		});
	});

	it('is led back to by its parameters', () => {
		const anyDay = fc
			.date({ min: new Date('1980-01-01'), max: new Date('2400-12-31'), noInvalidDate: true })
			.map((date) => date.toISOString().slice(0, 10));
		fc.assert(
			fc.property(anyDay, anyDay, (asOf, known) => {
				const { viewpoint } = read(`au=${asOf}&connu=${known}`);
				expect(knownOn(viewpoint)).toBe(known);
				expect(read(viewpointParameters(viewpoint).toString()).viewpoint).toEqual(viewpoint);
			})
		);
		expect(viewpointParameters(read('').viewpoint).toString()).toBe(`au=${OPENING_DAY}`);
	});

	it('is said in French', () => {
		expect(describeViewpoint(read('').viewpoint)).toBe('Au 30\u00a0juin 2022');
		expect(describeViewpoint(read('connu=2022-07-01').viewpoint)).toBe(
			'Au 30\u00a0juin 2022, tel que connu le 1er\u00a0juillet 2022'
		);
	});

	it('can be chosen among the last two ends of year, the opening day and today', () => {
		const days = (openingDay: string, today: string) => presetDays(day(openingDay), day(today));
		expect(days('2022-06-30', '2026-11-21')).toEqual([
			'2020-12-31',
			'2021-12-31',
			'2022-06-30',
			'2026-11-21'
		]);
		expect(days('2026-11-21', '2026-11-21')).toEqual(['2024-12-31', '2025-12-31', '2026-11-21']);
	});
});
