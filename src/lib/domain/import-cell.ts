import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

/**
 * A cell of a spreadsheet as it stands in the file. Text is text, empty where there is nothing. What a
 * workbook stores as anything else says so: a number keeps its stored decimals, a date is an ISO day, a
 * formula is what was written, not what it came to.
 */
export type SheetCell =
	| string
	| {
			kind: 'number' | 'date' | 'percent' | 'formula' | 'error' | 'boolean';
			text: string;
	  };

/** A line as the spreadsheet numbers it, from 1. */
export type SheetLine = { number: number; cells: readonly SheetCell[] };

/** What stands in a cell, to be shown: a decimal number with its comma. */
export function textOfCell(cell: SheetCell | undefined): string {
	if (cell === undefined) return '';
	if (typeof cell === 'string') return cell.trim();
	return cell.kind === 'number' ? cell.text.replace('.', ',') : cell.text;
}

export const isBlank = (line: readonly SheetCell[]): boolean =>
	line.every((cell) => typeof cell === 'string' && cell.trim() === '');

/** How a spreadsheet calls its columns: 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
	const letter = String.fromCharCode(65 + (index % 26));
	return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}

/** The cell as one finds it on the screen: `C12`. */
export const cellName = (index: number, line: number): string => `${columnLetters(index)}${line}`;

/** Only the words of a text: no accents, no capitals, no marks. `Montant versé (€)` is `montant verse`. */
export const plainWords = (text: string): string =>
	text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replaceAll('œ', 'oe')
		.replaceAll('Œ', 'oe')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();

/** `ligne 12, colonne C « Montant versé »`. */
export const placeInWords = (line: number, column: string, heading: string | null): string =>
	`ligne${NO_BREAK_SPACE}${line}, colonne${NO_BREAK_SPACE}${column}${
		heading ? ` «${NO_BREAK_SPACE}${heading}${NO_BREAK_SPACE}»` : ''
	}`;
