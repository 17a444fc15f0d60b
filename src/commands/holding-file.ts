import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const POLL_MS = 100;
const SIGN_OF_LIFE_MS = 1_000;
const DEAD_AFTER_MS = 15_000;

/**
 * Does some work while no other process of this machine does it. The holder touches the file every second; one that
 * was killed no longer does, and after a while counts for nothing.
 */
export async function holdingFile<T>(path: string, work: () => Promise<T>): Promise<T> {
	mkdirSync(dirname(path), { recursive: true });
	while (!take(path)) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	const signs = setInterval(() => touch(path), SIGN_OF_LIFE_MS);
	try {
		return await work();
	} finally {
		clearInterval(signs);
		rmSync(path, { force: true });
	}
}

function take(path: string): boolean {
	try {
		writeFileSync(path, '', { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
	if (touched !== undefined && Date.now() - touched > DEAD_AFTER_MS) rmSync(path, { force: true });
	return false;
}

function touch(path: string): void {
	const now = Date.now() / 1000;
	try {
		utimesSync(path, now, now);
	} catch {
		// Taken for dead and removed: the work goes on, and at worst is done twice.
	}
}
