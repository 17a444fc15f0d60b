import { formatCount } from '#lib/domain/numeral.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The parts of a document that are read, unpacked; its pictures are not. */
export const MOST_DOCUMENT_BYTES = 32 * 1024 * 1024;
/** Pages of one file. */
export const MOST_PAGES = 1_500;
/** What reading one file may take: what the language keeps, and what stands beside it in plain bytes. */
export const WORKER_HEAP_MEGABYTES = 384;
export const MOST_BUFFER_BYTES = 192 * 1024 * 1024;
export const LONGEST_READING_MS = 60_000;

/** The file cannot be taken: why, and what to do. */
export const refuseText = (sentence: string): Refusal =>
	new Refusal(typeset(sentence), { field: 'fichier' });

export const isDamaged = (): Refusal =>
	refuseText(
		'Ce fichier est abîmé : il ne s’ouvre pas. Ouvrez-le, enregistrez-le de nouveau, puis donnez-le ; ou collez son texte.'
	);

export const isLocked = (): Refusal =>
	refuseText(
		'Ce fichier est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis donnez-le ; ou collez son texte.'
	);

export const isTooMuch = (): Refusal =>
	refuseText(
		'Lire ce fichier demanderait trop de mémoire ou de temps : il contient bien plus qu’une délibération. Donnez l’acte sans ses annexes, ou collez son texte.'
	);

export const hasTooManyPages = (pages: number): Refusal =>
	refuseText(
		`Ce PDF annonce ${formatCount(pages)} pages, et la limite est de ${formatCount(MOST_PAGES)}. Donnez la délibération sans ses annexes.`
	);

export const isScanned = (): Refusal =>
	refuseText(
		'Ce PDF est une image numérisée, sans texte à lire. Passez-le par une reconnaissance de caractères, ou donnez le fichier du traitement de texte ; sinon, collez le texte de l’acte.'
	);

export const isUnreadable = (): Refusal =>
	refuseText(
		'Les caractères de ce PDF ne disent pas à quelles lettres ils correspondent : son texte ne se lit pas. Donnez le fichier du traitement de texte, ou collez le texte de l’acte.'
	);

export const isEmpty = (): Refusal =>
	refuseText('Ce document ne contient pas de texte. Vérifiez que c’est le bon fichier.');
