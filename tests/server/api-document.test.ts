import { describe, expect, it } from 'vitest';
import { GATE } from '#lib/domain/gate.ts';
import { apiDocument } from '#lib/server/api/document.ts';

type Node = { [name: string]: unknown };

/** As a program reads it. */
const document = JSON.parse(JSON.stringify(apiDocument)) as Node & {
	openapi: string;
	servers: { url: string }[];
	paths: Record<string, { get: Operation }>;
	components: { schemas: Record<string, Node>; securitySchemes: Record<string, Node> };
};

type Operation = Node & {
	operationId: string;
	parameters?: {
		in: string;
		name: string;
		required?: boolean;
		description?: string;
		schema: Node;
	}[];
	responses: Record<string, Node>;
};

const operations = Object.entries(document.paths).map(([path, { get }]) => ({ path, get }));

describe('the description of the API', () => {
	it('is OpenAPI 3.1 and speaks of /api/v1', () => {
		expect(document.openapi).toMatch(/^3\.1\.\d+$/);
		expect(document.servers).toEqual([{ url: '/api/v1' }]);
	});

	it('describes every address of the API that the gate knows, and no other', () => {
		const known = Object.keys(GATE)
			.filter((route) => route.startsWith('/api/v1/') && route !== '/api/v1/openapi.json')
			.map((route) => route.replace('/api/v1', '').replaceAll(/\[(\w+)\]/g, '{$1}'));
		expect(Object.keys(document.paths).sort()).toEqual(known.sort());
	});

	it('only reads', () => {
		for (const methods of Object.values(document.paths))
			expect(Object.keys(methods)).toEqual(['get']);
	});

	it('names every operation once', () => {
		const names = operations.map(({ get }) => get.operationId);
		expect(new Set(names).size).toBe(names.length);
	});

	it('leads every reference somewhere', () => {
		const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
		expect(references.length).toBeGreaterThan(10);
		for (const [, path = ''] of references) {
			const target = path.split('/').reduce<unknown>((node, key) => (node as Node)[key], document);
			expect(target, path).toBeTypeOf('object');
		}
	});

	it.each(operations)('says of $path what it takes and what it answers', ({ path, get }) => {
		const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
		const parameters = get.parameters ?? [];
		const named = (place: string) => parameters.filter((one) => one.in === place);
		expect(named('path').map(({ name, required }) => [name, required])).toEqual(
			inPath.map((name) => [name, true])
		);
		const paged = ['/programmes', '/deliberations', '/envelopes/{id}/entries'].includes(path);
		expect(named('query').map(({ name }) => name)).toEqual(
			paged ? ['au', 'connu', 'limit', 'cursor'] : ['au', 'connu']
		);
		for (const { name, description } of parameters) expect(description, name).toBeTruthy();
		expect(Object.keys(get.responses)).toEqual([
			...['200', '304', '400', '401'],
			...(inPath.length > 0 ? ['404'] : []),
			...['405', '503']
		]);
	});

	it('gives the limits of a page', () => {
		const limit = document.paths['/programmes']?.get.parameters?.find(
			({ name }) => name === 'limit'
		);
		expect(limit?.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 200, default: 50 });
	});

	it.each(Object.entries(document.components.schemas))(
		'describes every field of %s',
		(_, schema) => {
			const properties = Object.entries(schema['properties'] as Record<string, Node>);
			expect(properties.length).toBeGreaterThan(0);
			for (const [name, property] of properties) {
				if (!('$ref' in property)) expect(property['description'], name).toBeTruthy();
			}
		}
	);

	it('lets an answer gain fields without becoming another API', () => {
		expect(JSON.stringify(document)).not.toContain('additionalProperties');
	});

	it('opens by a session or by an access token', () => {
		expect(document['security']).toEqual([{ bearer: [] }, { cookie: [] }]);
		expect(document.components.securitySchemes).toMatchObject({
			bearer: { type: 'http', scheme: 'bearer' },
			cookie: { type: 'apiKey', in: 'cookie' }
		});
	});
});

describe('a thing of the API has the fields that were agreed, in their order', () => {
	const fields: Record<string, string> = {
		Programme:
			'slug, name, starts_on, ends_on, horizon_ends_on, envelopes, undertakings, indicators, agreements',
		Envelope:
			'id, label, circuit, strength, funder, starts_on, ends_on, promised, committed, received, disbursed, left_to_commit, left_to_disburse, execution_rate, time_elapsed, plan_rate, status, citation',
		Entry:
			'id, kind, amount, effective_on, recorded_at, fiscal_year, measure, operation, counterparty, reverses, declaration, citation, fictitious',
		Deliberation:
			'id, sitting, convened, theme, title, number, attendance, vote, decisions, text, citations',
		Vote: 'for, against, abstention, not_voting',
		CitedValue: 'id, start, end, quote, kind, value, precision, section',
		Citation: 'id, deliberation, quote, start, end',
		Programmes: 'items, next_cursor',
		Entries: 'items, next_cursor',
		Deliberations: 'items, next_cursor'
	};

	it.each(Object.entries(fields))('%s', (name, expected) => {
		const schema = document.components.schemas[name] ?? {};
		expect(Object.keys(schema['properties'] as Node).join(', ')).toBe(expected);
		expect((schema['required'] as string[]).join(', ')).toBe(expected);
	});
});
