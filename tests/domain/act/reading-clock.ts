/** Reads the texts that it is given, apart, so that one that is never read to its end can be stopped. */
import { parentPort, workerData } from 'node:worker_threads';
import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';

for (const text of workerData as string[]) {
	const before = process.threadCpuUsage();
	readDeliberation(text);
	// What other programs take of the machine does not count.
	const { user, system } = process.threadCpuUsage(before);
	parentPort?.postMessage((user + system) / 1_000);
}
