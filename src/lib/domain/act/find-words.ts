import { openText, spanOf, type Span } from '#lib/domain/act/text.ts';
import { formatCount } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Where words stand in an act, or why that is not known. */
export type FoundWords =
	{ span: Span } | { problem: string; field: 'first' | 'last' | 'occurrence' };

/** A passage given by its words; the occurrence counts from 1, null where nobody said. */
export type WordsAsked = { first: string; last: string; occurrence: number | null };

/** A passage is a sentence or a paragraph, and not the act. */
export const LONGEST_PASSAGE = 4_000;

/**
 * Finds a passage by its words, as a person types or copies them: capitals, accents, the shape of
 * apostrophes and the number of spaces do not matter. A long passage is given by its first and its
 * last words. Where they stand several times, a person says which time it is, counted from 1.
 */
export function findWords(source: string, asked: WordsAsked): FoundWords {
	const text = openText(source);
	const first = patternOf(asked.first);
	if (!first) return { problem: 'Copiez ici les mots de l’acte.', field: 'first' };
	const places = [...text.plain.matchAll(first)].map(({ 0: found, index }) => ({
		start: index,
		end: index + found.length
	}));
	if (places.length === 0) {
		const problem = 'Ces mots ne sont pas dans l’acte : copiez-les comme ils y sont écrits.';
		return { problem: typeset(problem), field: 'first' };
	}
	if (places.length > 1 && asked.occurrence === null) {
		const problem = `Ces mots sont ${formatCount(places.length)} fois dans l’acte : dites laquelle, de 1 à ${formatCount(places.length)}.`;
		return { problem: typeset(problem), field: 'occurrence' };
	}
	const place = places[(asked.occurrence ?? 1) - 1];
	if (!place) {
		const times = places.length === 1 ? 'une fois' : `${formatCount(places.length)} fois`;
		return { problem: `Ces mots ne sont que ${times} dans l’acte.`, field: 'occurrence' };
	}
	const last = patternOf(asked.last);
	if (!last) return { span: spanOf(text, place.start, place.end) };
	const rest = text.plain.slice(place.end, place.start + LONGEST_PASSAGE);
	const [end] = rest.matchAll(last);
	if (!end) {
		const problem = 'Ces derniers mots ne viennent pas à la suite des premiers.';
		return { problem, field: 'last' };
	}
	return { span: spanOf(text, place.start, place.end + end.index + end[0].length) };
}

/** Null where there is nothing to look for. Whole words and whole numbers: `15 M€` is not in `215 M€`. */
function patternOf(words: string): RegExp | null {
	const parts = openText(words)
		.plain.split(/\s+/u)
		.filter((part) => part !== '');
	if (parts.length === 0) return null;
	const pattern = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+');
	const before = /^[\p{L}\p{N}]/u.test(pattern) ? '(?<![\\p{L}\\p{N}])' : '';
	const after = /[\p{L}\p{N}]$/u.test(pattern) ? '(?![\\p{L}\\p{N}])' : '';
	return new RegExp(`${before}${pattern}${after}`, 'gu');
}
