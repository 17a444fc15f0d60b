import { describe, expect, it } from 'vitest';
import { periodBefore, samePeriodLastYear } from '#lib/domain/compared-period.ts';
import { day } from '#lib/domain/day.ts';

const period = (startsOn: string, endsOn: string) => ({
	startsOn: day(startsOn),
	endsOn: day(endsOn)
});

describe('the periods that stand beside one', () => {
	it.each([
		['2022-06-01', '2022-06-30', '2022-05-01 2022-05-31', '2021-06-01 2021-06-30'],
		['2022-01-01', '2022-03-31', '2021-10-01 2021-12-31', '2021-01-01 2021-03-31'],
		['2021-02-01', '2021-02-28', '2021-01-01 2021-01-31', '2020-02-01 2020-02-29'],
		['2022-01-01', '2022-12-31', '2021-01-01 2021-12-31', '2021-01-01 2021-12-31'],
		['2022-11-15', '2022-12-31', '2022-09-15 2022-11-14', '2021-11-15 2021-12-31']
	])('of %s to %s are %s and %s', (startsOn, endsOn, before, yearBefore) => {
		const words = (one: { startsOn: string; endsOn: string }) => `${one.startsOn} ${one.endsOn}`;
		expect(words(periodBefore(period(startsOn, endsOn)))).toBe(before);
		expect(words(samePeriodLastYear(period(startsOn, endsOn)))).toBe(yearBefore);
	});
});
