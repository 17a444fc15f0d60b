import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { ROLES, type Role } from '#lib/domain/role.ts';
import {
	deliberationCollection,
	deliberationSchema,
	type Deliberation
} from '#lib/server/api/deliberation.ts';
import { entryCollection } from '#lib/server/api/entry.ts';
import { programmeCollection, programmeSchema, type Programme } from '#lib/server/api/programme.ts';
import { openApi, signInAs, type TestApi } from '../support/api-client.ts';

const SCHEMAS: Record<string, z.ZodType> = {
	'/programmes': programmeCollection,
	'/programmes/{slug}': programmeSchema,
	'/envelopes/{id}/entries': entryCollection,
	'/deliberations': deliberationCollection,
	'/deliberations/{id}': deliberationSchema
};

const VIEWPOINTS = ['', 'au=2020-06-30', 'au=2021-12-31', 'au=2022-12-31&connu=2022-06-30'];

let api: TestApi;
let published: Published;

beforeAll(async () => {
	api = await openApi();
	published = (await (await api.ask('/openapi.json', {})).json()) as Published;
}, 180_000);
afterAll(() => api?.close());

it.each(ROLES)(
	'answers %s as described, from any viewpoint, by token and by session',
	async (role) => {
		const session = await signInAs(api.app, role);
		for (const { path, address } of await listAddresses(role)) {
			for (const viewpoint of VIEWPOINTS) {
				const asked = `${address}${address.includes('?') ? '&' : '?'}${viewpoint}`;
				const answer = await api.read(asked, role);
				expect(await (await api.ask(asked, session)).json(), asked).toEqual(answer);
				// Nothing is missing, and nothing is there that the schemas do not know.
				expect(SCHEMAS[path]?.parse(answer), asked).toEqual(answer);
				expect(publishedSchema(path).safeParse(answer).error, asked).toBeUndefined();
			}
		}
	}
);

it('shows every role something, and to a partner its own alone', async () => {
	const seen = async (role: Role) => (await listAddresses(role)).map(({ address }) => address);
	const all = await seen('finance');
	expect(all).toHaveLength(9);
	expect(await seen('admin')).toEqual(all);
	expect(await seen('elected')).toEqual(all);
	expect(await seen('partner')).toHaveLength(7);
});

/** Every address that leads somewhere for a role, with the path by which the description knows it. */
async function listAddresses(role: Role): Promise<{ path: string; address: string }[]> {
	const programmes = await api.readAll<Programme>('/programmes', role);
	const acts = await api.readAll<Deliberation>('/deliberations', role);
	const envelopes = programmes.flatMap((programme) => programme.envelopes);
	const at = (path: string, keys: readonly string[], query = '') =>
		keys.map((key) => ({ path, address: path.replace(/\{\w+\}/, key) + query }));
	return [
		...at('/programmes', ['']),
		...at('/deliberations', ['']),
		...at(
			'/programmes/{slug}',
			programmes.map(({ slug }) => slug)
		),
		...at(
			'/envelopes/{id}/entries',
			envelopes.map(({ id }) => id),
			'?limit=200'
		),
		...at(
			'/deliberations/{id}',
			acts.map(({ id }) => id)
		)
	];
}

type Published = {
	paths: Record<
		string,
		{ get: { responses: Record<string, { content: Record<string, { schema: object }> }> } }
	>;
	components: { schemas: object };
};

/** What the published description says of the answer at a path, as something that checks. */
function publishedSchema(path: string): z.ZodType {
	const text = JSON.stringify(published).replaceAll('#/components/schemas/', '#/$defs/');
	const { paths, components } = JSON.parse(text) as Published;
	const schema = paths[path]?.get.responses['200']?.content['application/json']?.schema;
	return z.fromJSONSchema({ ...schema, $defs: components.schemas } as z.core.JSONSchema.JSONSchema);
}
