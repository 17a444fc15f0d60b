import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import { knownOn, type Viewpoint } from '#lib/domain/viewpoint.ts';
import type { Context } from '#lib/server/context.ts';
import { STATUS_OF } from '#lib/server/http/failure.ts';
import { problem } from '#lib/server/http/problem.ts';

/** What is answered, and from where the books were looked at. */
export type Answer<Body> = { body: Body; viewpoint: Viewpoint };

/**
 * Answers a reading of the API: its body as JSON, or the refusal as a problem. Content-Location says of which
 * day the figures are; ETag is a digest of the body, so that asking again for what has not changed
 * transfers nothing.
 */
export async function answer(
	{ locals, url }: RequestEvent,
	read: (context: Context, parameters: URLSearchParams) => Promise<Answer<object>>
): Promise<Response> {
	try {
		const { body, viewpoint } = await read(locals.context, url.searchParams);
		return json(body, {
			'content-location': settledAddress(url, viewpoint),
			'cache-control': 'private, no-cache',
			vary: 'Cookie, Authorization'
		});
	} catch (error) {
		if (error instanceof Refusal) return problemOf(error);
		throw error;
	}
}

/** JSON with a digest of itself. */
export function json(body: object, headers: Readonly<Record<string, string>>): Response {
	const text = JSON.stringify(body);
	const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
	return new Response(text, { headers: { 'content-type': 'application/json', etag, ...headers } });
}

/** What may be asked of an address that is only read. */
export const allowReading = (): Response =>
	new Response(null, { status: 204, headers: { allow: 'GET, HEAD, OPTIONS' } });

function problemOf({ kind, message, field }: Refusal): Response {
	return problem(STATUS_OF[kind], { detail: message, ...(field ? { parameter: field } : {}) });
}

function settledAddress(url: URL, viewpoint: Viewpoint): string {
	const parameters = new URLSearchParams(url.searchParams);
	parameters.set('au', viewpoint.asOf);
	const known = knownOn(viewpoint);
	if (known) parameters.set('connu', known);
	return `${url.pathname}?${parameters}`;
}
