import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import {
	decodeInboxCursor,
	encodeInboxCursor,
	parseInboxQuery,
	periodName,
	type InboxCursor
} from '#lib/domain/inbox-query.ts';

const id = randomUUID();
const parse = (search: string) => parseInboxQuery(new URLSearchParams(search));

it('shows, unless asked otherwise, what waits, what is unusual on top', () => {
	expect(parse('')).toEqual({
		query: {
			state: 'submitted',
			organisationId: null,
			envelopeId: null,
			period: null,
			sort: 'examen',
			direction: 'asc',
			after: null
		},
		notes: []
	});
});

it('reads what a person chose', () => {
	const period = { startsOn: day('2022-04-01'), endsOn: day('2022-06-30') };
	const { query, notes } = parse(
		`etat=toutes&enveloppe=${id}&periode=${periodName(period)}&tri=montant&sens=decroissant`
	);
	expect(query).toMatchObject({
		state: 'all',
		envelopeId: id,
		period,
		sort: 'montant',
		direction: 'desc'
	});
	expect(notes).toEqual([]);
});

it.each([
	['etat=toutes', 'envoi', 'asc', 0],
	['tri=envoi', 'envoi', 'asc', 0],
	['sens=decroissant', 'envoi', 'desc', 0],
	['tri=examen', 'examen', 'asc', 0],
	// It has one direction, and only what waits is judged as a whole.
	['tri=examen&sens=decroissant', 'examen', 'asc', 1],
	['tri=examen&etat=validees', 'envoi', 'asc', 1]
])('sorts as its address says: %s', (search, sort, direction, notes) => {
	const parsed = parse(search);
	expect(parsed.query).toMatchObject({ sort, direction });
	expect(parsed.notes).toHaveLength(notes);
});

it.each(['2022-04-01', '2022-06-30_2022-04-01', '2022-04-31_2022-06-30', 'hier_demain', '_'])(
	'takes no period from %s',
	(text) => {
		const { query, notes } = parse(`periode=${text}`);
		expect(query.period).toBeNull();
		expect(notes).toHaveLength(1);
	}
);

describe('the place where a page begins', () => {
	it.each<InboxCursor>([
		{ sort: 'examen', value: '0 2022-06-30 11:47:02.123456+00', id },
		{ sort: 'envoi', value: '2022-06-30 11:47:02.123456+02', id },
		{ sort: 'montant', value: '-300000', id },
		{ sort: 'periode', value: '2022-06-30', id }
	])('leads back to itself: $sort', (cursor) => {
		expect(decodeInboxCursor(encodeInboxCursor(cursor), cursor.sort)).toEqual(cursor);
	});

	it.each<[string, InboxCursor]>([
		['another order', { sort: 'montant', value: '12', id }],
		['no instant', { sort: 'envoi', value: 'hier', id }],
		['a day that is not in the calendar', { sort: 'envoi', value: '2022-02-31 10:00:00+01', id }],
		['no declaration', { sort: 'envoi', value: '2022-06-30 10:00:00+02', id: '12' }]
	])('is not read where it was made for %s', (_, cursor) => {
		expect(decodeInboxCursor(encodeInboxCursor(cursor), 'envoi')).toBeNull();
	});

	it.each(['', 'x', 'é'.repeat(30), 'a'.repeat(200), '____________________'])(
		'is not read from %s',
		(text) => {
			expect(decodeInboxCursor(text, 'envoi')).toBeNull();
		}
	);
});
