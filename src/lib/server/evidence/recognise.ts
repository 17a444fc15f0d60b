import { createReadStream } from 'node:fs';
import { fileTypeFromBuffer } from 'file-type';
import { checkEnding, type EvidenceKind } from '#lib/domain/evidence.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { ReceivedFile } from '#lib/server/evidence/file-store.ts';
import { isPlainText } from '#lib/server/evidence/plain-text.ts';
import { isZip, recogniseZip } from '#lib/server/evidence/recognise-zip.ts';

/**
 * What a file is, by its content; its name only has to agree. Refuses, in a sentence, whatever is not evidence:
 * programs, pages that could act in a browser, what is locked, what carries macros.
 */
export async function recogniseEvidence(file: ReceivedFile, name: string): Promise<EvidenceKind> {
	if (file.sizeBytes === 0) throw refuse('Ce fichier est vide.');
	const kind = await recognise(file);
	checkEnding(name, kind);
	return kind;
}

/** What is taken as it is, by the name that file-type gives it. */
const TAKEN: Readonly<Record<string, EvidenceKind>> = {
	'application/pdf': 'application/pdf',
	'image/png': 'image/png',
	'image/jpeg': 'image/jpeg',
	'image/webp': 'image/webp',
	'image/heic': 'image/heic'
};

async function recognise(file: ReceivedFile): Promise<EvidenceKind> {
	if (isZip(file.head)) {
		const kind = await recogniseZip(file.path);
		if (kind === 'application/vnd.oasis.opendocument.text') throw refuse(OPEN_TEXT);
		return kind;
	}
	const mime = (await fileTypeFromBuffer(file.head))?.mime ?? '';
	const taken = TAKEN[mime];
	if (taken) return taken;
	// A table may begin with the two letters that some other format begins with; it is text all the same.
	if (!(await isPlainText(createReadStream(file.path)))) throw refuse(whyNot(mime));
	if (isMarkup(file.head)) throw refuse(MARKUP);
	return 'text/csv';
}

const OPEN_TEXT =
	'Un document .odt n’est pas pris comme justificatif : enregistrez-le en PDF ou en .docx, puis joignez-le.';

const MARKUP =
	'Une page web, une image SVG ou un fichier XML n’est pas pris comme justificatif : enregistrez-le en PDF.';

/** A page or a drawing that a browser would run: after blanks and a mark of order, it begins with a tag. */
const isMarkup = (head: Buffer): boolean => /^(\uFEFF|\s)*</.test(head.toString('utf8'));

function whyNot(mime: string): string {
	if (mime === 'application/x-cfb') {
		return 'Ce fichier est dans un ancien format de Microsoft Office, ou protégé par un mot de passe. Enregistrez-le sans mot de passe, en .xlsx, en .docx ou en PDF.';
	}
	if (/executable|x-msdownload|x-elf|x-mach-binary|x-dosexec/.test(mime)) {
		return 'Le contenu de ce fichier est un programme, quel que soit son nom. Il n’est pas pris.';
	}
	if (/gzip|x-7z|x-rar|x-tar|bzip|x-xz|zstd/.test(mime)) {
		return 'Une archive n’est pas prise : joignez les fichiers un par un.';
	}
	return 'Le contenu de ce fichier n’est ni un PDF, ni une image (PNG, JPEG, WebP, HEIC), ni un tableur (.xlsx, .ods, .csv), ni un document .docx. Son nom n’y change rien.';
}

const refuse = (message: string): Refusal => new Refusal(typeset(message), { field: 'fichier' });
