import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents } from '#lib/domain/money.ts';
import { buildBar } from '#lib/ui/envelope/bar.ts';

const bar = (promised: number, committed: number, disbursed: number, timeElapsed?: number) =>
	buildBar({
		promisedCents: cents(promised),
		committedCents: cents(committed),
		disbursedCents: cents(disbursed),
		...(timeElapsed === undefined ? {} : { timeElapsed })
	});

describe('the bar of an envelope', () => {
	it('draws the disbursed, then the committed that is not yet disbursed, then time', () => {
		expect(bar(1000, 800, 600, 0.83)).toEqual({
			disbursed: 60,
			committed: 20,
			overrun: 0,
			limit: 100,
			tick: 83
		});
	});

	it('never counts twice what was committed and then disbursed', () => {
		expect(bar(1000, 500, 700)).toMatchObject({ disbursed: 70, committed: 0, tick: null });
	});

	it('shows an overrun beyond the limit, and time on the scale of the promise', () => {
		expect(bar(800, 0, 1000, 0.5)).toEqual({
			disbursed: 80,
			committed: 0,
			overrun: 20,
			limit: 80,
			tick: 40
		});
	});

	it('draws nothing where nothing is promised', () => {
		expect(bar(0, 0, 0, 0)).toEqual({
			disbursed: 0,
			committed: 0,
			overrun: 0,
			limit: 100,
			tick: 0
		});
	});

	it('stays inside its width, whatever the sums', () => {
		const amount = fc.bigInt(0n, 10n ** 13n);
		fc.assert(
			fc.property(amount, amount, amount, (promised, committed, disbursed) => {
				const drawn = buildBar({
					promisedCents: cents(promised),
					committedCents: cents(committed),
					disbursedCents: cents(disbursed)
				});
				const length = drawn.disbursed + drawn.committed + drawn.overrun;
				expect(length).toBeLessThanOrEqual(100.02);
				expect(Math.min(drawn.disbursed, drawn.committed, drawn.overrun)).toBeGreaterThanOrEqual(0);
			})
		);
	});
});
