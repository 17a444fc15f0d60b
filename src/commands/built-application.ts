import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { SetupError } from '#lib/server/setup-error.ts';
import { holdingFile } from './holding-file.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/** What the application is made of. Commands and tests are not part of it. */
const SOURCES = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package-lock.json'];
const NOT_BUILT = join(PROJECT, 'src', 'commands');

/** One folder a version, so that a build never pulls the files from under an application that runs. */
const BUILDS = join(PROJECT, 'build');
const KEPT_BUILDS = 5;
const KEPT_FOR_MS = 24 * 3600_000;

/** The folder of the application built from the sources as they are now; null when it is not there yet. */
export function findBuild(): string | null {
	const folder = folderOf(digestOfSources());
	return existsSync(folder) ? folder : null;
}

/**
 * Builds the application from its sources, unless it is there. Sources are told apart by their contents, since
 * their times change with every checkout. Of several processes that need it at once, one builds and the others wait.
 */
export async function buildApplication(signal?: AbortSignal): Promise<string> {
	return holdingFile(join(PROJECT, 'node_modules/.cache/tenu/build.lock'), async () => {
		const folder = folderOf(digestOfSources());
		if (existsSync(folder)) return folder;
		const aside = join(BUILDS, `building-${process.pid}`);
		try {
			await runVite(aside, signal);
			renameSync(aside, folder);
		} finally {
			rmSync(aside, { recursive: true, force: true });
		}
		removeOldBuilds();
		return folder;
	});
}

/** Vite runs in a process of its own; what it says is shown only if it fails. */
async function runVite(folder: string, signal: AbortSignal | undefined): Promise<void> {
	const output: Buffer[] = [];
	const child = spawn(process.execPath, [join(PROJECT, 'node_modules/vite/bin/vite.js'), 'build'], {
		cwd: PROJECT,
		env: { ...process.env, NODE_ENV: 'production', TENU_BUILD_FOLDER: folder },
		stdio: ['ignore', 'pipe', 'pipe'],
		...(signal ? { signal } : {})
	});
	child.on('error', () => undefined); // A build that is called off ends like one that fails.
	child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
	const code = await new Promise((done) => child.on('close', done));
	signal?.throwIfAborted();
	if (code !== 0) {
		throw new SetupError(['La construction a échoué :', Buffer.concat(output).toString('utf8')]);
	}
}

/** An application that was started from an old build still reads its files: only what is both old and many goes. */
function removeOldBuilds(): void {
	const builds = readdirSync(BUILDS)
		.map((name) => ({ path: join(BUILDS, name), at: statSync(join(BUILDS, name)).mtimeMs }))
		.sort((a, b) => b.at - a.at);
	for (const { path, at } of builds.slice(KEPT_BUILDS)) {
		if (Date.now() - at > KEPT_FOR_MS) rmSync(path, { recursive: true, force: true });
	}
}

function folderOf(digest: string): string {
	return join(BUILDS, digest.slice(0, 16));
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
