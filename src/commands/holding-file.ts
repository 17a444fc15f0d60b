import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive } from '#lib/server/db/embedded/postmaster.ts';

const POLL_MS = 100;

/** Does some work while no other process of this machine does it. A lock whose holder died counts for nothing. */
export async function holdingFile<T>(path: string, work: () => Promise<T>): Promise<T> {
	mkdirSync(dirname(path), { recursive: true });
	while (!take(path)) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	try {
		return await work();
	} finally {
		rmSync(path, { force: true });
	}
}

function take(path: string): boolean {
	try {
		writeFileSync(path, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	if (!isAlive(readHolder(path))) rmSync(path, { force: true });
	return false;
}

/** A file that its holder has not yet filled, or has just removed, is taken for held. */
function readHolder(path: string): number {
	try {
		return Number(readFileSync(path, 'utf8')) || process.pid;
	} catch {
		return process.pid;
	}
}
