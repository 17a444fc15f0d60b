import { createHash } from 'node:crypto';
import { sendJob } from '#lib/server/jobs/jobs.ts';

const MOST_OFTEN_MS = 15_000;

/** Asks that a spreadsheet be read, once it is committed that it was given. */
export async function askForReading(importId: string, actorId: string): Promise<void> {
	await sendJob('read-import', { importId, actorId });
}

/**
 * Asks again, for one that waits for long: the process that should have asked may have died in between.
 * Not more than once in a quarter of a minute, however often somebody looks.
 */
export async function askAgain(importId: string, actorId: string, at: Date): Promise<void> {
	const turn = Math.floor(at.getTime() / MOST_OFTEN_MS);
	const hash = createHash('sha256').update(`${importId} ${turn}`).digest('hex');
	const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
	await sendJob('read-import', { importId, actorId }, { id }).catch(() => undefined);
}
