import type { APIRequestContext } from 'playwright-core';
import type { DeliberationCollection } from '#lib/server/api/deliberation.ts';
import type { Entry, EntryCollection } from '#lib/server/api/entry.ts';
import type { Programme, ProgrammeCollection } from '#lib/server/api/programme.ts';
import type { TestDatabase } from '../support/database.ts';
import { ask } from '../support/people.ts';

/** What somebody may open, by the API, which has the same rights. */
export type Places = {
	programmes: Programme[];
	/** Of all programmes. */
	envelopes: Programme['envelopes'];
	deliberations: DeliberationCollection['items'];
};

/** `search` is where it is seen from: `?au=2022-06-30`. */
export async function readPlaces(request: APIRequestContext, search = ''): Promise<Places> {
	const read = async <Body>(path: string) =>
		(await (await request.get(`/api/v1${path}${search}`)).json()) as Body;
	const [programmes, deliberations] = await Promise.all([
		read<ProgrammeCollection>('/programmes'),
		read<DeliberationCollection>('/deliberations')
	]);
	return {
		programmes: programmes.items,
		envelopes: programmes.items.flatMap(({ envelopes }) => envelopes),
		deliberations: deliberations.items
	};
}

/** A draft of the partner of the demonstration, and a declaration of theirs that was accepted, by their ids. */
export async function readDeclarations(
	database: TestDatabase
): Promise<{ draft: string; accepted: string }> {
	const rows = await ask<{ id: string; state: 'draft' | 'accepted' }>(
		database,
		`select distinct on (d.state) d.id, d.state from declarations d
		join users u on u.organisation_id = d.organisation_id
		where u.email = 'partenaire@demo.example' and d.state in ('draft', 'accepted')
		order by d.state, d.number`
	);
	const idOf = (state: string) => rows.find((row) => row.state === state)?.id ?? '';
	return { draft: idOf('draft'), accepted: idOf('accepted') };
}

/** All the entries of an envelope, page after page. */
export async function readEntries(
	request: APIRequestContext,
	envelopeId: string,
	search: string
): Promise<Entry[]> {
	const entries: Entry[] = [];
	let cursor: string | null = null;
	do {
		const place: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
		const path = `/api/v1/envelopes/${envelopeId}/entries?limit=200&${search}${place}`;
		const answer = await request.get(path);
		if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}`);
		const page = (await answer.json()) as EntryCollection;
		entries.push(...page.items);
		cursor = page.next_cursor;
	} while (cursor);
	return entries;
}
