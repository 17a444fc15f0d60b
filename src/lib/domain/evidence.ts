import { formatMagnitude, NO_BREAK_SPACE, roundHalfUp } from '#lib/domain/numeral.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The largest file that proves something: 20 Mo. The database holds the same limit. */
export const LARGEST_EVIDENCE_BYTES = 20 * 1024 * 1024;

/** What is taken as evidence, and how a person calls it. What a file is, its content says. */
export const EVIDENCE_KINDS = {
	'application/pdf': 'PDF',
	'image/png': 'image PNG',
	'image/jpeg': 'image JPEG',
	'image/webp': 'image WebP',
	'image/heic': 'image HEIC',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'tableur Excel',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'document Word',
	'application/vnd.oasis.opendocument.spreadsheet': 'tableur OpenDocument',
	'text/csv': 'tableur CSV'
} as const;

export type EvidenceKind = keyof typeof EVIDENCE_KINDS;

export const labelOfKind = (mediaType: string): string =>
	Object.hasOwn(EVIDENCE_KINDS, mediaType) ? EVIDENCE_KINDS[mediaType as EvidenceKind] : 'fichier';

/** What a browser offers to choose from; it decides nothing. */
export const EVIDENCE_EXTENSIONS = '.pdf,.png,.jpg,.jpeg,.webp,.heic,.xlsx,.docx,.ods,.csv';

/** `20 Mo`, `1,5 Mo`, `12 Ko`, `340 octets`: in steps of 1 024, as the systems of people count. */
export function formatBytes(bytes: number): string {
	const [divisor, unit] =
		bytes < 1024 ? [1, 'octets'] : bytes < 1024 ** 2 ? [1024, 'Ko'] : [1024 ** 2, 'Mo'];
	const value = bytes / divisor;
	const digits = unit === 'Mo' && !Number.isInteger(roundHalfUp(value, 1)) ? 1 : 0;
	return `${formatMagnitude(value, digits)}${NO_BREAK_SPACE}${bytes === 1 ? 'octet' : unit}`;
}

/** Refuses a file for its size, and says both sizes. One byte too many is said in full. */
export function tooLarge(sizeBytes: number, limitBytes: number): Refusal {
	const [size, limit] = [formatBytes(sizeBytes), formatBytes(limitBytes)];
	const found = size === limit ? `un peu plus de ${limit}` : size;
	return new Refusal(
		typeset(
			`Ce fichier fait ${found}, et un fichier fait ${limit} au plus. Enregistrez-le en plus petit, par exemple en PDF, ou partagez-le en plusieurs fichiers.`
		),
		{ field: 'fichier', kind: 'too-large' }
	);
}

const LONGEST_NAME = 200;

/**
 * The name of a file as it was given, without the folders before it and without what cannot be seen: control
 * characters, and those that turn the direction of writing so that `exe.pdf` is read where `fdp.exe` stands.
 */
export function cleanFileName(name: string): string {
	const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
	const visible = last
		.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
		.replace(/\s+/gu, ' ')
		.trim();
	if (/^[. ]*$/.test(visible)) return 'sans nom';
	if (visible.length <= LONGEST_NAME) return visible;
	const ending = /\.[^.]{1,10}$/.exec(visible)?.[0] ?? '';
	const stem = [...visible.slice(0, -ending.length || undefined)];
	while (stem.join('').length + ending.length > LONGEST_NAME) stem.pop();
	return `${stem.join('').trim()}${ending}`;
}
