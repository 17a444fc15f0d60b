import type { Field, Found } from '#lib/domain/act/reading.ts';
import { quoteOf, spanOf, type ActText } from '#lib/domain/act/text.ts';

/**
 * What stands there, on one line and without marks of markdown; letters that a heading sets apart
 * stand together again.
 */
export function writtenValue(text: ActText, start: number, end: number): string {
	const quote = quoteOf(text.source, spanOf(text, start, end));
	const isSpaced = quote.length > (end - start) * 1.3;
	const written = isSpaced
		? Array.from({ length: end - start }, (_, place) =>
				text.source.charAt(text.at(start + place))
			).join('')
		: quote;
	return written
		.replace(/[*_]{2}/g, '')
		.replace(/\s+/gu, ' ')
		.trim();
}

/** A value with its place in the plain form. */
export type Mention<Value> = { start: number; end: number; value: Value };

/** What was found, quoted from the text itself. */
export function foundOf<Value>(text: ActText, mention: Mention<Value>): Found<Value> {
	const span = spanOf(text, mention.start, mention.end);
	return { ...span, quote: quoteOf(text.source, span), value: mention.value };
}

/**
 * All that was found of one thing. Its value is what all agree on: where they differ, nobody chooses.
 * `alike` says when two ways of writing are one value; the first one written is then kept.
 */
export function fieldOf<Value>(
	found: readonly Found<Value>[],
	alike: (value: Value) => unknown = (value) => value
): Field<Value> {
	const ordered = [...found].sort((left, right) => left.start - right.start);
	const [first] = ordered;
	const agree = new Set(ordered.map(({ value }) => alike(value))).size === 1;
	return { value: first && agree ? first.value : null, found: ordered };
}
