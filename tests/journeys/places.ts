import type { APIRequestContext } from 'playwright-core';
import type { DeliberationCollection } from '#lib/server/api/deliberation.ts';
import type { Entry, EntryCollection } from '#lib/server/api/entry.ts';
import type { Programme, ProgrammeCollection } from '#lib/server/api/programme.ts';

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
