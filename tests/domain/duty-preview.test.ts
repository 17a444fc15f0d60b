import { expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { explainCut, findCut, listUnasked, previewDuty } from '#lib/domain/duty-preview.ts';
import { formatPeriod, listPeriods, type Frequency } from '#lib/domain/period.ts';
import { plain } from './words.ts';

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

const periodsOf = (frequency: Frequency, startsOn: string) =>
	listPeriods(ENVELOPE, { frequency, startsOn: day(startsOn) });
const [FIRST_QUARTER] = periodsOf('quarter', '2022-01-01');
const [JANUARY, FEBRUARY] = periodsOf('month', '2022-01-01');
const begun = [JANUARY, FEBRUARY].filter((period) => period !== undefined);

it('says from when a rhythm may begin that would cut what was begun', () => {
	const cut = findCut(periodsOf('quarter', '2021-01-01'), begun);
	expect(cut && plain(explainCut(cut))).toBe(
		'La période « février 2022 » est déjà commencée par le partenaire : ce rythme en redemanderait des jours. Faites-le commencer le 1er avril 2022 au plus tôt.'
	);
	expect(findCut(periodsOf('quarter', '2022-04-01'), begun)).toBeNull();
	expect(findCut(periodsOf('month', '2021-01-01'), begun)).toBeNull();
});

it('lets a rhythm that cuts to the end of the envelope begin on no day', () => {
	const cut = findCut(periodsOf('year', '2022-01-01'), begun);
	expect(cut && plain(explainCut(cut))).toBe(
		'La période « février 2022 » est déjà commencée par le partenaire : ce rythme en redemanderait des jours.'
	);
});

it.each<[string, Frequency, Frequency, string, string[]]>([
	['from months to quarters in mid-quarter', 'month', 'quarter', '2022-04-01', ['mars 2022']],
	[
		'from months to quarters, begun later',
		'month',
		'quarter',
		'2022-07-01',
		['mars 2022 à juin 2022']
	],
	['from quarters to months', 'quarter', 'month', '2022-03-01', []],
	['not at all', 'month', 'month', '2022-01-01', []]
])('names the days that nobody would ask for: %s', (_, before, after, startsOn, unasked) => {
	const found = listUnasked(periodsOf(before, '2022-01-01'), periodsOf(after, startsOn), begun);
	expect(found.map(formatPeriod)).toEqual(unasked);
});

it('leaves nothing unasked where the whole of a quarter was begun', () => {
	const whole = FIRST_QUARTER ? [FIRST_QUARTER] : [];
	expect(
		listUnasked(periodsOf('quarter', '2022-01-01'), periodsOf('month', '2022-04-01'), whole)
	).toEqual([]);
});
