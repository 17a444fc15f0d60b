import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
	chmodSync,
	chownSync,
	closeSync,
	constants,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readFileSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '#lib/server/setup-error.ts';
import { canReach, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { isAlive, readPostmaster, setStaleFileAside } from './postmaster.ts';

/** How a server of ours listens: a socket in a closed folder, or (Windows) 127.0.0.1 with a password. */
export type Transport = 'socket' | 'tcp';

export type Cluster = {
	binaries: Binaries;
	account: Account | null;
	dataFolder: string;
	transport: Transport;
	settings: Readonly<Record<string, string>>;
};

/** A socket's path holds 107 bytes, of which `/.s.PGSQL.5432.lock` takes 19. */
const LONGEST_SOCKET_FOLDER = 107 - 19;

const SETTINGS = {
	TimeZone: 'Europe/Paris',
	log_timezone: 'Europe/Paris',
	lc_messages: 'C',
	max_connections: '100',
	max_wal_size: '512MB',
	password_encryption: 'scram-sha-256',
	log_min_messages: 'warning',
	fsync: 'on'
};

/** Nothing of the environment reaches the server: PGPORT, PGDATA or a locale must not change what it does. */
const ENVIRONMENT = {
	PATH: process.env.PATH ?? '',
	LC_ALL: 'C',
	SystemRoot: process.env.SystemRoot
};

/** Makes the data folder aside and renames it: it is whole or absent, and of two who try, one wins. */
export async function initialise(cluster: Cluster): Promise<void> {
	if (existsSync(join(cluster.dataFolder, 'PG_VERSION'))) return;
	const aside = `${cluster.dataFolder}.new-${process.pid}`;
	const passwordFile = `${aside}.password`;
	rmSync(aside, { recursive: true, force: true });
	mkdirSync(aside, { mode: 0o700 });
	writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
	giveTo(cluster.account, aside, passwordFile);
	try {
		await promisify(execFile)(
			cluster.binaries.initdb,
			[
				...['-D', aside, '-U', 'postgres', '-E', 'UTF8', '--locale=C'],
				...['--locale-provider=icu', '--icu-locale=fr', '--no-instructions'],
				...['--auth-local=trust', '--auth-host=scram-sha-256', `--pwfile=${passwordFile}`],
				...(cluster.settings['fsync'] === 'off' ? ['--no-sync'] : [])
			],
			{ ...cluster.account, cwd: '/', env: ENVIRONMENT }
		);
		renameSync(passwordFile, join(aside, 'tenu-password'));
		renameSync(aside, cluster.dataFolder);
	} catch (error) {
		rmSync(aside, { recursive: true, force: true });
		rmSync(passwordFile, { force: true });
		if (existsSync(join(cluster.dataFolder, 'PG_VERSION'))) return;
		const { stderr, message } = error as Error & { stderr?: string };
		const reason = (stderr || message).trim().split('\n').at(-1);
		throw new SetupError(
			`La base de données ne peut pas être créée dans ${cluster.dataFolder} (${reason}) : ` +
				'choisissez un autre dossier avec DATA_DIR, ou un serveur PostgreSQL avec DATABASE_URL.',
			{ cause: error }
		);
	}
}

/** The password that a connection over TCP needs; over the socket its folder's mode is the lock. */
export function readPassword(dataFolder: string): string {
	return readFileSync(join(dataFolder, 'tenu-password'), 'utf8');
}

/**
 * Starts the server in a session of its own, so that Ctrl-C at the terminal reaches us alone and the application
 * can finish its requests first. Says when the process ends; a second server on the same data ends by itself.
 */
export async function launch(cluster: Cluster): Promise<{ hasEnded: () => boolean }> {
	setStaleFileAside(cluster.dataFolder);
	const log = openLog(cluster.dataFolder);
	const isTcp = cluster.transport === 'tcp';
	const folder = isTcp
		? ''
		: socketFolder(cluster.account, readPostmaster(cluster.dataFolder)?.host);
	const listening = {
		listen_addresses: isTcp ? '127.0.0.1' : '',
		port: isTcp ? String(await findFreePort()) : '5432',
		unix_socket_directories: folder
	};
	const settings = Object.entries({ ...SETTINGS, ...cluster.settings, ...listening });
	const child = spawn(
		cluster.binaries.postgres,
		['-D', cluster.dataFolder, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
		{ ...cluster.account, cwd: '/', env: ENVIRONMENT, detached: true, stdio: ['ignore', log, log] }
	);
	closeSync(log);
	let ended = false;
	child.on('exit', () => {
		ended = true;
		removeSocketFolder(folder);
	});
	child.on('error', () => (ended = true));
	child.unref();
	return { hasEnded: () => ended };
}

/** Root opens this file in a folder that is not its own, so it follows no link there. Past 10 MB it begins anew. */
function openLog(dataFolder: string): number {
	const path = join(dataFolder, 'server.log');
	if ((lstatSync(path, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) rmSync(path);
	const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW = 0 } = constants;
	return openSync(path, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600);
}

/** What the server last said, for the person whose server does not start. */
export function lastWords(dataFolder: string): string {
	try {
		return readFileSync(join(dataFolder, 'server.log'), 'utf8')
			.trim()
			.split('\n')
			.slice(-3)
			.join(' / ');
	} catch {
		return '';
	}
}

/** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
export async function stop(cluster: Cluster, pid: number, host: string): Promise<void> {
	if (process.platform === 'win32') {
		await promisify(execFile)(cluster.binaries.pgCtl, [
			'stop',
			'-D',
			cluster.dataFolder,
			'-m',
			'fast',
			'-w'
		]);
		return;
	}
	signal(pid, 'SIGINT');
	// The file goes last of all; a process nobody waits for may stay in the table after it.
	const isRunning = () => isAlive(pid) && readPostmaster(cluster.dataFolder)?.pid === pid;
	for (let waited = 0; isRunning(); waited += 20) {
		if (waited === 30_000) signal(pid, 'SIGQUIT');
		if (waited > 40_000) throw new Error(`The PostgreSQL server ${pid} does not stop.`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	removeSocketFolder(host);
}

/** Only when it is empty: a server that has just been started there by another process keeps it. */
function removeSocketFolder(folder: string): void {
	if (!isSocketFolder(folder)) return;
	try {
		rmdirSync(folder);
	} catch {
		// In use, or gone already.
	}
}

function signal(pid: number, name: NodeJS.Signals): void {
	try {
		process.kill(pid, name);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** A short folder of mode 0700 for the socket. After a crash the server takes its old one: addresses stay good. */
function socketFolder(account: Account | null, previous: string | undefined): string {
	const uid = account?.uid ?? process.getuid?.();
	const found =
		previous && isSocketFolder(previous) && statSync(previous, { throwIfNoEntry: false });
	if (previous && found && found.uid === uid && (found.mode & 0o077) === 0) return previous;
	const isShort = tmpdir().length + '/tenu-XXXXXX'.length <= LONGEST_SOCKET_FOLDER;
	const parent = isShort && canReach(account, tmpdir()) ? tmpdir() : '/tmp';
	const folder = mkdtempSync(join(parent, 'tenu-'));
	chmodSync(folder, 0o700);
	giveTo(account, folder);
	return folder;
}

function isSocketFolder(host: string): boolean {
	return /\/tenu-\w{6}$/.test(host);
}

function giveTo(account: Account | null, ...paths: string[]): void {
	if (account) for (const path of paths) chownSync(path, account.uid, account.gid);
}

function findFreePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}
