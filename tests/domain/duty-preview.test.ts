import { expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { previewDuty } from '#lib/domain/duty-preview.ts';
import { formatPeriod } from '#lib/domain/period.ts';

const ENVELOPE = { startsOn: day('2021-01-01'), endsOn: day('2022-12-31') };
const TODAY = day('2022-06-30');

it('shows the periods of a rhythm with the day each is due, before it is set', () => {
	const typed = { frequency: 'quarter', dueDays: '30', startsOn: '2022-01-01' };
	const declared = [{ startsOn: day('2022-01-01'), state: 'accepted' as const }];
	expect(
		previewDuty(ENVELOPE, typed, declared, TODAY)?.map(
			({ period, dueOn, state }) => `${formatPeriod(period)} ${dueOn} ${state}`
		)
	).toEqual([
		'1er trimestre 2022 2022-04-30 closed',
		'2e trimestre 2022 2022-07-30 open',
		'3e trimestre 2022 2022-10-30 to_come',
		'4e trimestre 2022 2023-01-30 to_come'
	]);
});

it('tells what would be late at once', () => {
	const typed = { frequency: 'half_year', dueDays: '10', startsOn: '2021-01-01' };
	expect(previewDuty(ENVELOPE, typed, [], TODAY)?.map(({ state }) => state)).toEqual([
		'late',
		'late',
		'open',
		'to_come'
	]);
});

it.each([
	{ frequency: 'week' },
	{ dueDays: '' },
	{ dueDays: '0' },
	{ dueDays: '367' },
	{ dueDays: '1,5' },
	{ startsOn: '2022-02-30' },
	{ startsOn: '' }
])('shows nothing while it cannot be read: %j', (change) => {
	const typed = { frequency: 'quarter', dueDays: '30', startsOn: '2022-01-01', ...change };
	expect(previewDuty(ENVELOPE, typed, [], TODAY)).toBeNull();
});
