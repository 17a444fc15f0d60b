import { describe, expect, it } from 'vitest';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import type { PlannedEnvelope, SumGiven } from '#lib/domain/act/plan/plan.ts';
import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import { checkYears } from '#lib/domain/act/plan/review/year-problems.ts';
import { UNTOUCHED_BOOKS, type TouchedEnvelope } from '#lib/domain/act/plan/touched-books.ts';
import { onPlan } from '#lib/domain/act/plan/review/problem.ts';
import { day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';

const allocated = (fiscalYear: number, amount: bigint) => ({
	fiscalYear,
	effectiveOn: day('2024-03-12'),
	amountCents: cents(amount)
});

const BEFORE = {
	id: 'grant',
	startsOn: day('2024-01-01'),
	endsOn: day('2025-12-31'),
	promisedCents: cents(60_000_000n),
	allocations: [allocated(2024, 30_000_000n), allocated(2025, 30_000_000n)]
} as unknown as TouchedEnvelope;

const passage = (key: string, sum: string) =>
	({
		key,
		value: {
			type: 'amount',
			cents: sum,
			precisionCents: '50',
			kind: 'amount',
			per: null,
			formula: null
		}
	}) as PlanPassage;

/** What is said against an amendment of 300 000 € for 2024 and as much for 2025. */
function said(gives: SumGiven, rows: [number, string][], closedYears: number[] = []): string[] {
	const act = {
		sittingOn: day('2024-03-12'),
		passages: new Map([
			['200', passage('200', '20000000')],
			['90', passage('90', '9000000')]
		]),
		books: { ...UNTOUCHED_BOOKS, closedYears, programme: { envelopes: [BEFORE] } }
	} as unknown as ActUnderReview;
	const envelope = {
		key: 'grant',
		of: { kind: 'existing', envelopeId: 'grant', endsOn: null, gives },
		passage: null,
		allocations: rows.map(([fiscalYear, of]) => ({ fiscalYear, label: 'Avenant', passage: of }))
	} as unknown as PlannedEnvelope;
	return checkYears(act, envelope, 'L’enveloppe', onPlan('envelopes')).map(
		({ level, name }) => `${level} ${name}`
	);
}

describe('the years of an amendment', () => {
	it('are fine within the envelope', () => {
		expect(said('sum_of_year', [[2025, '200']])).toEqual([]);
		expect(said('decrease', [[2024, '200']])).toEqual([]);
	});

	it('have one new sum each: a second would be compared with the same sum before', () => {
		expect(
			said('sum_of_year', [
				[2025, '200'],
				[2025, '90']
			])
		).toEqual(['block envelope-grant-year-twice-2025', 'block envelope-grant-below-2025']);
		expect(
			said('increase', [
				[2025, '200'],
				[2025, '90']
			])
		).toEqual([]);
	});

	it('give no more than they have', () => {
		expect(
			said('decrease', [
				[2025, '200'],
				[2025, '90']
			])
		).toEqual([]);
		expect(said('sum', [[2025, '200']])).toEqual(['block envelope-grant-below-2025']);
	});

	it('are those of the envelope, unless somebody says so', () => {
		expect(said('decrease', [[2099, '200']])).toEqual([
			'block envelope-grant-below-2099',
			'confirm envelope-grant-year-outside-2099'
		]);
		expect(said('increase', [[2026, '200']])).toEqual(['confirm envelope-grant-year-outside-2026']);
	});

	it('may be the open one after them where they are closed', () => {
		expect(said('increase', [[2026, '200']], [2024, 2025])).toEqual([]);
		expect(said('decrease', [[2026, '200']], [2024, 2025])).toEqual([]);
	});
});
