import { formatMagnitude, NO_BREAK_SPACE, roundHalfUp } from '#lib/domain/numeral.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The largest file that proves something: 20 Mo. The database holds the same limit. */
export const LARGEST_EVIDENCE_BYTES = 20 * 1024 * 1024;

/** A declaration has so many files at most. */
export const MOST_EVIDENCE_FILES = 200;

/** Said of files when a declaration is no longer a draft. */
export const FILES_ARE_FIXED = typeset(
	'Cette déclaration est transmise : ses justificatifs ne changent plus. Retirez-la, si elle n’est pas encore validée, pour les modifier.'
);

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

const ENDINGS: Record<EvidenceKind, readonly string[]> = {
	'application/pdf': ['pdf'],
	'image/png': ['png'],
	'image/jpeg': ['jpg', 'jpeg'],
	'image/webp': ['webp'],
	'image/heic': ['heic', 'heif'],
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
	'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
	'text/csv': ['csv']
};

/** What a browser offers to choose from; it decides nothing. */
export const EVIDENCE_ENDINGS = Object.values(ENDINGS)
	.flat()
	.map((ending) => `.${ending}`)
	.join(',');

/**
 * The name has to say what the content is: whoever opens the file later opens it by its name, and `facture.hta`
 * would then run. A name without an ending says nothing, and nothing opens it by mistake; but then text could be
 * anything.
 */
export function checkEnding(name: string, kind: EvidenceKind): void {
	const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? null;
	const agrees = ending === null ? kind !== 'text/csv' : ENDINGS[kind].includes(ending);
	if (agrees) return;
	const [expected] = ENDINGS[kind];
	const message =
		kind === 'text/csv'
			? `Le contenu de ce fichier est du texte. Du texte n’est pris que dans un tableur CSV, dont le nom finit par .csv.`
			: `Le nom de ce fichier ne finit pas par .${expected}, alors que son contenu est de ce format (${EVIDENCE_KINDS[kind]}). Renommez-le, puis joignez-le.`;
	throw new Refusal(typeset(message), { field: 'fichier' });
}

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
