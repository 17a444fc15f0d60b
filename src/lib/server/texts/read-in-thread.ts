import { Worker } from 'node:worker_threads';
import { Refusal } from '#lib/domain/refusal.ts';
import { isTooMuch, LONGEST_READING_MS, WORKER_HEAP_MEGABYTES } from './limits.ts';
import type { ActOrder, ReadAct } from './read-act.ts';
import type { ActAnswer } from './worker.ts';

/** One act is read at a time: two that are large would take twice the memory. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Reads an act in a thread. A file that takes too much memory or too long is refused, and costs nothing
 * but its thread.
 */
export function readActInThread(order: ActOrder): Promise<ReadAct> {
	const reading = turn.then(() => readAlone(order));
	turn = reading.catch(() => undefined);
	return reading;
}

async function readAlone(order: ActOrder): Promise<ReadAct> {
	// Loaded late, and so a file of its own however the application was built.
	const { HERE } = await import('./worker.ts');
	const worker = new Worker(new URL(HERE), {
		workerData: order,
		execArgv: [],
		// Nothing of the environment, and nothing of its own to say.
		env: {},
		stdout: false,
		stderr: false,
		resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MEGABYTES, maxYoungGenerationSizeMb: 16 }
	});
	const { promise, resolve, reject } = Promise.withResolvers<ReadAct>();
	worker.on('message', (answer: ActAnswer) => {
		if ('act' in answer) return resolve(answer.act);
		reject(new Refusal(answer.refused, answer.field === null ? {} : { field: answer.field }));
	});
	worker.on('error', (error: Error & { code?: string }) => {
		const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY' || error instanceof RangeError;
		reject(isFull ? isTooMuch() : error);
	});
	worker.on('exit', () => reject(new Error('The reading thread ended without a word.')));
	const timer = setTimeout(() => reject(isTooMuch()), LONGEST_READING_MS);
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
		await worker.terminate();
	}
}
