import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RequestEvent } from '@sveltejs/kit';
import { dayInParis } from '#lib/domain/day.ts';

/** Pages that say nothing but what the database says to a person on a day. */
const KEPT_ROUTES = new Set([
	'/(app)',
	'/(app)/programmes',
	'/(app)/programmes/[slug]',
	'/(app)/enveloppes/[id]',
	'/(app)/deliberations',
	'/(app)/deliberations/[id]',
	'/(app)/chiffres/[figure]'
]);

/** The memory that finished pages may take in this process, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024;

type KeptPage = {
	version: string;
	body: ArrayBuffer;
	/** The same, a fifth of the size on the way; null until it is ready. */
	compressed: ArrayBuffer | null;
	headers: [string, string][];
};

const compress = promisify(gzip);

const pages = new Map<string, KeptPage>();
let bytes = 0;

/**
 * Answers a page that was already made for this person, as long as nothing has changed since: its
 * version comes from the database with the session, on every request. A page made while something
 * changed is kept under the older version, which nobody asks for again.
 */
export async function answerKept(
	event: RequestEvent,
	make: () => Promise<Response> | Response
): Promise<Response> {
	const key = keyOf(event);
	if (key === null || event.locals.session?.by !== 'cookie') return make();
	const { booksVersion: version } = event.locals.session;

	const page = pages.get(key);
	if (page?.version === version) {
		keep(key, page); // The latest asked for is the last to be dropped.
		return answerFrom(page, event.request);
	}
	const response = await make();
	if (response.status !== 200 || response.headers.has('set-cookie')) return response;
	const body = await response.arrayBuffer();
	const made: KeptPage = { version, body, compressed: null, headers: [...response.headers] };
	keep(key, made);
	addCompressed(key, made).catch(() => {}); // It then goes out as it is.
	return answerFrom(made, event.request);
}

function answerFrom({ body, compressed, headers }: KeptPage, request: Request): Response {
	const takesGzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(
		request.headers.get('accept-encoding') ?? ''
	);
	const answer = new Response(takesGzip && compressed ? compressed : body, { headers });
	answer.headers.append('vary', 'accept-encoding');
	if (takesGzip && compressed) {
		answer.headers.set('content-encoding', 'gzip');
		answer.headers.set('content-length', String(compressed.byteLength));
		answer.headers.delete('etag'); // It names the other bytes.
	}
	return answer;
}

/** After the first answer, so that nobody waits for it; a page dropped meanwhile stays dropped. */
async function addCompressed(key: string, page: KeptPage): Promise<void> {
	const { buffer, byteOffset, byteLength } = await compress(page.body);
	if (pages.get(key) !== page) return;
	drop(key);
	page.compressed = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
	keep(key, page);
}

/** Who asks for what on which day. Null for what is not kept. */
function keyOf({ locals, request, route, url, isDataRequest }: RequestEvent): string | null {
	const isKept = request.method === 'GET' && !isDataRequest && KEPT_ROUTES.has(route.id ?? '');
	if (!isKept || locals.session === null) return null;
	const { id, role } = locals.session.actor;
	// What a partner has to declare moves with what it types, which is not counted.
	if (role === 'partner' && route.id === '/(app)') return null;
	return [id, dayInParis(locals.at), url.origin, url.pathname, url.search].join('\n');
}

function keep(key: string, page: KeptPage): void {
	drop(key);
	pages.set(key, page);
	bytes += sizeOf(page);
	for (const oldest of pages.keys()) {
		if (bytes <= MOST_BYTES) break;
		drop(oldest);
	}
}

function drop(key: string): void {
	const page = pages.get(key);
	if (page) bytes -= sizeOf(page);
	pages.delete(key);
}

const sizeOf = ({ body, compressed }: KeptPage): number =>
	body.byteLength + (compressed?.byteLength ?? 0);
