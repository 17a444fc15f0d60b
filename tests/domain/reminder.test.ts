import { expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import type { DeclarationState } from '#lib/domain/declaration.ts';
import { listReminders, mondayOf } from '#lib/domain/reminder.ts';
import { formatPeriod } from '#lib/domain/period.ts';

const ENVELOPE = { startsOn: day('2022-01-01'), endsOn: day('2022-12-31') };
/** Each quarter, due thirty days after its end: the first on 30 April, the second on 30 July. */
const DUTY = { frequency: 'quarter', dueDays: 30, startsOn: day('2022-01-01') } as const;

/** `T1 returned 2022-05-10`: what was begun for which quarter, and when it was decided. */
const readBegun = (text: string) =>
	text === ''
		? []
		: text.split(', ').map((one) => {
				const [quarter = '', state = '', decidedOn] = one.split(' ');
				return {
					periodStartsOn: day(`2022-${{ T1: '01', T2: '04', T3: '07' }[quarter] ?? '10'}-01`),
					state: state as DeclarationState,
					decidedOn: decidedOn ? day(decidedOn) : null
				};
			});

const said = (today: string, begun: string, duty: Parameters<typeof listReminders>[1] = DUTY) =>
	listReminders(ENVELOPE, duty, readBegun(begun), day(today))
		.map(
			({ kind, occasion, periods }) =>
				`${kind} ${occasion}: ${periods.map(({ period }) => formatPeriod(period)).join(' + ')}`
		)
		.join('; ');

it.each([
	// Nothing begun: announced from the last day, recalled seven days before, late the day after, then weekly.
	['2022-03-30', '', ''],
	['2022-03-31', '', 'opened 2022-01-01: 1er trimestre 2022'],
	['2022-04-22', '', 'opened 2022-01-01: 1er trimestre 2022'],
	['2022-04-23', '', 'due_soon 2022-01-01: 1er trimestre 2022'],
	['2022-04-30', '', 'due_soon 2022-01-01: 1er trimestre 2022'],
	['2022-05-01', '', 'late 2022-05-01: 1er trimestre 2022'],
	['2022-05-07', '', 'late 2022-05-01: 1er trimestre 2022'],
	['2022-05-08', '', 'late 2022-05-08: 1er trimestre 2022'],
	['2022-06-29', '', 'late 2022-06-26: 1er trimestre 2022'],
	// A draft owes as much as nothing.
	['2022-03-31', 'T1 draft', 'opened 2022-01-01: 1er trimestre 2022'],
	['2022-05-08', 'T1 draft', 'late 2022-05-08: 1er trimestre 2022'],
	// What was sent or accepted is recalled no more, late or not.
	['2022-04-23', 'T1 submitted', ''],
	['2022-05-08', 'T1 submitted', ''],
	['2022-05-08', 'T1 accepted 2022-05-02', ''],
	// What came back is recalled a week after the decision at the earliest, and before the term as any.
	['2022-04-24', 'T1 returned 2022-04-20', 'due_soon 2022-01-01: 1er trimestre 2022'],
	['2022-05-11', 'T1 returned 2022-05-10', ''],
	['2022-05-16', 'T1 returned 2022-05-10', ''],
	['2022-05-17', 'T1 returned 2022-05-10', 'late 2022-05-17: 1er trimestre 2022'],
	['2022-05-24', 'T1 reopened 2022-05-10', 'late 2022-05-24: 1er trimestre 2022'],
	// Two are late: one mail, at the pace of the later.
	['2022-08-02', '', 'late 2022-07-31: 1er trimestre 2022 + 2e trimestre 2022'],
	// One late, one open.
	['2022-07-01', '', 'opened 2022-04-01: 2e trimestre 2022; late 2022-06-26: 1er trimestre 2022']
])('on %s, begun “%s”: %s', (today, begun, expected) => {
	expect(said(today, begun)).toBe(expected);
});

it('says the term at once where it is nearer than the notice', () => {
	const duty = { ...DUTY, dueDays: 5 };
	expect(said('2022-03-31', '', duty)).toBe('opened 2022-01-01: 1er trimestre 2022');
	expect(said('2022-04-05', '', duty)).toBe('opened 2022-01-01: 1er trimestre 2022');
	expect(said('2022-04-06', '', duty)).toBe('late 2022-04-06: 1er trimestre 2022');
});

it('asks for no period before the duty', () => {
	const duty = { ...DUTY, startsOn: day('2022-07-01') };
	expect(said('2022-07-15', '', duty)).toBe('');
	expect(said('2022-09-30', '', duty)).toBe('opened 2022-07-01: 3e trimestre 2022');
});

it('knows the Monday of a week', () => {
	expect(
		['2022-06-26', '2022-06-27', '2022-06-30', '2022-07-03', '2022-07-04'].map((one) =>
			mondayOf(day(one))
		)
	).toEqual(['2022-06-20', '2022-06-27', '2022-06-27', '2022-06-27', '2022-07-04']);
});
