import { formatCount } from '#lib/domain/numeral.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Lines with something in them that one file may have. */
export const MOST_LINES = 50_000;
/** What an archive may come to once it is unpacked, in all and in one part. */
export const MOST_UNPACKED_BYTES = 250 * 1024 * 1024;
export const MOST_PART_BYTES = 150 * 1024 * 1024;
/** Parts that only describe: names of sheets, formats. */
export const MOST_DESCRIBING_BYTES = 4 * 1024 * 1024;
export const MOST_PARTS = 10_000;
export const MOST_CELLS = 5_000_000;
/** Letters of all the texts that a workbook keeps apart from its cells. */
export const MOST_SHARED_LETTERS = 20_000_000;
/** A spreadsheet program holds 32 767 letters in a cell. */
export const MOST_CELL_LETTERS = 40_000;
/** A line of a text file, in bytes. */
export const MOST_RECORD_BYTES = 1024 * 1024;
/** What reading one file may take. */
export const WORKER_HEAP_MEGABYTES = 64;
export const LONGEST_READING_MS = 120_000;

/** The file as a whole cannot be taken: why, and what to do. */
export const refuseFile = (sentence: string): Refusal =>
	new Refusal(typeset(sentence), { field: 'fichier' });

export const tooManyLines = (): Refusal =>
	refuseFile(
		`Ce fichier a plus de ${formatCount(MOST_LINES)} lignes, et c’est la limite. Partagez-le en plusieurs fichiers, ou donnez un montant par mesure.`
	);

export const tooLargeInside = (): Refusal =>
	refuseFile(
		'Une fois décompressé, ce classeur est démesuré. Copiez les lignes utiles dans un classeur neuf, enregistrez-le en .xlsx et donnez-le.'
	);

export const isBroken = (): Refusal =>
	refuseFile(
		'Ce classeur est abîmé : il ne s’ouvre pas. Ouvrez-le dans votre tableur, enregistrez-le de nouveau en .xlsx, puis donnez-le.'
	);
