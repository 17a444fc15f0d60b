import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/tenu');

export type Chromium = { executablePath: string; env: Record<string, string> };

/**
 * Unpacks the Chromium that comes as a package, once a checkout. The package unpacks into the folder of temporary
 * files, where two test files at once, or one that is killed, would leave half a browser: here it unpacks aside, with
 * its libraries, and the whole is renamed.
 */
export async function unpackChromium(): Promise<Chromium> {
	const folder = join(CACHE, `chromium-${versionOf('@sparticuz/chromium')}`);
	if (!existsSync(folder)) {
		mkdirSync(CACHE, { recursive: true });
		const aside = mkdtempSync(join(CACHE, 'unpacking-'));
		await unpackInto(aside);
		try {
			renameSync(aside, folder);
		} catch (error) {
			rmSync(aside, { recursive: true, force: true });
			if (!existsSync(folder)) throw error;
		}
	}
	const executablePath = join(folder, 'chromium');
	return { executablePath, env: await environmentFor(executablePath, folder) };
}

/** In a process of its own, whose temporary folder and environment make the package unpack everything there. */
async function unpackInto(folder: string): Promise<void> {
	const program = `import('@sparticuz/chromium').then((module) => module.default.executablePath())`;
	await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
		cwd: resolve(CACHE, '../../..'),
		env: { PATH: process.env.PATH, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }
	});
	chmodSync(join(folder, 'chromium'), 0o755);
	chmodSync(folder, 0o755);
}

/** A machine may lack the libraries or the fonts that a browser takes for granted; the package brings both. */
async function environmentFor(
	executablePath: string,
	folder: string
): Promise<Record<string, string>> {
	const fonts: Record<string, string> = existsSync('/etc/fonts/fonts.conf')
		? {}
		: { FONTCONFIG_PATH: join(folder, 'fonts') };
	try {
		await promisify(execFile)(executablePath, ['--version']);
		return fonts;
	} catch {
		return { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
	}
}

function versionOf(name: string): string {
	// The package exports no package.json: its entry is in build/, one folder below.
	const entry = createRequire(import.meta.url).resolve(name);
	const manifest: unknown = createRequire(entry)(join(entry, '../../package.json'));
	return (manifest as { version: string }).version;
}
