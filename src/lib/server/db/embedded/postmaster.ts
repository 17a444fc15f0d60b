import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A running server as it describes itself in its data folder: the process, and where it listens. */
export type Postmaster = { pid: number; host: string; port: number };

/** Reads postmaster.pid: process, data folder, start, port, socket folder, address, memory, state. */
export function readPostmaster(dataFolder: string): Postmaster | null {
	let lines: string[];
	try {
		lines = readFileSync(pidFile(dataFolder), 'utf8').split('\n');
	} catch {
		return null;
	}
	const pid = Number(lines[0]);
	const port = Number(lines[3]);
	const host = lines[4] || lines[5] || '';
	if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || !host) return null;
	return { pid, host, port };
}

export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/**
 * Sets aside the postmaster.pid of a dead server whose number now belongs to another program, as happens when a
 * container restarts: PostgreSQL itself sees only that the number lives, and would refuse to start for ever.
 */
export function setStaleFileAside(dataFolder: string): void {
	const postmaster = readPostmaster(dataFolder);
	if (!postmaster || !isAlive(postmaster.pid) || isPostgres(postmaster.pid)) return;
	const aside = `${pidFile(dataFolder)}.stale-${process.pid}`;
	renameSync(pidFile(dataFolder), aside);
	const moved = Number(readFileSync(aside, 'utf8').split('\n')[0]);
	// Another process may have put a fresh file there in between: that one goes back.
	if (moved !== postmaster.pid && !existsSync(pidFile(dataFolder))) {
		renameSync(aside, pidFile(dataFolder));
	} else {
		rmSync(aside, { force: true });
	}
}

/**
 * A process that ended but that nobody waits for (state Z) is no server any more. Where /proc can't tell, we say yes:
 * better to refuse to start than to start twice on the same data.
 */
function isPostgres(pid: number): boolean {
	try {
		const [, name, state] =
			/^\d+ \((.*)\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
		return name === 'postgres' && state !== 'Z';
	} catch {
		return true;
	}
}

function pidFile(dataFolder: string): string {
	return join(dataFolder, 'postmaster.pid');
}
