import { fileTypeFromBuffer } from 'file-type';
import type { ReceivedFile } from '#lib/server/evidence/file-store.ts';
import { isZip, recogniseZip } from '#lib/server/evidence/recognise-zip.ts';
import { refuseText } from './limits.ts';

/** The formats in which an act is taken. */
export type TextKind = 'txt' | 'docx' | 'odt' | 'pdf';

/** In which format an act was given, by the content of the file; its name says nothing. */
export async function recogniseText(file: ReceivedFile): Promise<TextKind> {
	if (file.sizeBytes === 0) throw refuseText('Ce fichier est vide.');
	if (isZip(file.head)) return documentOf(await recogniseZip(file.path));
	// A mark before the first letter, or some lines that a mail put there.
	if (file.head.subarray(0, 1024).includes('%PDF-')) return 'pdf';
	if (isUtf16(file.head)) return 'txt';
	const mime = (await fileTypeFromBuffer(file.head))?.mime ?? '';
	const head = file.head.toString('latin1').trimStart();
	if (head.startsWith('{\\rtf')) throw refuseText(RICH_TEXT);
	if (/^(\u00ef\u00bb\u00bf)?\s*<(!doctype html|html\b|\?xml\b)/i.test(head))
		throw refuseText(PAGE);
	if (mime !== '' && !/^text\//.test(mime)) throw refuseText(whyNot(mime));
	return 'txt';
}

function documentOf(kind: string): TextKind {
	if (kind.endsWith('wordprocessingml.document')) return 'docx';
	if (kind.endsWith('opendocument.text')) return 'odt';
	throw refuseText(
		'Ce fichier est un tableur. Une délibération se donne en .txt, .docx, .odt ou .pdf, ou se colle.'
	);
}

const isUtf16 = ([first, second]: Buffer): boolean =>
	(first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

const RICH_TEXT =
	'Ce fichier est au format RTF, qui n’est pas lu. Enregistrez-le en .docx ou en .odt, puis donnez-le.';

const PAGE =
	'Ce fichier est une page web. Copiez-en le texte et collez-le, ou enregistrez la page en PDF.';

function whyNot(mime: string): string {
	if (mime === 'application/x-cfb') {
		return 'Ce fichier est dans un ancien format de Microsoft Office (.doc), ou protégé par un mot de passe. Enregistrez-le sans mot de passe en .docx, puis donnez-le.';
	}
	if (mime.startsWith('image/')) {
		return 'Ce fichier est une image : il n’y a pas de texte à y lire. Passez-la par une reconnaissance de caractères, ou collez le texte de l’acte.';
	}
	return 'Le contenu de ce fichier n’est ni du texte, ni un document .docx ou .odt, ni un PDF. Son nom n’y change rien.';
}
