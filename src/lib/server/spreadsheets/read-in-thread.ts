import { Worker } from 'node:worker_threads';
import { Refusal } from '#lib/domain/refusal.ts';
import { LONGEST_READING_MS, tooLargeInside, WORKER_HEAP_MEGABYTES } from './limits.ts';
import type { ReadingAnswer, ReadingOrder } from './worker.ts';

/**
 * Reads a file in a thread and gives what was understood piece by piece; the next is read while one is
 * dealt with. A file that takes too much memory or too long is refused, and costs nothing but its thread.
 */
export async function* readInThread(
	order: ReadingOrder,
	signal?: AbortSignal
): AsyncGenerator<Extract<ReadingAnswer, { kind: 'table' | 'lines' }>> {
	// Loaded late, and so a file of its own however the application was built.
	const { HERE } = await import('./worker.ts');
	const worker = new Worker(new URL(HERE), {
		workerData: order,
		execArgv: [],
		// Nothing of the environment, and nothing of its own to say.
		env: {},
		stdout: false,
		resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MEGABYTES, maxYoungGenerationSizeMb: 2 }
	});
	const answers: ReadingAnswer[] = [];
	let failure: Error | null = null;
	let isOver = false;
	let wake: () => void = () => undefined;
	const stop = (error: Error) => {
		failure ??= error;
		wake();
	};
	worker.on('message', (answer: ReadingAnswer) => {
		answers.push(answer);
		wake();
	});
	worker.on('error', (error: Error & { code?: string }) =>
		stop(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLargeInside() : error)
	);
	worker.on('exit', () => {
		isOver = true;
		wake();
	});
	const timer = setTimeout(() => stop(tooLargeInside()), LONGEST_READING_MS);
	const abort = () => stop(new Error('The reading was called off.'));
	signal?.addEventListener('abort', abort, { once: true });
	try {
		for (;;) {
			const answer = answers.shift();
			if (answer?.kind === 'end') return;
			if (answer?.kind === 'refused') throw new Refusal(answer.message, { field: 'fichier' });
			if (answer) {
				yield answer;
				if (answer.kind === 'lines') worker.postMessage('taken');
				continue;
			}
			if (failure) throw failure as Error;
			if (isOver) throw new Error('The reading thread ended without a word.');
			if (signal?.aborted) abort();
			else {
				await new Promise<void>((done) => {
					wake = done;
				});
			}
		}
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', abort);
		await worker.terminate();
	}
}
