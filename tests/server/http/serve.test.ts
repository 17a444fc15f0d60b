import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { readConfig, type Config } from '#lib/server/config.ts';
import { serve, type Handler, type Serving } from '#lib/server/http/serve.ts';

const opened: Serving[] = [];

afterEach(async () => {
	await Promise.all(opened.splice(0).map((serving) => serving.drain()));
});

async function serveOn(handler: Handler, config: Partial<Config> = {}): Promise<Serving> {
	const serving = await serve(handler, { ...readConfig({}), port: 0, ...config });
	opened.push(serving);
	return serving;
}

/** Answers after a while, and says when it has begun. */
function slowly(milliseconds: number): { handler: Handler; begun: Promise<void> } {
	let begin = () => {};
	const begun = new Promise<void>((resolve) => (begin = resolve));
	const handler: Handler = (_request, response) => {
		begin();
		setTimeout(() => response.end('done'), milliseconds);
	};
	return { handler, begun };
}

it('listens on both loopback addresses, which localhost may be either of', async () => {
	const { origin } = await serveOn((_request, response) => response.end('here'));
	const { port } = new URL(origin);
	expect(origin).toBe(`http://localhost:${port}`);
	for (const host of ['127.0.0.1', '[::1]']) {
		const answer = await fetch(`http://${host}:${port}/`).catch(() => null);
		if (answer === null && host === '[::1]') continue; // A machine without IPv6.
		expect(await answer?.text()).toBe('here');
	}
});

it('lets a request under way finish when it is asked to stop, and takes no other', async () => {
	const { handler, begun } = slowly(300);
	const serving = await serveOn(handler, { host: '127.0.0.1' });
	const underWay = fetch(serving.origin).then((response) => response.text());
	await begun;
	const drained = serving.drain();
	await expect(fetch(serving.origin)).rejects.toThrow();
	expect(await underWay).toBe('done');
	await drained;
});

it('does not wait for ever for a request that never ends', async () => {
	const { handler, begun } = slowly(60_000);
	const serving = await serveOn(handler, { host: '127.0.0.1', shutdownTimeoutSeconds: 1 });
	const underWay = fetch(serving.origin).catch(() => 'broken off');
	await begun;
	await serving.drain();
	expect(await underWay).toBe('broken off');
});

it('answers 500 when the application throws, and goes on', async () => {
	const { origin } = await serveOn((request, response) => {
		if (request.url === '/bad') throw new Error('planted');
		return response.end('well');
	});
	expect((await fetch(`${origin}/bad`)).status).toBe(500);
	expect(await (await fetch(`${origin}/good`)).text()).toBe('well');
});

it('says which port is taken, in one line', async () => {
	const other: Server = createServer().listen(0, '127.0.0.1');
	await new Promise((done) => other.once('listening', done));
	const { port } = other.address() as { port: number };
	await expect(serveOn(() => null, { port })).rejects.toThrow(`Le port ${port} est déjà pris`);
	other.close();
});
