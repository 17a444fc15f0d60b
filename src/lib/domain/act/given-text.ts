import { formatCount } from '#lib/domain/numeral.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';

/** How long a text may be, in letters: some 800 pages. */
export const MOST_LETTERS = 2_000_000;

/** How many values may be read in one text: more is a book of accounts. */
export const MOST_PROPOSALS = 5_000;

/** A text as it is kept, and how many of its characters could not be. */
export type GivenText = { text: string; lost: number };

/**
 * A text as it was given, with its lines ended in one way. Nothing else of it changes but what no
 * database keeps, a NUL and half of a letter: each becomes the mark � of a lost character, and is
 * counted, so that it can be said.
 */
export function takeText(given: string): GivenText {
	if (given.length > MOST_LETTERS * 2) throw tooLong(given.length);
	const lines = given.replace(/^\uFEFF/, '').replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n');
	const text = lines.toWellFormed().replaceAll('\0', '\uFFFD');
	if (text.trim() === '') throw refuse('Ce texte est vide : collez celui de la délibération.');
	if (text.length > MOST_LETTERS) throw tooLong(text.length);
	return { text, lost: countLost(text) - countLost(given) };
}

const countLost = (text: string): number => text.split('\uFFFD').length - 1;

const tooLong = (letters: number): Refusal =>
	refuse(
		`Ce texte a ${formatCount(letters)} caractères, et la limite est de ${formatCount(MOST_LETTERS)}. Donnez la délibération sans ses annexes.`
	);

export const tooManyValues = (): Refusal =>
	refuse(
		`Plus de ${formatCount(MOST_PROPOSALS)} valeurs ont été lues dans ce texte : c’est plus qu’une délibération. Donnez-la sans ses annexes.`
	);

const refuse = (message: string): Refusal => new Refusal(typeset(message), { field: 'texte' });
