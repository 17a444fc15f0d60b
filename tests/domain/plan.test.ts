import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day } from '#lib/domain/day.ts';
import { cents, sumCents } from '#lib/domain/money.ts';
import {
	instalmentsDue,
	instalmentsInForce,
	planByYear,
	plannedBy,
	type AgreedInstalment,
	type Plan
} from '#lib/domain/plan.ts';
import { euros } from './books.ts';

const due = (dueOn: string, amount: number) => ({ dueOn: day(dueOn), amountCents: euros(amount) });
const agreed = (agreedOn: string, dueOn: string, amount: number, rank = 0): AgreedInstalment => ({
	agreementId: agreedOn,
	rank,
	agreedOn: day(agreedOn),
	...due(dueOn, amount)
});

const evenly: Plan = {
	startsOn: day('2020-01-01'),
	endsOn: day('2022-12-31'),
	promisedCents: euros(15_000_000),
	instalments: []
};
const byInstalments: Plan = {
	startsOn: day('2021-01-01'),
	endsOn: day('2022-12-31'),
	promisedCents: euros(988_000),
	instalments: [due('2021-11-30', 494_000), due('2022-05-31', 247_000), due('2022-11-30', 247_000)]
};

describe('the plan in force', () => {
	const original = [
		agreed('2021-01-01', '2021-06-30', 100),
		agreed('2021-01-01', '2021-12-31', 200),
		agreed('2021-01-01', '2022-06-30', 300)
	];
	const amendment = [
		agreed('2021-10-01', '2021-12-31', 150),
		agreed('2021-10-01', '2022-12-31', 450)
	];

	it('is the agreement, even for what was due before it was signed', () => {
		const early = agreed('2021-09-30', '2021-03-31', 50);
		expect(instalmentsInForce([early], day('2021-09-30'))).toEqual([due('2021-03-31', 50)]);
	});

	it('is replaced by an amendment from its date: what was due before stays', () => {
		expect(instalmentsInForce([...amendment, ...original], day('2021-10-01'))).toEqual([
			due('2021-06-30', 100),
			due('2021-12-31', 150),
			due('2022-12-31', 450)
		]);
	});

	it('is replaced by an amendment of the same day, the later rank last', () => {
		const sameDay = (rank: number, dueOn: string, amount: number) =>
			agreed('2021-01-01', dueOn, amount, rank);
		const [first, second] = [sameDay(1, '2021-12-31', 250), sameDay(2, '2022-12-31', 900)];
		expect(instalmentsInForce([first, ...original], day('2021-01-01'))).toEqual([
			due('2021-12-31', 250)
		]);
		expect(instalmentsInForce([second, first, ...original], day('2021-01-01'))).toEqual([
			due('2022-12-31', 900)
		]);
	});

	it('does not know an amendment before its date', () => {
		expect(instalmentsInForce([...amendment, ...original], day('2021-09-30'))).toEqual([
			due('2021-06-30', 100),
			due('2021-12-31', 200),
			due('2022-06-30', 300)
		]);
		expect(instalmentsInForce(original, day('2020-12-31'))).toEqual([]);
	});
});

describe('what was planned by a day', () => {
	it('is the instalments due by the end of that day', () => {
		const planned = (on: string) => plannedBy(byInstalments, day(on));
		expect(planned('2021-11-29')).toBe(euros(0));
		expect(planned('2021-11-30')).toBe(euros(494_000));
		expect(planned('2022-06-30')).toBe(euros(741_000));
		expect(planned('2026-01-01')).toBe(euros(988_000));
	});

	it('goes evenly, day by day, where no instalments were agreed', () => {
		const planned = (on: string) => plannedBy(evenly, day(on));
		expect(planned('2019-12-31')).toBe(euros(0));
		expect(planned('2022-06-30')).toBe(1_248_175_182n); // 15 M€ × 912 ÷ 1 096, to the cent below
		expect(planned('2022-12-31')).toBe(euros(15_000_000));
	});

	it('never goes back, and ends with the promise', () => {
		const amount = fc.bigInt({ min: 0n, max: 10n ** 14n }).map((value) => cents(value));
		fc.assert(
			fc.property(amount, fc.integer({ min: 0, max: 1_500 }), (promisedCents, offset) => {
				const plan = { ...evenly, promisedCents };
				const on = addDays(plan.startsOn, offset);
				expect(plannedBy(plan, on)).toBeLessThanOrEqual(plannedBy(plan, addDays(on, 1)));
				expect(plannedBy(plan, plan.endsOn)).toBe(promisedCents);
			})
		);
	});

	it('is unknown as instalments where none were agreed', () => {
		expect(instalmentsDue([], day('2022-06-30'))).toBeNull();
		expect(instalmentsDue(byInstalments.instalments, day('2020-01-01'))).toBe(0n);
	});
});

describe('the plan by year', () => {
	it('shares the promise by the days of each year, leap years included', () => {
		expect(planByYear(evenly)).toEqual([
			{ year: 2020, plannedCents: 500_912_408n },
			{ year: 2021, plannedCents: 499_543_796n },
			{ year: 2022, plannedCents: 499_543_796n }
		]);
	});

	it('puts instalments in the year they are due', () => {
		expect(planByYear(byInstalments)).toEqual([
			{ year: 2021, plannedCents: euros(494_000) },
			{ year: 2022, plannedCents: euros(494_000) }
		]);
	});

	it('adds up to what is planned by the end of each year, to the cent', () => {
		for (const plan of [evenly, byInstalments]) {
			const years = planByYear(plan);
			years.forEach(({ year }, index) => {
				const soFar = years.slice(0, index + 1).map(({ plannedCents }) => plannedCents);
				expect(sumCents(soFar)).toBe(plannedBy(plan, day(`${year}-12-31`)));
			});
		}
	});

	it('is the whole promise to the cent', () => {
		const amount = fc.bigInt({ min: 0n, max: 10n ** 14n }).map((value) => cents(value));
		fc.assert(
			fc.property(amount, fc.integer({ min: 0, max: 4_000 }), (promisedCents, length) => {
				const startsOn = day('2019-05-17');
				const plan = {
					startsOn,
					endsOn: addDays(startsOn, length),
					promisedCents,
					instalments: []
				};
				expect(sumCents(planByYear(plan).map((share) => share.plannedCents))).toBe(promisedCents);
			})
		);
	});
});
