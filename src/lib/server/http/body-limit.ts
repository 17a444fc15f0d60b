import { Readable } from 'node:stream';
import type { RequestEvent } from '@sveltejs/kit';
import { MOST_LETTERS } from '#lib/domain/act/given-text.ts';
import { formatBytes, LARGEST_EVIDENCE_BYTES } from '#lib/domain/evidence.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import { errorPage } from '#lib/server/http/error-page.ts';
import { isApi, problem } from '#lib/server/http/problem.ts';

/** How many files one form may carry; with script each goes by itself. */
export const MOST_FILES_AT_ONCE = 10;

/** What stands around the files of a form: the other fields, and the lines between. */
const AROUND_BYTES = 1024 * 1024;

/** A letter takes four bytes at most. */
export const LONGEST_PASTED_BYTES = 4 * MOST_LETTERS + 4;

/**
 * The addresses that take files, by route id, and the most they take in one request. They read what comes piece
 * by piece and hold none of it in memory. Everything else is an ordinary form: see BODY_SIZE_LIMIT.
 */
export const UPLOAD_LIMITS: Readonly<Record<string, number>> = {
	'/(app)/declarations/[id]/justificatifs':
		MOST_FILES_AT_ONCE * LARGEST_EVIDENCE_BYTES + AROUND_BYTES,
	'/(app)/declarations/[id]/tableur': LARGEST_EVIDENCE_BYTES + AROUND_BYTES,
	'/(app)/deliberations/nouvelle': LARGEST_EVIDENCE_BYTES + LONGEST_PASTED_BYTES + AROUND_BYTES,
	'/(app)/engagements/[id]': MOST_FILES_AT_ONCE * LARGEST_EVIDENCE_BYTES + AROUND_BYTES
};

/** A browser reads no answer before it has sent all. So much is heard of somebody, and so much of anybody. */
const HEARD_OF_SOMEBODY_BYTES = 1024 ** 3;
const HEARD_OF_ANYBODY_BYTES = 2 * LARGEST_EVIDENCE_BYTES;

type BodyLimit = { limitBytes: number; heardBytes: number };

/**
 * The request with no more in it than its address takes. What is announced as larger, or turns out to be, is heard
 * to its end and thrown away, so that the refusal is read instead of a broken connection. An ordinary form is
 * read at once, since forms are read whole anyway; files are counted while they pass.
 */
export async function limitBody(event: RequestEvent, ordinaryBytes: number): Promise<Request> {
	const { request, route } = event;
	if (!request.body) return request;
	const uploadBytes = UPLOAD_LIMITS[route.id ?? ''];
	const limit = { limitBytes: uploadBytes ?? ordinaryBytes, heardBytes: heardOf(event) };
	if (Number(request.headers.get('content-length')) > limit.limitBytes) {
		await hearOut(event);
		throw requestTooLarge(limit.limitBytes);
	}
	const passing = upTo(request.body, limit);
	if (uploadBytes === undefined) return new Request(request, { body: await wholeOf(passing) });
	const streamed = {
		body: Readable.toWeb(Readable.from(passing)) as ReadableStream,
		duplex: 'half' // The types of browsers, which stream no body, do not know it.
	};
	return new Request(request, streamed);
}

/** Hears what nobody read: of a request that was refused before, or sent on to the sign-in page. */
export async function hearOut(event: RequestEvent): Promise<void> {
	const { body, bodyUsed } = event.request;
	if (!body || bodyUsed || body.locked) return;
	let left = heardOf(event);
	for await (const chunk of body) {
		left -= chunk.byteLength;
		if (left < 0) return;
	}
}

/** What a person is told, on a page or, where a script asked, in the form that it reads. */
export function answerTooLarge({ request, url }: RequestEvent, { message }: Refusal): Response {
	if (isApi(url)) return problem(413, { detail: message });
	if (request.headers.get('x-sveltekit-action') === 'true') {
		return Response.json({ type: 'error', error: { message } }, { status: 413 });
	}
	return errorPage(413, message);
}

const heardOf = ({ locals }: RequestEvent): number =>
	locals.session ? HEARD_OF_SOMEBODY_BYTES : HEARD_OF_ANYBODY_BYTES;

/** What comes, up to the limit; the rest is heard and thrown away, and then refused. */
async function* upTo(
	body: ReadableStream<Uint8Array>,
	{ limitBytes, heardBytes }: BodyLimit
): AsyncGenerator<Uint8Array> {
	let size = 0;
	for await (const chunk of body) {
		size += chunk.byteLength;
		if (size <= limitBytes) yield chunk;
		else if (size > limitBytes + heardBytes) break;
	}
	if (size > limitBytes) throw requestTooLarge(limitBytes);
}

async function wholeOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer<ArrayBuffer>> {
	const chunks: Uint8Array[] = [];
	for await (const piece of pieces) chunks.push(piece);
	return Buffer.concat(chunks);
}

function requestTooLarge(limitBytes: number): Refusal {
	const message = `Cet envoi est trop volumineux : ${formatBytes(limitBytes)} au plus en une fois. Rien n’en a été gardé. Revenez en arrière et envoyez-en moins à la fois.`;
	return new Refusal(typeset(message), { kind: 'too-large' });
}
