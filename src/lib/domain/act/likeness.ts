import { openText } from '#lib/domain/act/text.ts';

/**
 * What a text is known by: the smallest of the numbers that its runs of letters give. Two texts share
 * as many of them as they share runs, whatever their length.
 */
export type Signature = readonly number[];

/** Letters in a run: long enough to say something, short enough that a letter read wrong spoils few. */
const RUN_LETTERS = 9;
const SIGNATURE_SIZE = 384;

/** Looked at of one text; an act that is longer is told by as much of it. */
export const COMPARED_LETTERS = 200_000;

/** From this share of shared runs on, a person is asked whether two texts are the same act. */
const ALIKE = 0.42;

/** A text of fewer runs than this is like no other: a sentence may stand in many acts. */
const FEWEST_RUNS = 80;

/**
 * The signature of an act, of what it says and decides. Who sat is left out: two acts of one sitting
 * have the same names in them. Case, accents, spaces and marks do not count.
 */
export function signatureOf(source: string): Signature {
	const text = openText(source.slice(0, COMPARED_LETTERS).normalize('NFC'));
	const subject = SUBJECT.exec(text.plain)?.index ?? 0;
	const body = bare(text.plain.slice(subject));
	const letters = body.length >= FEWEST_RUNS * 2 ? body : bare(text.plain);
	const runs = new Set<number>();
	for (let start = 0; start + RUN_LETTERS <= letters.length; start += 1) {
		runs.add(numberOf(letters, start));
	}
	return [...runs].sort((one, other) => one - other).slice(0, SIGNATURE_SIZE);
}

/** The share of the runs of two texts that both have, from 0 to 1, as far as their signatures tell. */
export function likeness(one: Signature, other: Signature): number {
	if (one.length < FEWEST_RUNS || other.length < FEWEST_RUNS) return 0;
	const [own, others] = [new Set(one), new Set(other)];
	const all = [...new Set([...one, ...other])].sort((first, second) => first - second);
	const size = Math.min(SIGNATURE_SIZE, all.length);
	const shared = all.slice(0, size).filter((run) => own.has(run) && others.has(run)).length;
	return size === 0 ? 0 : shared / size;
}

/** Whether two texts seem to be the same act, however each was typed, scanned or set. */
export const isAlike = (one: Signature, other: Signature): boolean => likeness(one, other) >= ALIKE;

/** Where an act says what it is about, behind who sat. */
const SUBJECT = /\b(?:objet|o b j e t)\b/;

/** Somebody, by their civility and the words behind it: the same people sit through a whole sitting. */
const PERSON =
	/\b(?:mm?|mmes?|mlles?|monsieur|madame|messieurs|mesdames)\b\.?(?:\s+[a-z'-]+){1,3}/g;

/** Letters alone: figures and marks are what a scan gets wrong, and what a new page number brings. */
const bare = (plain: string): string => plain.replace(PERSON, ' ').replace(/[^a-z]+/g, '');

/** A number for a run of letters, the same everywhere (FNV-1a, mixed once more). */
function numberOf(letters: string, start: number): number {
	let hash = 0x811c9dc5;
	for (let place = start; place < start + RUN_LETTERS; place += 1) {
		hash = Math.imul(hash ^ letters.charCodeAt(place), 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	return (hash ^ (hash >>> 13)) >>> 0;
}
