import { MOST_FIGURES } from '#lib/domain/act/figures/matches.ts';
import { isCountable } from '#lib/domain/act/figures/countable.ts';
import { findCountParts } from '#lib/domain/act/figures/count-parts.ts';
import { isFragment } from '#lib/domain/act/figures/fragment.ts';
import { nounPhraseAt } from '#lib/domain/act/figures/noun-phrase.ts';
import { withParts, type Placed } from '#lib/domain/act/figures/placed-figure.ts';
import { isReference, type WrittenNumber } from '#lib/domain/act/figures/written-number.ts';
import type { Numbers } from '#lib/domain/act/figures/numbers.ts';
import type { ReadCount } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { quoteOf, spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';

/**
 * The numbers of things in the body of an act, with what they count. Who sat and how they voted is
 * read elsewhere; years, times, measures, articles and places of lists count nothing.
 */
export function readCounts(text: ActText, sections: Sections, numbers: Numbers): ReadCount[] {
	const found: Placed<ReadCount>[] = [];
	for (const count of candidates(text, numbers)) {
		const span = spanOf(text, count.start, count.end);
		const section = sections.sectionAt(span.start);
		if (section === 'header' && !isInProse(text.plain, count.start)) continue;
		const of = spanOf(text, count.of.start, count.of.end);
		const figure: ReadCount = {
			...span,
			quote: quoteOf(text.source, span),
			value: count.value,
			of: quoteOf(text.source, of).replace(/\s+/gu, ' ').replace(NEXT_CLAUSE, ''),
			section,
			partOf: null
		};
		found.push({ plain: { start: count.start, end: count.end }, figure });
		if (found.length === MOST_FIGURES) break;
	}
	const sorted = found.toSorted((left, right) => left.plain.start - right.plain.start);
	return withParts(sorted, findCountParts(text.plain, sorted));
}

/** `33 copropriétés autonomes Vu le code`: the next clause begins. */
const NEXT_CLAUSE = / (?:Vu|VU|Considérant|CONSIDÉRANT|CONSIDERANT)(?: .*)?$/u;

/** A line that tells something: the head and the result of the vote are made of short ones and of lists of names. */
function isInProse(plain: string, at: number): boolean {
	const before = plain.slice(Math.max(0, at - 400), at);
	const after = plain.slice(at, at + 400);
	const line = `${before.slice(before.lastIndexOf('\n') + 1)}${after.split('\n', 1)[0] ?? ''}`;
	return line.length > 120 && TELLS.test(line) && !SITS.test(line);
}

const TELLS =
	/\b(?:expose|rappelle|informe|indique|explique|propose|presente|compte|precise|prevoit|il est)\b/;
const SITS = /presents|absents|pouvoirs?\b|procurations?|en exercice|votants|quorum/;

type Candidate = Span & { value: number; of: Span };

function* candidates(text: ActText, numbers: Numbers): Generator<Candidate> {
	for (const number of numbers.inFigures) {
		if (!mayCount(text, number)) continue;
		const value = Number(`${number.whole}.${number.decimals || '0'}`);
		const of = thingsAfter(text, number.end, value, false);
		if (of && isQuantity(text, number, of, value)) {
			yield { start: number.start, end: number.end, value, of };
		}
	}
	for (const number of numbers.inWords) {
		if (number.value < 2n || number.value > 999_999n || isKnownOnes(text.plain, number.start))
			continue;
		const of = thingsAfter(text, number.end, Number(number.value), true);
		if (of) yield { start: number.start, end: number.end, value: Number(number.value), of };
	}
}

/** Whether a number stands where a quantity may stand, and not a name, a year, or the piece of a code. */
function mayCount(text: ActText, number: WrittenNumber): boolean {
	const { plain, source, at } = text;
	const { start, whole, groups, decimals, broken } = number;
	if (broken || whole.length > 9 || decimals.length > 2) return false;
	if (whole.startsWith('00') || isFragment(text, number)) return false;
	if (groups === 0 && decimals === '' && /^(?:19|20)\d\d$/.test(whole)) return false;
	const before = plain.slice(Math.max(0, start - 40), start);
	if (!/(?:^|[\s("':|]|(?:^|\n)[ ]*-)$/.test(before)) return false;
	const isVerb = /\bcompte $/.test(before) && (groups > 0 || whole.length < 3);
	if (!isVerb && isReference(plain, start)) return false;
	if (/\d ?(?:a|et|ou|-) $/.test(before) || NAMES.test(before)) return false;
	// `section AB 123`: capitals just before make it a name.
	return !/(?:^|[\s,;(])(?!(?:DE|LE|LA|DU|AU|ET|EN|UN|OU|A) )[A-Z]{1,2} $/.test(
		source.slice(Math.max(0, at(start) - 5), at(start))
	);
}

/** What is numbered rather than counted: laws, days, rooms, streets. */
const NAMES =
	/(?:\b(?:loi|decret|arrete|deliberation|code|rue|avenue|boulevard|place|le|du|au|article|rang|classe|echelon|indice|groupe|niveau|lot|bp|cs|tel|fax|tome|volume|siret|siren|rcs|licence|facture|mandat|titre|bordereau|dossier|marche|convention|avenant)) (?:n ?[°o]? ?)?$/;

function thingsAfter(
	{ plain, source, at }: ActText,
	from: number,
	value: number,
	isInWords: boolean
): Span | null {
	const gap = /(?: ?\)| \([a-z -]{2,30}\))?(?: {1,2}| ?\n {0,3})(?=[a-zœ])/y;
	gap.lastIndex = from;
	if (!gap.exec(plain) || source.charAt(at(from)) === '\t') return null;
	const start = gap.lastIndex;
	const word = /[a-zœ-]+/y;
	word.lastIndex = start;
	const noun = word.exec(plain)?.[0] ?? '';
	const isProduct = PRODUCTS.test(source.slice(at(start), at(start + noun.length)));
	if (!isProduct && !isCountable(noun, value, isInWords)) return null;
	if (noun === 'points' && !POINTS.test(plain.slice(start, start + 24))) return null;
	if (!isCommonNoun(source, at(start), at(start + noun.length), at(from))) return null;
	return nounPhraseAt(plain, start);
}

/** A capital makes a name, unless all is written in capitals. */
function isCommonNoun(source: string, start: number, end: number, from: number): boolean {
	const noun = source.slice(start, end);
	if (noun === noun.toLowerCase() || PRODUCTS.test(noun) || THINGS_IN_CAPITALS.test(noun))
		return true;
	const before = source.slice(Math.max(0, from - 24), from).replace(/[^\p{L}]/gu, '');
	return noun === noun.toUpperCase() && before === before.toUpperCase();
}

const POINTS =
	/^points (?:lumineux|d'apport|de (?:collecte|recharge|charge|vente|livraison|lumiere)|d'(?:eau|eclairage))/;
const PRODUCTS = /^(?:PLAI|PLUS|PLS|PLI|LLI|LI|PSLA|BRS|ETP)$/;
const THINGS_IN_CAPITALS =
	/^(?:LOGEMENTS|AIDES|AGENTS|POSTES|HABITANTS|MENAGES|MÉNAGES|PLACES|ELEVES|ÉLÈVES|ENFANTS)$/;

/** At the head of a line a number before a capital is the place of an item in a list. */
function isQuantity(
	{ plain }: ActText,
	{ start, decimals }: WrittenNumber,
	of: Span,
	value: number
): boolean {
	if (
		decimals !== '' &&
		!/^(?:etp|postes|equivalents|emplois|agents)/.test(plain.slice(of.start, of.end))
	) {
		return false;
	}
	return value > 0 || !/\n *$/.test(plain.slice(Math.max(0, start - 4), start));
}

/** `les deux communes`, `ces trois axes`: they were counted before. */
const isKnownOnes = (plain: string, start: number): boolean =>
	/(?:\b(?:les|ces|des|aux|leurs|ses|nos|vos|mes|autres|tous|toutes|premieres?|premiers?|derniers?|dernieres?)|[\d°]|million|millions)[ \n]$/.test(
		plain.slice(Math.max(0, start - 14), start)
	);
