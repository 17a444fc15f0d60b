import type { Span } from '#lib/domain/act/text.ts';

/** A number in words where it stands: `quinze mille`, `deux mille vingt et un`. */
export type NumberInWords = Span & { value: bigint };

const UNITS = new Map<string, bigint>(
	[
		'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
		'vingt trente quarante cinquante soixante septante octante nonante'
	].flatMap((words, row) =>
		words.split(' ').map((word, place): [string, bigint] => {
			if (row === 0) return [word, BigInt(place)];
			return [word, BigInt([20, 30, 40, 50, 60, 70, 80, 90][place] ?? 0)];
		})
	)
);
UNITS.set('une', 1n);
UNITS.set('vingts', 20n);

const SCALES = new Map<string, bigint>([
	['mille', 1_000n],
	['mil', 1_000n],
	['million', 1_000_000n],
	['millions', 1_000_000n],
	['milliard', 1_000_000_000n],
	['milliards', 1_000_000_000n]
]);

const WORD =
	/(?:zero|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|septante|octante|nonante|cents?|mille|mil|millions?|milliards?)(?![a-z0-9])/y;
const HEAD =
	/(?<![a-z0-9'-])(?:zero|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|septante|octante|nonante|cents?|mille|mil)(?![a-z0-9])/g;
const JOIN = /(?: {1,2}|-| ?\n ?)(?:et(?: {1,2}|-))?/y;
const MOST_WORDS = 24;
const MOST_NUMBERS = 60_000;

/** The numbers in words of a text, in their order. What does not make one number is left out. */
export function numberWordsIn(plain: string): NumberInWords[] {
	const numbers: NumberInWords[] = [];
	HEAD.lastIndex = 0;
	for (
		let head = HEAD.exec(plain);
		head && numbers.length < MOST_NUMBERS;
		head = HEAD.exec(plain)
	) {
		const { words, end } = runAt(plain, head.index);
		const value = words.length > MOST_WORDS ? null : valueOf(words);
		if (value !== null) numbers.push({ start: head.index, end, value });
		HEAD.lastIndex = end;
	}
	return numbers;
}

/** The words of a number that follow each other, and where the last ends. */
function runAt(plain: string, start: number): { words: string[]; end: number } {
	const words: string[] = [];
	let [at, end] = [start, start];
	while (true) {
		WORD.lastIndex = at;
		const word = WORD.exec(plain)?.[0];
		if (!word) return { words, end };
		if (words.length <= MOST_WORDS) words.push(word);
		end = at + word.length;
		JOIN.lastIndex = end;
		const join = JOIN.exec(plain);
		if (!join) return { words, end };
		at = end + join[0].length;
	}
}

/** What a run of words is worth, null where it makes no number: `deux trois`, `mille mille`. */
function valueOf(words: readonly string[]): bigint | null {
	let [total, group, lastScale] = [0n, 0n, 10n ** 12n];
	let hasGroup = false;
	for (const word of words) {
		const scale = SCALES.get(word);
		if (scale !== undefined) {
			if (scale >= lastScale || (!hasGroup && scale !== 1_000n)) return null;
			total += (hasGroup ? group : 1n) * scale;
			[group, hasGroup, lastScale] = [0n, false, scale];
			continue;
		}
		const next = grow(group, hasGroup, word);
		if (next === null) return null;
		[group, hasGroup] = [next, true];
	}
	return total + group;
}

/** A number under a thousand with one more word: `soixante` and `quinze`, `quatre` and `vingt`, `deux` and `cents`. */
function grow(group: bigint, hasGroup: boolean, word: string): bigint | null {
	const rest = group % 100n;
	if (word === 'cent' || word === 'cents') {
		if (!hasGroup) return 100n;
		return group >= 2n && group <= 9n ? group * 100n : null;
	}
	const value = UNITS.get(word) ?? 0n;
	if (!hasGroup) return value;
	if (value === 20n && rest === 4n) return group - 4n + 80n;
	if (value === 0n || group === 0n) return null;
	if (rest === 0n) return group + value;
	const isLongTen = rest === 60n || rest === 80n;
	if (rest >= 20n && rest % 10n === 0n && value < (isLongTen ? 20n : 10n)) return group + value;
	return rest === 10n && value >= 7n && value <= 9n
		? group + value
		: tenAndMore(group, rest, value);
}

/** `soixante-dix-sept`, `quatre-vingt-dix-neuf`: seventy and ninety count on from ten. */
function tenAndMore(group: bigint, rest: bigint, value: bigint): bigint | null {
	return (rest === 70n || rest === 90n) && value >= 7n && value <= 9n ? group + value : null;
}
