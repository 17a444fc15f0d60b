import { expect, it } from 'vitest';
import { parseAuditQuery } from '#lib/domain/audit.ts';

const read = (address: string) => parseAuditQuery(new URLSearchParams(address));

it('reads the action, the days and the place from the address of the journal', () => {
	expect(read('action=sign_in&du=2022-01-01&jusquau=2022-06-30&avant=120')).toEqual({
		query: { action: 'sign_in', from: '2022-01-01', to: '2022-06-30', before: 120n },
		notes: []
	});
});

it('asks for everything where the address says nothing', () => {
	const nothing = { action: null, from: null, to: null, before: null };
	expect(read('')).toEqual({ query: nothing, notes: [] });
	expect(read('action=&du=')).toEqual({ query: nothing, notes: [] });
});

it.each([
	'action=toString',
	'action=__proto__',
	'du=2022-02-30',
	'jusquau=hier',
	'avant=-1',
	'avant=99999999999999999999',
	'avant=1e3'
])('leaves out %s and says so', (address) => {
	const { query, notes } = read(address);
	expect(Object.values(query)).toEqual([null, null, null, null]);
	expect(notes).toHaveLength(1);
});

it('says that days in the wrong order hold nothing', () => {
	expect(read('du=2022-06-30&jusquau=2022-01-01').notes).toHaveLength(1);
});
