import type { Parts, Placed } from '#lib/domain/act/figures/placed-figure.ts';
import type { ReadCount } from '#lib/domain/act/reading.ts';

type Count = Placed<ReadCount>;

const REACH = 3_000;
const MOST_PARTS = 30;

/**
 * Which counts make up which, to the unit: the sums of an act are exact, so numbers that follow one
 * another and add up to one before are its parts. A number after “dont” belongs to the one before it.
 */
export function findCountParts(plain: string, counts: readonly Count[]): Parts<ReadCount> {
	const parts = new Map<Count, Count>();
	for (const [index, whole] of counts.entries()) {
		const found = partsOf(plain, whole, counts.slice(index + 1, index + 1 + MOST_PARTS));
		if (found.some((part) => parts.has(part))) continue;
		for (const part of found) parts.set(part, whole);
	}
	return parts;
}

function partsOf(plain: string, whole: Count, following: readonly Count[]): Count[] {
	const first = following[0];
	const isInSentence = first !== undefined && isIncluded(plain, whole, first);
	const found: Count[] = [];
	let sum = 0;
	for (const [index, part] of following.entries()) {
		const distance = part.plain.start - whole.plain.end;
		if (distance > REACH || part.figure.section !== whole.figure.section) break;
		const last = following[index - 1];
		if (isInSentence && /[.;]\s|\n *\n/.test(between(plain, last ?? whole, part))) break;
		if (last && isIncluded(plain, last, part)) continue;
		found.push(part);
		sum += part.figure.value;
		if (sum > whole.figure.value) break;
		if (sum === whole.figure.value && found.length > 1) {
			return isSure(between(plain, whole, part), found) ? found : [];
		}
	}
	return [];
}

/** `5 823 aides, dont 2 072 garanties`; a colon opens a list, whose items may end with any mark. */
const isIncluded = (plain: string, whole: Count, part: Count): boolean =>
	/\bdont\b[^.;:]{0,40}$/.test(between(plain, whole, part).slice(-60));

const between = (plain: string, left: Count, right: Count): string =>
	plain.slice(left.plain.end, right.plain.start);

/** Small numbers add up by chance: they must stand together. */
const isSure = (words: string, found: readonly Count[]): boolean =>
	(found.length > 2 && found.every(({ figure }) => figure.value > 9)) || !/\n *\n/.test(words);
