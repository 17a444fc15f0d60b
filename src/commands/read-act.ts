/**
 * Reads the text of a deliberation and prints what was read as JSON: `npm run act:read -- FILE`. Any
 * content is read, if only to find nothing in it; exit code 1 when the file itself cannot be opened.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { decodeText } from '#lib/domain/act/decode-text.ts';
import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';
import { readingAsJson } from '#lib/domain/act/reading-as-json.ts';
import { typeset } from '#lib/domain/typography.ts';
import { SetupError } from '#lib/server/setup-error.ts';
import { runCommand } from './terminal.ts';

await runCommand(async () => {
	const [file, ...others] = process.argv.slice(2).filter((word) => word !== '--');
	if (file === undefined || others.length > 0) {
		throw new SetupError(typeset('Donnez un fichier, et un seul : npm run act:read -- FICHIER.'));
	}
	// npm runs commands in the folder of the project, and says here where the person stands.
	const bytes = await open(resolve(process.env.INIT_CWD ?? process.cwd(), file), file);
	const reading = readDeliberation(decodeText(bytes));
	process.stdout.write(`${JSON.stringify(readingAsJson(reading), null, '\t')}\n`);
});

async function open(path: string, asGiven: string): Promise<Uint8Array> {
	try {
		return await readFile(path);
	} catch (cause) {
		throw new SetupError(typeset(`« ${asGiven} » ne s’ouvre pas : ${whyNot(cause)}.`), { cause });
	}
}

function whyNot(cause: unknown): string {
	const code = cause instanceof Error && 'code' in cause ? cause.code : null;
	if (code === 'ENOENT' || code === 'ENOTDIR') return 'ce fichier n’existe pas';
	if (code === 'EISDIR') return 'c’est un dossier';
	if (code === 'EACCES' || code === 'EPERM') return 'vous n’avez pas le droit de le lire';
	if (code === 'ERR_FS_FILE_TOO_LARGE') return 'il est trop grand';
	return 'le système le refuse';
}
