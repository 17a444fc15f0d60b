import { describe, expect, it } from 'vitest';
import {
	changesOf,
	emptyField,
	keepMine,
	mergeAnswer,
	takeTheirs,
	type DraftField
} from '#lib/domain/draft-merge.ts';

const field = (value: string, base: string, more: Partial<DraftField> = {}): DraftField => ({
	...emptyField(),
	value,
	base,
	...more
});
const theirs = (value: string) => ({ value, by: 'Ada Martin', at: '2022-06-30T12:31:00.000Z' });
const NOTHING = { conflicts: [], cells: [] };

describe('what is typed on one device', () => {
	it('is sent where it differs from what is kept, and not while it waits for a choice', () => {
		const fields = {
			a: field('1', ''),
			b: field('2', '2'),
			c: field('', '3'),
			d: field('4', '', { conflict: theirs('5') })
		};
		expect(changesOf(fields)).toEqual([
			{ key: 'a', base: '', value: '1' },
			{ key: 'c', base: '3', value: '' }
		]);
	});

	it('is kept once it was sent; what was typed after that is still to be sent', () => {
		const sent = [{ key: 'a', base: '', value: '1' }];
		expect(mergeAnswer({ a: field('1', '') }, sent, NOTHING)['a']).toEqual(field('1', '1'));
		const later = mergeAnswer({ a: field('12', '') }, sent, NOTHING);
		expect(changesOf(later)).toEqual([{ key: 'a', base: '1', value: '12' }]);
		const told = { conflicts: [], cells: [{ key: 'a', ...theirs('1') }] };
		expect(changesOf(mergeAnswer({ a: field('12', '') }, sent, told))).toEqual([
			{ key: 'a', base: '1', value: '12' }
		]);
	});
});

describe('what somebody else typed', () => {
	it('is filled in where the person did nothing, with a word of who', () => {
		const merged = mergeAnswer({ a: field('1', '1') }, [], {
			conflicts: [],
			cells: [
				{ key: 'a', ...theirs('9') },
				{ key: 'new', ...theirs('7') }
			]
		});
		expect(merged['a']).toEqual(field('9', '9', { filledBy: theirs('9') }));
		expect(merged['new']).toEqual(field('7', '7', { filledBy: theirs('7') }));
		expect(changesOf(merged)).toEqual([]);
	});

	it('never replaces what the person is typing: that is sent, and the server says that both did', () => {
		const typing = { a: field('12', '1') };
		const told = { conflicts: [], cells: [{ key: 'a', ...theirs('9') }] };
		const merged = mergeAnswer(typing, [], told);
		expect(merged['a']).toEqual(field('12', '1'));
		expect(changesOf(merged)).toEqual([{ key: 'a', base: '1', value: '12' }]);
	});

	it('that is the same is no conflict', () => {
		const told = { conflicts: [], cells: [{ key: 'a', ...theirs('12') }] };
		expect(mergeAnswer({ a: field('12', '1') }, [], told)['a']).toEqual(field('12', '12'));
	});
});

describe('what both typed', () => {
	const sent = [{ key: 'a', base: '1', value: '12' }];
	const told = { conflicts: [{ key: 'a', ...theirs('9') }], cells: [{ key: 'a', ...theirs('9') }] };
	const merged = mergeAnswer({ a: field('12', '1') }, sent, told);

	it('is kept, both of it, until the person chooses', () => {
		expect(merged['a']).toEqual(field('12', '1', { conflict: theirs('9') }));
		expect(changesOf(merged)).toEqual([]);
	});

	it('is sent again over what was seen, where the person keeps theirs', () => {
		const kept = { a: keepMine(merged['a'] ?? emptyField()) };
		expect(changesOf(kept)).toEqual([{ key: 'a', base: '9', value: '12' }]);
	});

	it('becomes what the other typed, where the person takes that', () => {
		const taken = { a: takeTheirs(merged['a'] ?? emptyField()) };
		expect(taken.a).toEqual(field('9', '9'));
		expect(changesOf(taken)).toEqual([]);
	});
});
