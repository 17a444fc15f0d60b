import { findAmountParts } from '#lib/domain/act/figures/amount-parts.ts';
import { settingOf, type AmountSetting } from '#lib/domain/act/figures/amount-setting.ts';
import { amountsInWords } from '#lib/domain/act/figures/amounts-in-words.ts';
import { findRanges } from '#lib/domain/act/figures/amount-ranges.ts';
import { withDerived } from '#lib/domain/act/figures/derived-amounts.ts';
import { withParts, type Placed } from '#lib/domain/act/figures/placed-figure.ts';
import { amountsOfTables } from '#lib/domain/act/figures/table-amounts.ts';
import { amountOf, type PlainAmount } from '#lib/domain/act/figures/written-amount.ts';
import { numbersIn } from '#lib/domain/act/figures/written-number.ts';
import type { ReadAmount } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { quoteOf, spanOf, type ActText } from '#lib/domain/act/text.ts';

/** An act of a hundred pages has fewer; what has more is no act. */
export const MOST_FIGURES = 4_000;

/** The amounts of a text in their order, and the totals that follow from them. */
export function readAmounts(text: ActText, sections: Sections): ReadAmount[] {
	const amounts = inOrder(
		[...inFigures(text), ...inWords(text), ...amountsOfTables(text)].slice(0, MOST_FIGURES * 2)
	);
	const ranges = findRanges(text, amounts);
	const all = inOrder([...amounts, ...ranges.openings]);
	const placed = all.map((amount, index): Placed<ReadAmount> => {
		const from = all[index - 1]?.end ?? 0;
		const to = all[index + 1]?.start ?? text.plain.length;
		const figure = asRead(text, sections, amount, settingOf(text.plain, amount, from, to));
		const isRange = figure.kind !== 'rate' && ranges.ends.has(amount.start);
		return { plain: amount, figure: isRange ? { ...figure, kind: 'range' } : figure };
	});
	const parts = findAmountParts(text.plain, placed);
	return withParts(withDerived(text, placed), parts);
}

function asRead(
	text: ActText,
	sections: Sections,
	amount: PlainAmount,
	setting: AmountSetting
): ReadAmount {
	const span = spanOf(text, amount.start, amount.end);
	return {
		...span,
		quote: quoteOf(text.source, span),
		cents: amount.cents,
		precisionCents: amount.precisionCents,
		kind: setting.kind,
		per: setting.per ?? unitOf(text, setting.unit),
		tax: setting.tax,
		section: sections.sectionAt(span.start),
		formula: null,
		partOf: null
	};
}

function unitOf(text: ActText, unit: AmountSetting['unit']): string | null {
	if (unit === null || typeof unit === 'string') return unit;
	return quoteOf(text.source, spanOf(text, unit.start, unit.end));
}

function inFigures(text: ActText): PlainAmount[] {
	const amounts: PlainAmount[] = [];
	for (const number of numbersIn(text)) {
		const amount = amountOf(text, number);
		if (amount) amounts.push(amount);
		if (amounts.length === MOST_FIGURES) break;
	}
	return amounts;
}

function inWords({ plain }: ActText): PlainAmount[] {
	const amounts: PlainAmount[] = [];
	for (const amount of amountsInWords(plain)) {
		amounts.push(amount);
		if (amounts.length === MOST_FIGURES) break;
	}
	return amounts;
}

/** In the order of the text, none over another. */
function inOrder(amounts: readonly PlainAmount[]): PlainAmount[] {
	const sorted = amounts.toSorted(
		(left, right) => left.start - right.start || right.end - left.end
	);
	const kept: PlainAmount[] = [];
	for (const amount of sorted) {
		if (amount.start >= (kept.at(-1)?.end ?? 0)) kept.push(amount);
	}
	return kept;
}
