import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder for servers: both are gone when the tests are, even when these are killed. */
export type GuardedFolder = { path: string; remove: () => void };

export function makeGuardedFolder(prefix: string): GuardedFolder {
	const path = mkdtempSync(join(tmpdir(), prefix));
	chmodSync(path, 0o755);
	const guardian = spawn(process.execPath, [join(import.meta.dirname, 'guardian.ts'), path], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore']
	});
	guardian.unref();
	return {
		path,
		remove: () => {
			rmSync(path, { recursive: true, force: true });
			guardian.stdin?.end();
		}
	};
}
