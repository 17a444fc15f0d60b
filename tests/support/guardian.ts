/**
 * Outlives the tests only to tidy up after them: when the process that started it ends, in whatever way, its standard
 * input ends, and the test server is stopped and its folder removed.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, readPostmaster } from '#lib/server/db/embedded/postmaster.ts';

const folder = process.argv[2];
if (!folder) throw new Error('guardian.ts needs the folder of the test server.');

process.stdin.resume();
process.stdin.on('end', () => void tidy(folder));
process.stdin.on('error', () => void tidy(folder));

async function tidy(path: string): Promise<void> {
	const data = join(path, 'data', 'postgresql');
	const postmaster = readPostmaster(data);
	if (postmaster && isAlive(postmaster.pid)) {
		process.kill(postmaster.pid, 'SIGQUIT');
		// Its file goes last of all, and the process may stay in the table when nobody waits for it.
		for (let tries = 0; tries < 200 && readPostmaster(data); tries++) {
			await new Promise((resolve) => setTimeout(resolve, 25));
		}
		if (postmaster.host.startsWith('/')) rmSync(postmaster.host, { recursive: true, force: true });
	}
	rmSync(path, { recursive: true, force: true });
	process.exit(0);
}
