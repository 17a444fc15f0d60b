/**
 * Outlives the tests only to tidy up after them: when the process that started it ends, in whatever way, its standard
 * input ends, and the servers on data in its folder are stopped and the folder is removed.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAlive, readPostmaster } from '#lib/server/db/embedded/postmaster.ts';

const folder = process.argv[2];
if (!folder) throw new Error('guardian.ts needs a folder to guard.');

process.stdin.resume();
process.stdin.on('end', () => void tidy(folder));
process.stdin.on('error', () => void tidy(folder));

async function tidy(path: string): Promise<void> {
	if (existsSync(path)) {
		const files = readdirSync(path, { recursive: true, encoding: 'utf8' });
		const running = files.filter((file) => file.endsWith('postmaster.pid'));
		for (const file of running) await stop(dirname(join(path, file)));
	}
	rmSync(path, { recursive: true, force: true });
	process.exit(0);
}

async function stop(dataFolder: string): Promise<void> {
	const postmaster = readPostmaster(dataFolder);
	if (!postmaster || !isAlive(postmaster.pid)) return;
	process.kill(postmaster.pid, 'SIGQUIT');
	// Its file goes last of all, and the process may stay in the table when nobody waits for it.
	for (let tries = 0; tries < 200 && readPostmaster(dataFolder); tries++) {
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
	if (postmaster.host.startsWith('/')) rmSync(postmaster.host, { recursive: true, force: true });
}
