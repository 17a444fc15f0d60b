import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type pg from 'pg';
import { ask } from './load.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/** A server process that answers. */
export type Served = {
	origin: string;
	/** From the start of the process to its first answer. */
	firstAnswerMs: number;
	/** Memory of the process, in bytes. */
	memory: () => number;
	stop: () => Promise<void>;
};

/** Starts tenu as `npm start` does, on a database that runs already. */
export function startTenu(
	owner: pg.ClientConfig,
	environment: Readonly<Record<string, string>> = {}
): Promise<Served> {
	const { host, port, user, database } = owner;
	const url = `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`;
	return start([join(PROJECT, 'src/commands/start.ts')], PROJECT, '/health', {
		DATABASE_URL: url,
		LOG_LEVEL: 'warn',
		...environment
	});
}

/** A SvelteKit of one page of one line, built with the same tools: what there is to compare with. */
export async function buildBare(): Promise<{ start: () => Promise<Served>; remove: () => void }> {
	const folder = mkdtempSync(join(tmpdir(), 'tenu-bare-'));
	const write = (path: string, text: string) => {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	};
	symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
	write('package.json', '{ "name": "bare", "private": true, "type": "module" }');
	write(
		'svelte.config.js',
		"import adapter from '@sveltejs/adapter-node';\nexport default { kit: { adapter: adapter() } };\n"
	);
	write(
		'vite.config.js',
		"import { sveltekit } from '@sveltejs/kit/vite';\nexport default { plugins: [sveltekit()] };\n"
	);
	write(
		'src/app.html',
		'<!doctype html><html lang="fr"><head>%sveltekit.head%</head><body><div>%sveltekit.body%</div></body></html>'
	);
	write('src/routes/+page.svelte', '<h1>Bonjour</h1>\n');
	await run([join(PROJECT, 'node_modules/vite/bin/vite.js'), 'build'], folder);
	return {
		start: () => start([join(folder, 'build/index.js')], folder, '/', {}),
		remove: () => rmSync(folder, { recursive: true, force: true })
	};
}

/** The JavaScript that a browser fetches with a page, in bytes after gzip; charts come later, on demand. */
export async function scriptBytes(origin: string, path: string, cookie?: string): Promise<number> {
	const { body } = await ask({ origin, path, ...(cookie ? { cookie } : {}) });
	const files = new Set(
		[...body.matchAll(/(?:href|src)="([^"]+\.js)"|import\("([^"]+\.js)"\)/g)].map(
			([, linked, imported]) => new URL(linked ?? imported ?? '', origin + path).pathname
		)
	);
	// What these import at once is fetched too, whether or not the page announces it.
	for (const file of files) {
		const { body: source } = await ask({ origin, path: file });
		for (const [, found = ''] of source.matchAll(/(?:from|import)\s*"([^"]+\.js)"/g)) {
			files.add(new URL(found, origin + file).pathname);
		}
	}
	const sources = await Promise.all(
		[...files].map(async (file) => (await ask({ origin, path: file })).body)
	);
	return sources.reduce((bytes, source) => bytes + gzipSync(source).byteLength, 0);
}

async function start(
	command: string[],
	cwd: string,
	firstPath: string,
	environment: Record<string, string>
): Promise<Served> {
	const port = await findFreePort();
	const begun = performance.now();
	const child = spawn(process.execPath, command, {
		cwd,
		env: {
			PATH: process.env.PATH,
			HOME: process.env.HOME,
			NODE_ENV: 'production',
			HOST: '127.0.0.1',
			PORT: String(port),
			...environment
		},
		stdio: ['ignore', 'ignore', 'inherit']
	});
	const ended = new Promise<void>((done) => child.on('close', () => done()));
	const origin = `http://127.0.0.1:${port}`;
	for (;;) {
		if (child.exitCode !== null) throw new Error(`${command.join(' ')} ended by itself.`);
		try {
			await ask({ origin, path: firstPath });
			break;
		} catch {
			await new Promise((done) => setTimeout(done, 5));
		}
	}
	return {
		origin,
		firstAnswerMs: performance.now() - begun,
		memory: () => residentBytes(child.pid ?? 0),
		// Both would first wait for connections that are kept alive; there is nothing here to finish.
		stop: async () => {
			child.kill('SIGKILL');
			await ended;
		}
	};
}

function residentBytes(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** What it says is shown only where it fails. */
async function run(command: string[], cwd: string): Promise<void> {
	await promisify(execFile)(process.execPath, command, { cwd });
}

async function findFreePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	await new Promise((done) => server.close(done));
	return port;
}
