import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UPLOAD_LIMITS } from '#lib/server/http/body-limit.ts';
import { GATE } from '#lib/domain/gate.ts';
import { DEMONSTRATION_PASSWORD } from '#lib/server/demonstration/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { visit, type Visitor } from '../../support/visitor.ts';

let test: TestDatabase;
let app: TestApp;
let partner: Visitor;

beforeAll(async () => {
	test = await testDatabase({ demonstration: true });
	app = await startApp({ database: test, env: { BODY_SIZE_LIMIT: '64K' } });
	partner = visit(app.origin);
	await partner.signIn('partenaire@demo.example', DEMONSTRATION_PASSWORD);
}, 180_000);
afterAll(async () => {
	await app?.stop();
	await test?.drop();
});

const KB = 1024;
const MB = 1024 * KB;
const UPLOAD = '/declarations/00000000-0000-4000-8000-000000000000/justificatifs?/joindre';
const FORM = 'application/x-www-form-urlencoded';

/** Sends so many bytes in one piece, with their number announced, or piece by piece without. */
function post(
	visitor: Visitor,
	address: string,
	bytes: number,
	{ chunked = false, type = FORM, headers = {} as Record<string, string> } = {}
): Promise<Response> {
	const piece = new Uint8Array(Math.min(bytes, MB)).fill(97);
	let left = bytes;
	const stream = new ReadableStream<Uint8Array>({
		pull(controller) {
			const next = piece.subarray(0, Math.min(left, piece.length));
			left -= next.length;
			if (next.length > 0) controller.enqueue(next);
			else controller.close();
		}
	});
	return visitor.open(address, {
		method: 'POST',
		headers: { origin: app.origin, 'content-type': type, ...headers },
		...(chunked ? { body: stream, duplex: 'half' } : { body: new Uint8Array(bytes).fill(97) })
	} as RequestInit);
}

describe.each([
	{ how: 'announced', chunked: false },
	{ how: 'in pieces, its size unsaid', chunked: true }
])('a form that is larger than BODY_SIZE_LIMIT, $how', ({ chunked }) => {
	it('is answered 413 with a sentence, not with a broken connection', async () => {
		for (const bytes of [64 * KB + 1, 5 * MB, 40 * MB]) {
			for (const visitor of [visit(app.origin), partner]) {
				const answer = await post(visitor, '/connexion', bytes, { chunked });
				if (visitor === partner && answer.status === 303) continue; // Signed in already.
				expect(answer.status, `${bytes}`).toBe(413);
				const html = await answer.text();
				expect(html).toContain('Cet envoi est trop volumineux');
				expect(html).toMatch(/64.Ko au plus/);
			}
		}
	});

	it('at its limit is read', async () => {
		const answer = await post(visit(app.origin), '/connexion', 64 * KB, { chunked });
		expect(answer.status).toBe(400);
		expect(await answer.text()).not.toContain('trop volumineux');
	});

	it('tells a script so in the form that it reads', async () => {
		const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
		const answer = await post(visit(app.origin), '/connexion', 65 * KB, { chunked, headers });
		expect(answer.status).toBe(413);
		expect(await answer.json()).toMatchObject({
			type: 'error',
			error: { message: expect.stringContaining('trop volumineux') }
		});
	});

	it('may be as large as files are, where files are given', async () => {
		const type = 'multipart/form-data; boundary=x';
		const within = await post(partner, UPLOAD, 30 * MB, { chunked, type });
		expect(within.status, 'a declaration that is not there').toBe(404);
		const beyond = await post(partner, UPLOAD, 202 * MB, { chunked, type });
		expect([404, 413]).toContain(beyond.status);
		if (!chunked) expect(await beyond.text()).toMatch(/201.Mo au plus en une fois/);
	}, 60_000);

	it('is heard to its end also when it is sent on to the sign-in page', async () => {
		const answer = await post(visit(app.origin), UPLOAD, 20 * MB, { chunked });
		expect(answer.status).toBe(303);
		expect(answer.headers.get('location')).toMatch(/^\/connexion/);
	});
});

/** A browser sends all before it reads a word of the answer; `fetch` does not. */
describe('a browser that has sent all', () => {
	it.each([
		['to a form', '/connexion', 30 * MB, /^HTTP\/1\.1 413 /],
		['of files, once the session has ended', UPLOAD, 20 * MB, /^HTTP\/1\.1 303 /],
		['to where nothing is', '/nulle-part', 5 * MB, /^HTTP\/1\.1 404 /]
	])('%s hears the answer', async (_, address, bytes, status) => {
		expect(await sendAllThenRead(address, bytes)).toMatch(status);
	});
});

async function sendAllThenRead(address: string, bytes: number): Promise<string> {
	const { hostname, port, host } = new URL(app.origin);
	const socket = connect(Number(port), hostname);
	socket.pause(); // Nothing is read until all has gone.
	await once(socket, 'connect');
	const head = [
		`POST ${address} HTTP/1.1`,
		`host: ${host}`,
		`origin: ${app.origin}`,
		'accept: text/html',
		`content-type: ${FORM}`,
		`content-length: ${bytes}`
	];
	socket.write(`${head.join('\r\n')}\r\n\r\n`);
	const piece = Buffer.alloc(64 * KB, 97);
	for (let left = bytes; left > 0; left -= piece.length) {
		if (!socket.write(piece.subarray(0, left))) await once(socket, 'drain');
	}
	socket.resume();
	const [answer] = (await once(socket, 'data')) as [Buffer];
	socket.destroy();
	return answer.toString('latin1').slice(0, 100);
}

it('is larger only for addresses that the gate knows', () => {
	expect(Object.keys(UPLOAD_LIMITS).filter((routeId) => !Object.hasOwn(GATE, routeId))).toEqual([]);
});
