import { describe, expect, it } from 'vitest';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import type { PlannedEnvelope, PlannedProgramme, SumGiven } from '#lib/domain/act/plan/plan.ts';
import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import { checkYearly } from '#lib/domain/act/plan/review/yearly-problems.ts';
import { UNTOUCHED_BOOKS } from '#lib/domain/act/plan/touched-books.ts';
import { day } from '#lib/domain/day.ts';

const KNOWN = {
	id: 'known',
	label: 'Accompagnement',
	startsOn: day('2023-01-01'),
	endsOn: day('2025-12-31')
};

const passage = (key: string, per: string | null) =>
	({
		key,
		quote: `une enveloppe de 494 000 € (${key})`,
		value: {
			type: 'amount',
			cents: '49400000',
			precisionCents: '50',
			kind: 'amount',
			per,
			formula: null
		}
	}) as PlanPassage;

const ACT = {
	sittingOn: day('2024-03-12'),
	passages: new Map([
		['yearly', passage('yearly', 'year')],
		['again', passage('again', 'year')],
		['once', passage('once', null)]
	]),
	books: { ...UNTOUCHED_BOOKS, programme: { envelopes: [KNOWN] } }
} as unknown as ActUnderReview;

/** What is said of an envelope whose rows are booked in these years, each on its passage. */
const said = (of: object, ...rows: [number, string?][]): string[] =>
	checkYearly(ACT, {
		envelopes: [
			{
				key: 'e',
				of,
				passage: 'yearly',
				allocations: rows.map(([fiscalYear, own]) => ({
					fiscalYear,
					label: 'x',
					passage: own ?? null
				}))
			} as unknown as PlannedEnvelope
		]
	} as unknown as PlannedProgramme).map(
		({ level, name, message }) => `${level} ${name}: ${message.replace(/[\u00a0\u202f]/g, ' ')}`
	);

const opened = (startsOn: string, endsOn: string) => ({
	kind: 'new',
	label: 'Logement',
	startsOn: day(startsOn),
	endsOn: day(endsOn)
});

const changed = (gives: SumGiven, endsOn: string | null = null) => ({
	kind: 'existing',
	envelopeId: 'known',
	gives,
	endsOn: endsOn === null ? null : day(endsOn)
});

describe('a sum for each year, in a new envelope', () => {
	it.each([
		['two calendar years', '2021-01-01', '2022-12-31'],
		['two years begun in a sitting', '2021-09-30', '2022-12-31'],
		['two school years', '2021-09-01', '2023-08-31']
	])('is booked once for each of them without a word: %s', (_, from, to) => {
		expect(said(opened(from, to), [2021], [2022])).toEqual([]);
	});

	it('is not booked for years that the envelope has no days for', () => {
		expect(
			said(opened('2024-01-01', '2025-12-31'), [2024], [2025], [2026], [2027], [2028])
		).toEqual([
			'confirm envelope-e-yearly-more-2024-2025-2026-2027-2028: L’enveloppe « Logement » va du 1er janvier 2024 au 31 décembre 2025, soit 2 ans, mais compte « une enveloppe de 494 000 € (yearly) », que l’acte écrit par an, pour 5 ans : 2024, 2025, 2026, 2027, 2028.'
		]);
		expect(said(opened('2024-09-01', '2025-08-31'), [2024], [2025])).toHaveLength(1);
	});

	it('is not booked once for several years', () => {
		expect(said(opened('2024-01-01', '2025-12-31'), [2024])).toEqual([
			'confirm envelope-e-yearly-fewer-2024: L’enveloppe « Logement » va du 1er janvier 2024 au 31 décembre 2025, soit 2 ans, mais ne compte « une enveloppe de 494 000 € (yearly) », que l’acte écrit par an, que pour 1 an : 2024.'
		]);
		expect(said(opened('2024-01-01', '2024-12-31'), [2024])).toEqual([]);
	});

	it('may stand on another passage in each year', () => {
		expect(said(opened('2024-01-01', '2025-12-31'), [2024], [2025, 'again'])).toEqual([]);
	});

	it('is not asked about where the act writes one sum', () => {
		expect(said(opened('2024-01-01', '2025-12-31'), [2024, 'once'])).toEqual([]);
	});
});

describe('a sum for each year, in an amendment', () => {
	it('is not the whole of several years', () => {
		expect(said(changed('sum'), [2024])).toEqual([
			'confirm envelope-e-yearly-whole: L’enveloppe « Accompagnement » va du 1er janvier 2023 au 31 décembre 2025, soit 3 ans, et prend « une enveloppe de 494 000 € (yearly) », que l’acte écrit par an, pour sa nouvelle somme totale.'
		]);
	});

	it('is that of all years, of those that are left, or of those that are added', () => {
		expect(said(changed('sum_of_year'), [2023], [2024], [2025])).toEqual([]);
		expect(said(changed('sum_of_year'), [2024], [2025])).toEqual([]);
		expect(said(changed('increase', '2026-12-31'), [2026])).toEqual([]);
	});

	it('is asked about for any other number of years', () => {
		expect(said(changed('increase'), [2025])).toHaveLength(1);
		expect(said(changed('increase'), [2024], [2025], [2026], [2027])).toHaveLength(1);
	});
});
