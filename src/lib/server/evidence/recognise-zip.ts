import { text } from 'node:stream/consumers';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { EvidenceKind } from '#lib/domain/evidence.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The first bytes of every archive of this kind: with files in it, or empty. */
export const isZip = (head: Buffer): boolean =>
	head[0] === 0x50 && head[1] === 0x4b && [3, 5].includes(head[2] ?? 0);

/** A document has some dozens of parts. More is no document. */
const MOST_ENTRIES = 10_000;

/** The parts that are read here say what the others are, in a few lines. Nothing else is unpacked. */
const MOST_BYTES = 1024 * 1024;

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DOCUMENT = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const OPEN_SHEET = 'application/vnd.oasis.opendocument.spreadsheet';
const OPEN_TEXT = 'application/vnd.oasis.opendocument.text';

/** What an archive may be: evidence, or a text that is no evidence but can be read as an act. */
export type ArchiveKind = EvidenceKind | typeof OPEN_TEXT;

/**
 * Which document an archive is: a workbook or a text, of Office or OpenDocument, by what it says inside.
 * Refuses locked ones, ones with macros, and archives that are no document.
 */
export async function recogniseZip(path: string): Promise<ArchiveKind> {
	try {
		return await recognise(path);
	} catch (error) {
		if (error instanceof Refusal) throw error;
		throw refuse(
			'Ce fichier est abîmé : il ne s’ouvre pas. Enregistrez-le de nouveau, puis joignez-le.'
		);
	}
}

async function recognise(path: string): Promise<ArchiveKind> {
	const zip = await openPromise(path, { autoClose: false, validateEntrySizes: true });
	try {
		const parts = await readParts(zip);
		const contents = [...parts.values()];
		if (contents.some(({ entry }) => entry.isEncrypted()) || isLocked(parts)) throw refuse(LOCKED);
		if (hasMacros(parts)) throw refuse(MACROS);
		const kind = kindOf(parts);
		if (!kind) throw refuse('Une archive n’est pas prise : joignez les fichiers un par un.');
		return kind;
	} finally {
		zip.close();
	}
}

type Parts = ReadonlyMap<string, { entry: Entry; content: string }>;

const DESCRIBING = ['[Content_Types].xml', 'mimetype', 'META-INF/manifest.xml'];

async function readParts(zip: ZipFile): Promise<Parts> {
	const parts = new Map<string, { entry: Entry; content: string }>();
	for await (const entry of zip.eachEntry()) {
		if (parts.size === MOST_ENTRIES) throw new RangeError('too many parts');
		const isRead = DESCRIBING.includes(entry.fileName) && !entry.isEncrypted();
		if (isRead && entry.uncompressedSize > MOST_BYTES) throw new RangeError('a part is too large');
		const content = isRead ? await text(await zip.openReadStreamPromise(entry)) : '';
		parts.set(entry.fileName, { entry, content });
	}
	return parts;
}

function kindOf(parts: Parts): ArchiveKind | null {
	const types = parts.get('[Content_Types].xml')?.content ?? '';
	const mime = parts.get('mimetype')?.content;
	if ((mime === OPEN_SHEET || mime === OPEN_TEXT) && parts.has('content.xml')) return mime;
	if (types.includes(`${SHEET}.main+xml`) && parts.has('xl/workbook.xml')) return SHEET;
	// Some servers of documents count their main parts: document2.xml.
	const hasText = [...parts.keys()].some((name) => /^word\/document\d*\.xml$/.test(name));
	if (types.includes(`${DOCUMENT}.main+xml`) && hasText) return DOCUMENT;
	return null;
}

const LOCKED = 'Ce fichier est protégé par un mot de passe. Enregistrez-le sans mot de passe.';

const MACROS =
	'Ce fichier contient des macros, c’est-à-dire un programme. Enregistrez-le sans macros (.xlsx, .docx ou .ods), ou en PDF.';

const isLocked = (parts: Parts): boolean =>
	(parts.get('META-INF/manifest.xml')?.content ?? '').includes('encryption-data');

const hasMacros = (parts: Parts): boolean =>
	/macroEnabled|vbaProject/i.test(parts.get('[Content_Types].xml')?.content ?? '') ||
	[...parts.keys()].some((name) => /vbaProject[^/]*\.bin$|^(Basic|Scripts)\//i.test(name));

const refuse = (message: string): Refusal => new Refusal(typeset(message), { field: 'fichier' });
