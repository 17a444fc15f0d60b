import type { ActText } from '#lib/domain/act/text.ts';

/** A number in figures where it stands in the plain form of a text: `1 234 567,50`, `248.406,23`, `2027`. */
export type WrittenNumber = {
	start: number;
	end: number;
	/** Its digits before the decimal mark, without what sets thousands apart. */
	whole: string;
	decimals: string;
	/** How many groups of three follow the first digits. */
	groups: number;
	/** What sets its thousands apart. */
	separator: '.' | ' ' | null;
	/** Whether it is a piece of something else (a date, a code, a fraction), or could be read in two ways. */
	broken: boolean;
};

/** Nobody writes more digits than these in a row to say how much. */
const LONGEST_RUN = 15;
const MOST_GROUPS = 4;
/** The accounts of a city have fewer; what comes after so many is not read. */
const MOST_NUMBERS = 60_000;

/**
 * The numbers of a text in their order. Thousands are set apart by single spaces of one sort or by
 * points, never by a tab, which parts the cells of a table; a number that a line broke in two is one.
 */
export function numbersIn(text: ActText, from = 0, to = text.plain.length): WrittenNumber[] {
	const numbers: WrittenNumber[] = [];
	let start = nextDigit(text.plain, from, to);
	while (start < to && numbers.length < MOST_NUMBERS) {
		const number = numberAt(text, start);
		numbers.push(number);
		start = nextDigit(text.plain, number.end, to);
	}
	return numbers;
}

function nextDigit(plain: string, from: number, to: number): number {
	let at = from;
	while (at < to && !isDigit(plain, at)) at += 1;
	return at;
}

function numberAt(text: ActText, start: number): WrittenNumber {
	const { plain } = text;
	const first = endOfDigits(plain, start);
	const number: WrittenNumber = {
		start,
		end: first,
		whole: plain.slice(start, Math.min(first, start + LONGEST_RUN)),
		decimals: '',
		groups: 0,
		separator: null,
		broken: first - start > LONGEST_RUN || isPiece(plain, start)
	};
	if (first - start <= 3) readGroups(text, number);
	readDecimals(plain, number);
	if (continuesAsCode(plain, number.end)) {
		number.broken = true;
		number.end = endOfCode(plain, number.end);
	}
	if (number.groups > 0 && number.whole.startsWith('0')) number.broken = true;
	return number;
}

function readGroups(text: ActText, number: WrittenNumber): void {
	const { plain } = text;
	let mark = '';
	while (number.groups < MOST_GROUPS) {
		const group = startOfGroup(text, number);
		if (group === null || !isGroup(plain, group)) break;
		const isPoint = plain[number.end] === '.';
		const sort = isPoint ? '.' : text.source.charAt(text.at(number.end));
		const isWrapped = !isPoint && (group - number.end > 1 || plain[number.end] === '\n');
		if (!isWrapped && mark !== '' && sort !== mark) {
			// “1 234 567” set with two sorts of space is one number or two: nobody knows.
			number.broken = true;
		}
		if (!isWrapped) mark = sort;
		number.separator = isPoint ? '.' : ' ';
		number.whole += plain.slice(group, group + 3);
		number.groups += 1;
		number.end = group + 3;
	}
	// More groups than any sum has, or groups set in two ways, are no number, and neither is their end.
	const isFull = number.groups === MOST_GROUPS || number.separator === '.';
	while (isFull && isSpaceAt(text, number.end) && isGroup(plain, number.end + 1)) {
		number.broken = true;
		number.end += 4;
	}
}

/** A single space between figures; a tab parts the cells of a table. */
export const isSpaceAt = ({ plain, source, at }: ActText, place: number): boolean =>
	plain.charAt(place) === ' ' && source.charAt(at(place)) !== '\t';

/** Where a group of three may begin: after a point, a single space, or the end of a full line. */
function startOfGroup(text: ActText, { start, end, separator }: WrittenNumber): number | null {
	const { plain, source } = text;
	const mark = plain[end];
	if (mark === '.') {
		// `90. 000` strayed, but three zeros begin no number.
		const strayed = plain.startsWith(' 000', end + 1) && !isDigit(plain, end + 5);
		return separator === ' ' ? null : end + (strayed ? 2 : 1);
	}
	if (separator === '.') return null;
	if (mark === ' ') {
		const written = source.charAt(text.at(end));
		if (isDigit(plain, end + 1)) return written !== '\t' && /\s/u.test(written) ? end + 1 : null;
	}
	const wrap = WRAP.exec(plain.slice(end, end + 10));
	if (!wrap) return null;
	// A group that begins with a zero is no number of its own.
	const goesOn = plain.charAt(end + wrap[0].length) === '0' || isProse(plain, start);
	return goesOn ? end + wrap[0].length : null;
}

const WRAP = /^ {0,3}\r?\n {0,4}(?=\d{3}(?!\d))/;
const REFERENCE =
	/(?:\b(?:n|no|nos|numeros?|articles?|art|lots?|comptes?|chapitres?|pages?|lignes?|parcelles?|sections?|tranches?|phases?|operations?|actions?|programmes?|fonctions?|natures?|titres?|axes?|annexes?|alineas?|categories?|zones?|secteurs?|groupes?|niveaux?|ap|ae)|[°ºª])[ .:°º]{0,3}$/;

/** Whether what stands before a number makes it a name and not a quantity: `article 12`, `lot n° 3`. */
export const isReference = (plain: string, start: number): boolean =>
	REFERENCE.test(plain.slice(Math.max(0, start - 16), start));

/** A line that a sentence filled: it is long, and words stand before the number. */
function isProse(plain: string, start: number): boolean {
	const before = plain.slice(Math.max(0, start - 36), start);
	return (
		before.length === 36 &&
		!before.includes('\n') &&
		/[a-z(:] $/.test(before) &&
		!isReference(plain, start)
	);
}

function readDecimals(plain: string, number: WrittenNumber): void {
	const mark = plain[number.end];
	if ((mark !== ',' && mark !== '.') || !isDigit(plain, number.end + 1)) return;
	const end = endOfDigits(plain, number.end + 1);
	const length = end - number.end - 1;
	number.decimals = plain.slice(number.end + 1, Math.min(end, number.end + 9));
	if (length > 8 || (mark === '.' && number.separator === '.')) number.broken = true;
	if (mark === '.' && number.separator === ' ' && length === 3) number.broken = true;
	number.end = end;
}

/** `12.2021`, `1'234`, `5/12`: the digits belong to what stands before. */
const isPiece = (plain: string, start: number): boolean =>
	/[.,'/]/.test(plain.charAt(start - 1)) && isDigit(plain, start - 2);

const continuesAsCode = (plain: string, end: number): boolean =>
	/[.,'/]/.test(plain.charAt(end)) && isDigit(plain, end + 1);

function endOfCode(plain: string, from: number): number {
	const code = /[\d.,'/]*/y;
	code.lastIndex = from;
	code.exec(plain);
	return Math.max(from, code.lastIndex);
}

const isGroup = (plain: string, at: number): boolean =>
	isDigit(plain, at) && isDigit(plain, at + 1) && isDigit(plain, at + 2) && !isDigit(plain, at + 3);

export function isDigit(plain: string, at: number): boolean {
	const code = plain.charCodeAt(at);
	return code >= 48 && code <= 57;
}

function endOfDigits(plain: string, from: number): number {
	let end = from;
	while (isDigit(plain, end)) end += 1;
	return end;
}
