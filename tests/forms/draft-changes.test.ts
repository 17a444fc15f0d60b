import { describe, expect, it } from 'vitest';
import { draftChanges, readDraftChanges } from '#lib/forms/draft-changes.ts';

const form = (fields: Record<string, string>): FormData => {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.append(name, value);
	return data;
};
const CONFLICT = { 'base:e.montant': '1', 'e.montant': '12', 'autre:e.montant': '9' };

describe('a form without script', () => {
	it('says what changed, with what stood there when the person began', () => {
		expect(
			readDraftChanges(
				form({
					'base:e.montant': '1',
					'e.montant': '12',
					'base:commentaire': 'deux\r\nlignes',
					commentaire: 'deux\r\nlignes',
					'base:x.montant': '',
					'x.montant': '5',
					motif: 'Avenant'
				})
			)
		).toEqual([
			{ key: 'e.montant', base: '1', value: '12' },
			{ key: 'motif', base: '', value: 'Avenant' }
		]);
	});

	it('says by its absence that a tick was taken away', () => {
		expect(readDraftChanges(form({ 'base:rien': 'oui' }))).toEqual([
			{ key: 'rien', base: 'oui', value: '' }
		]);
	});

	it('keeps what waits for a choice as it was, and writes over what was seen once one chose', () => {
		expect(readDraftChanges(form(CONFLICT))).toEqual([
			{ key: 'e.montant', base: '1', value: '12' }
		]);
		expect(readDraftChanges(form({ ...CONFLICT, garder: 'e.montant' }))).toEqual([
			{ key: 'e.montant', base: '9', value: '12' }
		]);
		expect(readDraftChanges(form({ ...CONFLICT, prendre: 'e.montant' }))).toEqual([]);
	});
});

describe('what a page sends while one types', () => {
	it.each([
		['nothing', null],
		['no changes', { since: null }],
		['a field that is none', { since: null, changes: [{ key: 'x', base: '', value: '' }] }],
		['a number', { since: null, changes: [{ key: 'e.montant', base: '', value: 12 }] }],
		['no instant', { since: 'hier', changes: [] }]
	])('is refused where it is %s', (_, sent) => {
		expect(draftChanges.safeParse(sent).success).toBe(false);
	});

	it('is taken whole otherwise', () => {
		const sent = {
			since: '2022-06-30T12:00:00.000Z',
			changes: [{ key: 'e.montant', base: '', value: '12' }]
		};
		expect(draftChanges.parse(sent)).toEqual(sent);
	});
});
