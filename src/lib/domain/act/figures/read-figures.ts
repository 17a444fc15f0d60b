import { findLostAmounts } from '#lib/domain/act/figures/lost-amounts.ts';
import { MOST_FIGURES } from '#lib/domain/act/figures/matches.ts';
import { readAmounts } from '#lib/domain/act/figures/read-amounts.ts';
import { numbersOf } from '#lib/domain/act/figures/numbers.ts';
import { readCounts } from '#lib/domain/act/figures/read-counts.ts';
import { readPercentages } from '#lib/domain/act/figures/read-percentages.ts';
import { readPeriods } from '#lib/domain/act/figures/read-periods.ts';
import { daysIn, type PlainDay } from '#lib/domain/act/figures/written-days.ts';
import type { ActReading, Found } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { quoteOf, spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';
import type { Day } from '#lib/domain/day.ts';

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
	if (!SPEAKS_OF_PUBLIC_MONEY.test(text.plain)) return NONE;
	const numbers = numbersOf(text);
	const days = daysIn(text.plain);
	const periods = readPeriods(text, days, sections);
	return {
		amounts: readAmounts(text, sections, numbers),
		counts: readCounts(text, sections, numbers),
		percentages: readPercentages(text, sections, numbers.inFigures),
		periods,
		days: bodyDays(text, days, periods, sections),
		lost: findLostAmounts(text)
	};
}

/** A list of errands has figures too; they are none of an act. */
const SPEAKS_OF_PUBLIC_MONEY =
	/delib|conseil|commission|subvention|convention|commun(?:e|al|aut)|municipal|metropol|departement|region|prefe[ct]|syndicat|collectivit|maire|mairie|budget|credit|montant|somme|depense|recette|tarif|dotation|enveloppe|financ|versement|logement|article|decide|approuve|vote/;

const NONE: Figures = { amounts: [], counts: [], percentages: [], periods: [], days: [], lost: [] };

/** Days of the body that bound no period; those of the head are read with it. */
function bodyDays(
	text: ActText,
	days: readonly PlainDay[],
	periods: readonly Span[],
	sections: Sections
): Found<Day>[] {
	const found: Found<Day>[] = [];
	let next = 0;
	for (const { start, end, day } of days) {
		const span = spanOf(text, start, end);
		while ((periods[next]?.end ?? Infinity) <= span.start) next += 1;
		const isInPeriod = (periods[next]?.start ?? Infinity) <= span.start;
		if (isInPeriod || sections.sectionAt(span.start) === 'header') continue;
		found.push({ ...span, quote: quoteOf(text.source, span), value: day });
		if (found.length === MOST_FIGURES) break;
	}
	return found;
}
