import { statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

/** The system account a server process runs under; null means our own. */
export type Account = { uid: number; gid: number };

/** The account without rights that every Unix system knows by number, whether or not it gave it a name. */
const NOBODY: Account = { uid: 65534, gid: 65534 };

/**
 * PostgreSQL refuses to run as root, so as root it runs as whoever owns the existing data, and as nobody for new
 * data. Everyone else runs it as themselves.
 */
export function accountFor(dataOwner: Account | null): Account | null {
	if (process.getuid?.() !== 0) return null;
	if (dataOwner && dataOwner.uid !== 0) return dataOwner;
	return NOBODY;
}

/** Whether the account may go through every folder from the root down to this one. */
export function canReach(account: Account | null, folder: string): boolean {
	if (account === null) return true;
	for (let current = folder; ; current = dirname(current)) {
		const stats = statSync(current, { throwIfNoEntry: false });
		if (stats && !canTraverse(account, stats)) return false;
		if (current === dirname(current)) return true;
	}
}

function canTraverse(account: Account, stats: Stats): boolean {
	if (stats.uid === account.uid) return (stats.mode & 0o100) !== 0;
	if (stats.gid === account.gid) return (stats.mode & 0o010) !== 0;
	return (stats.mode & 0o001) !== 0;
}
