import { findWords, type WordsAsked } from '#lib/domain/act/find-words.ts';
import { refuseSpan } from '#lib/domain/act/read-passage.ts';
import { trimSpan, type Span } from '#lib/domain/act/text.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/** A passage as a person shows it: selected in the text, or given by its words. */
export type Place = Span | WordsAsked;

/** Where the passage stands, without white space at its edges; refuses what is not in the act. */
export function findPlace(text: string, place: Place): Span {
	if ('start' in place) {
		const refused = refuseSpan(text, place);
		if (refused) throw new Refusal(refused, { field: 'first' });
		return trimSpan(text, place);
	}
	const found = findWords(text, place);
	if ('span' in found) return found.span;
	throw new Refusal(found.problem, { field: found.field });
}
