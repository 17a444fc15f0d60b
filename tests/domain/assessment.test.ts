import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessEnvelope, timeElapsed, type EnvelopeStatus } from '#lib/domain/assessment.ts';
import { addDays, day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import { envelope, euros, situationOn, THRESHOLDS, totals } from './books.ts';

const MID_2022 = '2022-06-30';

describe('an envelope', () => {
	it('is assessed against time where no plan was agreed', () => {
		const facts = envelope();
		expect(situationOn(MID_2022, facts, totals(15_000_000, 13_000_000, 0, 12_150_320))).toEqual({
			...facts,
			promisedCents: euros(15_000_000),
			committedCents: euros(13_000_000),
			receivedCents: euros(0),
			disbursedCents: euros(12_150_320),
			leftToCommitCents: euros(2_000_000),
			committedNotDisbursedCents: euros(849_680),
			leftToDisburseCents: euros(2_849_680),
			executionRate: 12_150_320 / 15_000_000,
			planRate: null,
			instalmentsDueCents: null,
			expectedRate: 912 / 1096,
			timeElapsed: 912 / 1096,
			gapPoints: -2.209545499,
			status: 'on_pace'
		});
	});

	it('is assessed against its plan where there is one', () => {
		const sums = totals(988_000, 800_000, 741_000, 600_000);
		const situation = situationOn(MID_2022, envelope(), sums, 741_000);
		expect(situation.planRate).toBe(600_000 / 741_000);
		expect(situation.expectedRate).toBe(741_000 / 988_000);
		expect(situation.gapPoints).toBeCloseTo(60.728 - 75, 2);
		expect(situation.status).toBe('behind');
	});

	it('has no plan rate, and is not late, while nothing is due yet', () => {
		const situation = situationOn('2020-01-31', envelope(), totals(988_000, 0, 0, 0), 0);
		expect(situation.planRate).toBeNull();
		expect(situation.expectedRate).toBe(0);
		expect(situation.gapPoints).toBe(0);
		expect(situation.status).toBe('on_pace');
	});

	it('has no rate before anything is promised', () => {
		const situation = situationOn('2019-12-01', envelope(), totals(0, 0, 0, 0));
		expect(situation.executionRate).toBeNull();
		expect(situation.gapPoints).toBeNull();
		expect(situation.status).toBe('not_in_force');
	});

	it('left to commit counts what was disbursed without having been committed', () => {
		const situation = situationOn(MID_2022, envelope(), totals(1_000, 200, 0, 700));
		expect(situation.leftToCommitCents).toBe(euros(300));
		expect(situation.committedNotDisbursedCents).toBe(0n);
	});

	it('is always disbursed, then committed, then left: the three make up the promise', () => {
		const amount = fc.bigInt({ min: 0n, max: 10n ** 14n }).map((value) => cents(value));
		fc.assert(
			fc.property(amount, amount, amount, (promisedCents, committedCents, disbursedCents) => {
				const sums = { promisedCents, committedCents, disbursedCents, receivedCents: euros(0) };
				const situation = assessEnvelope(envelope(), sums, null, day(MID_2022), THRESHOLDS);
				const { committedNotDisbursedCents, leftToCommitCents } = situation;
				expect(disbursedCents + committedNotDisbursedCents + leftToCommitCents).toBe(promisedCents);
			})
		);
	});

	it('never counts what was received as spent', () => {
		const without = situationOn(MID_2022, envelope(), totals(988_000, 0, 0, 500_000));
		const received = situationOn(MID_2022, envelope(), totals(988_000, 0, 741_000, 500_000));
		expect({ ...received, receivedCents: euros(0) }).toEqual(without);
	});
});

describe('the time elapsed', () => {
	it.each([
		['2020-01-01', '2022-12-31', '2022-06-30', 912 / 1096],
		['2020-01-01', '2022-12-31', '2019-12-31', 0],
		['2020-01-01', '2022-12-31', '2020-01-01', 1 / 1096],
		['2020-01-01', '2022-12-31', '2022-12-31', 1],
		['2020-01-01', '2022-12-31', '2026-11-21', 1],
		['2021-01-01', '2022-12-31', '2022-06-30', 546 / 730],
		['2021-03-05', '2021-03-05', '2021-03-05', 1]
	])('of %s to %s, seen on %s, is %d', (startsOn, endsOn, asOf, expected) => {
		expect(timeElapsed(day(startsOn), day(endsOn), day(asOf))).toBe(expected);
	});

	it('grows by one day a day, and never leaves 0 to 1', () => {
		const anyLength = fc.integer({ min: 0, max: 4_000 });
		fc.assert(
			fc.property(anyLength, fc.integer({ min: -500, max: 5_000 }), (length, offset) => {
				const startsOn = day('2020-01-01');
				const share = timeElapsed(startsOn, addDays(startsOn, length), addDays(startsOn, offset));
				expect(share).toBe(Math.min(1, Math.max(0, (offset + 1) / (length + 1))));
			})
		);
	});
});

describe('the status of an envelope', () => {
	const shortOfHorizon = { horizonEndsOn: day('2025-12-31') };
	const half = totals(1_000, 0, 0, 500);

	it.each<[string, EnvelopeStatus, ReturnType<typeof situationOn>]>([
		['before any promise', 'not_in_force', situationOn(MID_2022, envelope(), totals(0, 0, 0, 0))],
		[
			'paid before the vote',
			'not_in_force',
			situationOn('2020-09-30', envelope({ inForceOn: day('2020-12-17') }), totals(0, 0, 0, 5))
		],
		[
			'paid before its act is known',
			'not_in_force',
			situationOn(MID_2022, envelope({ inForceOn: null }), totals(0, 0, 0, 5))
		],
		[
			'with more disbursed than promised',
			'overrun',
			situationOn(MID_2022, envelope(), totals(100, 0, 0, 101))
		],
		[
			'with money disbursed and nothing promised',
			'overrun',
			situationOn(MID_2022, envelope(), totals(0, 0, 0, 1))
		],
		['overrun and over', 'overrun', situationOn('2023-06-30', envelope(), totals(100, 0, 0, 101))],
		['the day after its last', 'ended', situationOn('2023-01-01', envelope(), half)],
		[
			'on its last day, with a horizon beyond',
			'ending',
			situationOn('2022-12-31', envelope(shortOfHorizon), half)
		],
		[
			'365 days before its end, with a horizon beyond',
			'ending',
			situationOn('2021-12-31', envelope(shortOfHorizon), half)
		],
		[
			'366 days before its end, with a horizon beyond',
			'behind',
			situationOn('2021-12-30', envelope(shortOfHorizon), half)
		],
		[
			'that a successor act takes over from',
			'behind',
			situationOn(MID_2022, envelope({ ...shortOfHorizon, hasSuccessor: true }), half)
		],
		[
			'whose horizon is its end',
			'behind',
			situationOn(MID_2022, envelope({ horizonEndsOn: day('2022-12-31') }), half)
		],
		[
			'11 points under the plan',
			'behind',
			situationOn(MID_2022, envelope(), totals(100, 0, 0, 39), 50)
		],
		[
			'10 points under the plan',
			'on_pace',
			situationOn(MID_2022, envelope(), totals(1_000, 0, 0, 400), 500)
		],
		[
			'10 points over the plan',
			'on_pace',
			situationOn(MID_2022, envelope(), totals(1_000, 0, 0, 600), 500)
		],
		[
			'11 points over the plan',
			'ahead',
			situationOn(MID_2022, envelope(), totals(100, 0, 0, 61), 50)
		]
	])('%s is %s', (_title, expected, situation) => {
		expect(situation.status).toBe(expected);
	});

	it('needs more than the threshold: at ten points it is on pace', () => {
		fc.assert(
			fc.property(fc.integer({ min: 10, max: 90 }), fc.constantFrom(-10, 10), (due, gap) => {
				const sums = totals(100, 0, 0, due + gap);
				expect(situationOn(MID_2022, envelope(), sums, due).status).toBe('on_pace');
			})
		);
	});

	it('follows the thresholds of the settings', () => {
		const wide = { behindPoints: 40, aheadPoints: 40, endingNoticeDays: 30 };
		const facts = envelope(shortOfHorizon);
		expect(assessEnvelope(facts, half, null, day(MID_2022), wide).status).toBe('on_pace');
	});
});
