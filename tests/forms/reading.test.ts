import { describe, expect, it } from 'vitest';
import { correctForm, markForm, readPlace } from '#lib/forms/reading.ts';
import { readTypedValue, type TypedValue } from '#lib/forms/typed-value.ts';

const typed = (values: Partial<TypedValue>): TypedValue => ({
	value: '',
	endsOn: '',
	precision: '',
	kind: 'amount',
	per: '',
	of: '',
	verb: '',
	...values
});

const amount = (cents: string, precisionCents: string) => ({
	type: 'amount',
	cents,
	precisionCents,
	kind: 'amount',
	per: null,
	formula: null
});

describe('a typed value of an act', () => {
	it.each([
		['amount', { value: '15,2 M€' }, amount('1520000000', '5000000')],
		['amount', { value: '15,2 M€', precision: '± 1 000 €' }, amount('1520000000', '100000')],
		['amount', { value: '494 000' }, amount('49400000', '50')],
		['amount', { value: '163 055,63 €' }, amount('16305563', '0')],
		['count', { value: '9 363', of: ' aides ' }, { type: 'count', number: 9363, of: 'aides' }],
		['percentage', { value: '52 %' }, { type: 'percentage', number: 52, precision: 0.5, of: null }],
		[
			'percentage',
			{ value: '12.5' },
			{ type: 'percentage', number: 12.5, precision: 0.05, of: null }
		],
		['day', { value: '2022-06-30' }, { type: 'day', day: '2022-06-30' }],
		['day', { value: '30/6/2022' }, { type: 'day', day: '2022-06-30' }],
		['day', { value: '1er juin 2022' }, { type: 'day', day: '2022-06-01' }],
		[
			'period',
			{ value: '2022-01-01', endsOn: '31/12/2022' },
			{ type: 'period', startsOn: '2022-01-01', endsOn: '2022-12-31' }
		],
		[
			'decision',
			{ verb: ' Approuver ', value: 'l’avenant' },
			{ type: 'decision', verb: 'approuver', text: 'l’avenant' }
		],
		['flag', { value: 'non' }, { type: 'flag', flag: false }],
		['text', { value: ' Habitat ' }, { type: 'text', text: 'Habitat' }],
		['words', {}, { type: 'words' }]
	] as const)('of %s from %o', (type, values, expected) => {
		expect(readTypedValue(type, typed(values))).toEqual(expected);
	});

	it.each([
		['amount', { value: '' }, 'value'],
		['amount', { value: '-5' }, 'value'],
		['amount', { value: '1.234,50' }, 'value'],
		['amount', { value: '5', precision: 'peu' }, 'precision'],
		['count', { value: '1,5' }, 'value'],
		['count', { value: '' }, 'value'],
		['count', { value: '1 000 000 000 000' }, 'value'],
		['amount', { value: '9 000 000 000 000' }, 'value'],
		['percentage', { value: 'beaucoup' }, 'value'],
		['percentage', { value: '10000' }, 'value'],
		['day', { value: '31/02/2022' }, 'value'],
		['period', { value: '2022-01-01', endsOn: '' }, 'endsOn'],
		['period', { value: '2022-01-02', endsOn: '2022-01-01' }, 'endsOn'],
		['decision', { verb: '', value: 'x' }, 'verb'],
		['flag', { value: '' }, 'value'],
		['text', { value: ' ' }, 'value']
	] as const)('of %s is refused at its field from %o', (type, values, field) => {
		expect(readTypedValue(type, typed(values))).toMatchObject({ field });
	});
});

describe('the forms of the desk', () => {
	const asked = '00000000-0000-4000-8000-000000000000@';

	it('ask where a passage is, and for its value only where it is typed', () => {
		const problems = (values: object) =>
			markForm.safeParse(values).error?.issues.map(({ path }) => path.join()) ?? [];
		expect(problems({ role: 'amount' })).toEqual(['first']);
		expect(problems({ role: 'amount', start: '3', end: '9' })).toEqual([]);
		expect(problems({ role: 'amount', first: 'les mots', value: 'x' })).toEqual(['value']);
		expect(problems({ role: 'autre', first: 'les mots' })).toEqual(['role']);
		expect(problems({ role: 'words', first: 'les mots', occurrence: '-1' })).toEqual([
			'occurrence'
		]);
	});

	it('count no more people than an assembly has', () => {
		const isTaken = (role: string, value: string) =>
			correctForm.safeParse({ asked, role, value }).success &&
			markForm.safeParse({ role, first: 'les mots', value }).success;
		expect(isTaken('present', '9 999')).toBe(true);
		expect(isTaken('present', '10 000')).toBe(false);
		expect(isTaken('for', '999999999999')).toBe(false);
		expect(isTaken('count', '10 000')).toBe(true);
	});

	it('take a place that is selected before one that is typed', () => {
		const words = { first: 'mots', last: '', occurrence: '2' };
		expect(readPlace({ start: '3', end: '9', ...words })).toEqual({ start: 3, end: 9 });
		expect(readPlace({ start: '', end: '', ...words })).toEqual({
			first: 'mots',
			last: '',
			occurrence: 2
		});
		expect(readPlace({ start: '', end: '', first: ' ', last: '', occurrence: '' })).toBe(null);
	});

	it('decide about something', () => {
		expect(correctForm.safeParse({ asked: '', role: 'amount', value: '5' }).success).toBe(false);
		expect(correctForm.safeParse({ asked, role: 'amount', value: '5' }).success).toBe(true);
	});
});
