/** Reads one act in a thread of its own, whose memory is limited: a hostile file ends the thread, not us. */
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '#lib/domain/refusal.ts';
import { limitAllocations } from './limit-allocations.ts';
import { isTooMuch } from './limits.ts';
import { readAct, type ActOrder, type ReadAct } from './read-act.ts';

export type ActAnswer = { act: ReadAct } | { refused: string; field: string | null };

/** Where this module lies, as it was built or as its source: a thread begins here. */
export const HERE = import.meta.url;

if (parentPort && isOrder(workerData)) {
	const port = parentPort;
	const allocations = limitAllocations();
	// What a library promised and nobody awaits: the reading goes on, or fails by itself.
	process.on('unhandledRejection', () => undefined);
	try {
		const act = await readAct(workerData);
		if (allocations.wereTooMuch) throw isTooMuch();
		port.postMessage({ act } satisfies ActAnswer);
	} catch (error) {
		const refusal = allocations.wereTooMuch ? isTooMuch() : error;
		if (!(refusal instanceof Refusal)) throw error;
		const { message, field } = refusal;
		port.postMessage({ refused: message, field } satisfies ActAnswer);
	}
	port.close();
}

/** In a thread of ours; elsewhere this module is only asked where it lies. */
function isOrder(data: unknown): data is ActOrder {
	return typeof data === 'object' && data !== null && ('text' in data || 'kind' in data);
}
