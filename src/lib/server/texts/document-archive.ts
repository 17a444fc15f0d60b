import { Refusal } from '#lib/domain/refusal.ts';
import { LOCKED, openArchive, type Archive } from '#lib/server/spreadsheets/archive.ts';
import { tooLargeInside } from '#lib/server/spreadsheets/limits.ts';
import { isDamaged, isLocked, isTooMuch, MOST_DOCUMENT_BYTES } from './limits.ts';

/** Runs something on the archive that a document is; what goes wrong is said in words for a document. */
export async function withDocument<Result>(
	path: string,
	run: (archive: Archive) => Promise<Result>
): Promise<Result> {
	let archive: Archive | null = null;
	try {
		archive = await openArchive(path);
		return await run(archive);
	} catch (error) {
		throw inDocumentWords(error);
	} finally {
		archive?.close();
	}
}

/** The same refusals, which the archive says of workbooks. */
function inDocumentWords(error: unknown): Refusal {
	if (!(error instanceof Refusal)) return isDamaged();
	if (error.message === LOCKED) return isLocked();
	if (error.message === tooLargeInside().message) return isTooMuch();
	return error.message.includes('classeur') ? isDamaged() : error;
}

/** Unpacks once what will be read, and keeps nothing: what is declared is true, and little enough. */
export async function checkParts(archive: Archive, isRead: (name: string) => boolean) {
	const names = [...archive.sizes.keys()].filter(isRead);
	const bytes = names.reduce((sum, name) => sum + (archive.sizes.get(name) ?? 0), 0);
	if (bytes > MOST_DOCUMENT_BYTES) throw isTooMuch();
	for (const name of names) await archive.check(name);
}
