import { numberWordsIn, type NumberInWords } from '#lib/domain/act/figures/number-words.ts';
import { numbersIn, type WrittenNumber } from '#lib/domain/act/figures/written-number.ts';
import type { ActText } from '#lib/domain/act/text.ts';

/** Every number of a text, whatever it says: amounts, counts and shares are sought among them. */
export type Numbers = {
	inFigures: readonly WrittenNumber[];
	inWords: readonly NumberInWords[];
};

export const numbersOf = (text: ActText): Numbers => ({
	inFigures: numbersIn(text),
	inWords: numberWordsIn(text.plain)
});
