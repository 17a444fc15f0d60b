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
	if (!COMBINING.test(source)) return { source, plain: plainOf(source), at: (offset) => offset };

	// Accents that stand apart from their letters fall away, so that places shift.
	const places: number[] = [];
	const kept: string[] = [];
	for (let offset = 0; offset < source.length; offset += 1) {
		const unit = source.charAt(offset);
		if (COMBINING.test(unit)) continue;
		places.push(offset);
		kept.push(unit);
	}
	places.push(source.length);
	return {
		source,
		plain: plainOf(kept.join('')),
		at: (offset) => places[offset] ?? source.length
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

/** An accent that stands apart belongs to the letter before it. */
function endOfLetter(source: string, end: number): number {
	let to = end;
	while (to < source.length && COMBINING.test(source.charAt(to))) to += 1;
	return to;
}

/** One unit for one unit, so that places are the same. */
function plainOf(source: string): string {
	return source
		.replace(/[^\n!-)+-~ -]|[*\u0060#]/g, (unit) => PLAIN.get(unit) ?? plainUnit(unit))
		.toLowerCase();
}

const PLAIN = new Map<string, string>([
	...['\u2018', '\u2019', '\u201B', '\u02BC', '\u2032', '\u00B4', '\u0060'].map(
		(unit): [string, string] => [unit, "'"]
	),
	...['\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212', '\u00AD'].map(
		(unit): [string, string] => [unit, '-']
	),
	['*', ' '],
	['#', ' '],
	['\u00AB', '"'],
	['\u00BB', '"'],
	['\u201C', '"'],
	['\u201D', '"']
]);

function plainUnit(unit: string): string {
	if (/\s/u.test(unit)) return ' ';
	const bare = unit.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
	// Letters that become two, and those whose lower case has another length, stay as they are.
	return bare.length === 1 && bare.toLowerCase().length === 1 ? bare : unit;
}
