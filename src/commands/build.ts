import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { SetupError } from '#lib/server/setup-error.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/** What the build is made of. Commands and tests are not part of it. */
const SOURCES = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package-lock.json'];
const NOT_BUILT = join(PROJECT, 'src', 'commands');

export const BUILD_FOLDER = join(PROJECT, 'build');
const DIGEST_FILE = join(BUILD_FOLDER, 'sources.sha256');

/** Whether build/ was made from the sources as they are now, by their contents: times change with every checkout. */
export function isBuildCurrent(): boolean {
	try {
		return readFileSync(DIGEST_FILE, 'utf8') === digestOfSources();
	} catch {
		return false;
	}
}

/** Builds the application with Vite, in a process of its own. What Vite says is shown only if it fails. */
export async function buildApplication(signal?: AbortSignal): Promise<void> {
	const digest = digestOfSources();
	const output: Buffer[] = [];
	const vite = join(PROJECT, 'node_modules/vite/bin/vite.js');
	const child = spawn(process.execPath, [vite, 'build'], {
		cwd: PROJECT,
		env: { ...process.env, NODE_ENV: 'production' },
		stdio: ['ignore', 'pipe', 'pipe'],
		...(signal ? { signal } : {})
	});
	child.on('error', () => undefined); // An aborted build ends like a failed one.
	child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
	const code = await new Promise((done) => child.on('close', done));
	if (code !== 0) {
		throw new SetupError(['La construction a échoué :', Buffer.concat(output).toString('utf8')]);
	}
	writeFileSync(DIGEST_FILE, digest);
}

function digestOfSources(): string {
	const hash = createHash('sha256');
	for (const source of SOURCES) addTo(hash, join(PROJECT, source));
	return hash.digest('hex');
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
	if (path === NOT_BUILT) return;
	if (statSync(path).isDirectory()) {
		for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
		return;
	}
	const contents = readFileSync(path);
	hash.update(`${relative(PROJECT, path)}\0${contents.length}\0`).update(contents);
}
