import { startTestServer } from './server.ts';

/** One server a run, for all files, whether the whole suite runs or a single file. */
export default async function setup(): Promise<() => Promise<void>> {
	const server = await startTestServer();
	return server.stop;
}
