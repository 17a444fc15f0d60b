import { readFigures } from '#lib/domain/act/figures/read-figures.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';

/** The figures of a text, or of a sentence that a council could have written. */
export function figuresOf(source: string) {
	const text = openText(source);
	return readFigures(text, readSections(text));
}

/** The figures of some words, taken for the body of an act. */
export function figuresOfBody(words: string) {
	const text = openText(inAct(words));
	return readFigures(text, { ...readSections(text), sectionAt: () => 'statement_of_reasons' });
}

/** A sentence of an act around some words. */
export const inAct = (words: string): string =>
	`Séance du conseil municipal\n\nVu le code général des collectivités territoriales,\n\n${words}\n\nLe conseil, après en avoir délibéré, décide d’approuver.`;

/** The amounts of a sentence: `494 000 € = 49400000`, with its kind and what it is per where it is not plain. */
export function amountsOf(words: string): string[] {
	return figuresOfBody(words).amounts.map(({ quote, cents, kind, per }) =>
		[quote.replace(/\s/gu, ' '), '=', cents, kind === 'amount' ? '' : kind, per ?? '']
			.filter((part) => part !== '')
			.join(' ')
	);
}

/** The counts of a sentence: `268 aides`. */
export const countsOf = (words: string): string[] =>
	figuresOfBody(words).counts.map(({ value, of }) => `${value} ${of}`);

/** The shares of a sentence: `52 % PLUS`. */
export const percentagesOf = (words: string): string[] =>
	figuresOfBody(words).percentages.map(({ value, of }) => `${value} % ${of ?? '?'}`);

/** The periods of a sentence: `2021-01-01 2022-12-31`. */
export const periodsOf = (words: string): string[] =>
	figuresOfBody(words).periods.map(({ startsOn, endsOn }) => `${startsOn} ${endsOn}`);
