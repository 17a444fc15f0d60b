/** A stretch of a text. Offsets count UTF-16 units, the end excluded. */
export type Span = { start: number; end: number };

/**
 * A text to be read, beside a plain form of it in which patterns are sought: lower case, without
 * accents, straight apostrophes and hyphens, every kind of space a space (line ends stay), marks of
 * markdown blank. The text itself is never changed: what is found in the plain form is quoted from it.
 */
export type ActText = {
	/** As it came. */
	source: string;
	plain: string;
	/** Where a place of the plain form stands in the text. */
	at: (plainOffset: number) => number;
};

/** Makes the plain form of a text. It takes any text, and time in proportion to its length. */
export function openText(source: string): ActText {
	const spaced = spacesInWords(source);
	if (spaced.length === 0 && !COMBINING.test(source)) {
		return { source, plain: plainOf(source), at: (offset) => offset };
	}

	// Accents that stand apart from their letters, and spaces that set letters apart, fall away: places shift.
	const places = new Uint32Array(source.length + 1);
	const kept: string[] = [];
	let [length, keptFrom, nextSpace] = [0, 0, 0];
	for (let offset = 0; offset < source.length; offset += 1) {
		const isSpace = spaced[nextSpace] === offset;
		if (isSpace) nextSpace += 1;
		if (isSpace || isCombining(source.charCodeAt(offset))) {
			kept.push(source.slice(keptFrom, offset));
			keptFrom = offset + 1;
			continue;
		}
		places[length] = offset;
		length += 1;
	}
	kept.push(source.slice(keptFrom));
	return {
		source,
		plain: plainOf(kept.join('')),
		at: (offset) => (offset < length ? (places[offset] ?? source.length) : source.length)
	};
}

/** A span of the plain form as a span of the text, without white space at its edges. */
export function spanOf(text: ActText, plainStart: number, plainEnd: number): Span {
	const start = text.at(plainStart);
	const end = Math.max(start, plainEnd === plainStart ? start : text.at(plainEnd - 1) + 1);
	return trimSpan(text.source, { start, end: endOfLetter(text.source, end) });
}

/** A span without the white space at its edges; one of nothing but white space becomes empty. */
export function trimSpan(source: string, { start, end }: Span): Span {
	let [from, to] = [start, end];
	while (from < to && /\s/u.test(source.charAt(from))) from += 1;
	while (to > from && /\s/u.test(source.charAt(to - 1))) to -= 1;
	return { start: from, end: to };
}

export const quoteOf = (source: string, { start, end }: Span): string => source.slice(start, end);

const COMBINING = /[\u0300-\u036f]/;
const isCombining = (unit: number): boolean => unit >= 0x300 && unit <= 0x36f;

/** Letters that a heading sets apart, one space after each: `D E C I D E`. Sought from its first space, since spaces are fewer. */
const SPACED_WORD =
	/(?<=(?<![\p{L}\p{N}\u0300-\u036f'’.-])\p{L}\u0300?\u0301?)(?:[ \u00A0]\p{L}\u0300?\u0301?){3,}(?![\p{L}\p{N}'’.-])/gu;

/** A short word of such a heading, between the wider gaps that part its words: `D E`. */
const SPACED_SHORT =
	/(?<=^|\n|[ \u00A0]{2})[\p{L}'’-](?:[ \u00A0][\p{L}'’-])+(?=[ \u00A0]{2}|\r?\n|$)/gu;

/** The places of the spaces inside such words. */
function spacesInWords(source: string): number[] {
	const places = new Set<number>();
	let line = -1;
	for (const { 0: word, index } of source.matchAll(SPACED_WORD)) {
		if (word.length > LONGEST_HEADING) continue;
		addSpaces(places, word, index);
		if (index < line) continue;
		const start = source.lastIndexOf('\n', index) + 1;
		const end = source.indexOf('\n', index);
		line = end === -1 ? source.length : end;
		if (line - start > LONGEST_HEADING) continue;
		for (const short of source.slice(start, line).matchAll(SPACED_SHORT)) {
			addSpaces(places, short[0], start + short.index);
		}
		// The wider gaps that part such words are spaces like others.
		for (const gap of source.slice(start, line).matchAll(/(?<=\S)[ \u00A0]{2,4}(?=\S)/g)) {
			addSpaces(places, gap[0].slice(1), start + gap.index + 1);
		}
	}
	return [...places].sort((left, right) => left - right);
}

/** A line of a heading is no longer than this. */
const LONGEST_HEADING = 500;

function addSpaces(places: Set<number>, word: string, index: number): void {
	for (let offset = 0; offset < word.length; offset += 1) {
		if (word[offset] === ' ' || word[offset] === '\u00A0') places.add(index + offset);
	}
}

/** An accent that stands apart belongs to the letter before it. */
function endOfLetter(source: string, end: number): number {
	let to = end;
	while (to < source.length && isCombining(source.charCodeAt(to))) to += 1;
	return to;
}

/** One unit for one unit, so that places are the same. */
function plainOf(source: string): string {
	const units = new Uint16Array(Math.min(source.length, CHUNK));
	const chunks: string[] = [];
	for (let from = 0; from < source.length; from += CHUNK) {
		const length = Math.min(CHUNK, source.length - from);
		for (let place = 0; place < length; place += 1) {
			const unit = source.charCodeAt(from + place);
			units[place] = PLAIN[unit] || plainUnit(unit);
		}
		// Spread, so many units would be handed over one by one.
		chunks.push(Reflect.apply(String.fromCharCode, null, units.subarray(0, length)));
	}
	return chunks.join('');
}

const CHUNK = 8192;

/** What each unit becomes, as far as it was asked; a long text asks for the same few again and again. */
const PLAIN = new Uint16Array(0x10000);

const MARKS = new Map<string, string>([
	...[...'\u2018\u2019\u201B\u02BC\u2032\u00B4\u0060'].map((unit): [string, string] => [unit, "'"]),
	...[...'\u2010\u2011\u2012\u2013\u2014\u2212\u00AD'].map((unit): [string, string] => [unit, '-']),
	...[...'*#'].map((unit): [string, string] => [unit, ' ']),
	...[...'\u00AB\u00BB\u201C\u201D'].map((unit): [string, string] => [unit, '"'])
]);

function plainUnit(code: number): number {
	const unit = String.fromCharCode(code);
	const plain = MARKS.get(unit) ?? plainLetter(unit);
	PLAIN[code] = plain.charCodeAt(0);
	return plain.charCodeAt(0);
}

function plainLetter(unit: string): string {
	if (unit === '\n') return unit;
	if (/\s/u.test(unit)) return ' ';
	const bare = unit
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase();
	// Letters that become two, or none, stay as they are.
	return bare.length === 1 ? bare : unit;
}
