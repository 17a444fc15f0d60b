import { MOST_FIGURES } from '#lib/domain/act/figures/matches.ts';
import { findAmountParts } from '#lib/domain/act/figures/amount-parts.ts';
import { settingOf, type AmountSetting } from '#lib/domain/act/figures/amount-setting.ts';
import { amountsInWords } from '#lib/domain/act/figures/amounts-in-words.ts';
import { findRanges } from '#lib/domain/act/figures/amount-ranges.ts';
import { withDerived } from '#lib/domain/act/figures/derived-amounts.ts';
import { withParts, type Placed } from '#lib/domain/act/figures/placed-figure.ts';
import { amountsOfTables } from '#lib/domain/act/figures/table-amounts.ts';
import { amountOf, type PlainAmount } from '#lib/domain/act/figures/written-amount.ts';
import { isDigit } from '#lib/domain/act/figures/written-number.ts';
import type { Numbers } from '#lib/domain/act/figures/numbers.ts';
import type { ReadAmount } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { addCents, NO_CENTS } from '#lib/domain/money.ts';
import { quoteOf, spanOf, type ActText } from '#lib/domain/act/text.ts';

/** The amounts of a text in their order, and the totals that follow from them. */
export function readAmounts(text: ActText, sections: Sections, numbers: Numbers): ReadAmount[] {
	const amounts = inOrder(
		text.plain,
		[
			...inFigures(text, numbers.inFigures),
			...inWords(text, numbers.inWords),
			...amountsOfTables(text)
		].slice(0, MOST_FIGURES * 2)
	);
	const ranges = findRanges(text, amounts);
	const all = inOrder(text.plain, [...amounts, ...ranges.openings]);
	const settings = all.map((amount, index) =>
		settingOf(
			text.plain,
			amount,
			all[index - 1]?.end ?? 0,
			all[index + 1]?.start ?? text.plain.length
		)
	);
	const placed = all.map((amount, index): Placed<ReadAmount> => {
		const setting = sharedUnit(text.plain, all, settings, index);
		const figure = asRead(text, sections, amount, setting);
		const isRange = setting.kind !== 'rate' && ranges.ends.has(amount.start);
		return { plain: amount, figure: isRange ? { ...figure, kind: 'range' } : figure };
	});
	const parts = findAmountParts(text.plain, placed);
	return withParts(withDerived(text, placed), parts);
}

/** `de 37,20 € à 39,28 € par habitant`: the first is by the unit of the second. */
function sharedUnit(
	plain: string,
	all: readonly PlainAmount[],
	settings: readonly AmountSetting[],
	index: number
): AmountSetting {
	const [own, next] = [settings[index], settings[index + 1]];
	const between = plain.slice(all[index]?.end ?? 0, all[index + 1]?.start ?? 0);
	if (!own) return NO_SETTING;
	if (own.unit !== null || own.per !== null || !next || next.unit === null) return own;
	return /^(?: (?:ht|ttc))?[ \n](?:a|ou)[ \n]$/.test(between)
		? { ...own, kind: next.kind, unit: next.unit }
		: own;
}

const NO_SETTING: AmountSetting = { kind: 'amount', per: null, unit: null, tax: null };

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

function inFigures(text: ActText, numbers: Numbers['inFigures']): PlainAmount[] {
	const amounts: PlainAmount[] = [];
	for (const number of numbers) {
		const amount = amountOf(text, number);
		if (amount) amounts.push(amount);
		if (amounts.length === MOST_FIGURES) break;
	}
	return amounts;
}

function inWords({ plain }: ActText, numbers: Numbers['inWords']): PlainAmount[] {
	const amounts: PlainAmount[] = [];
	for (const amount of amountsInWords(plain, numbers)) {
		amounts.push(amount);
		if (amounts.length === MOST_FIGURES) break;
	}
	return amounts;
}

/** In the order of the text, none over another, each said once: `quinze mille euros (15 000 €)`. */
function inOrder(plain: string, amounts: readonly PlainAmount[]): PlainAmount[] {
	const sorted = amounts.toSorted(
		(left, right) => left.start - right.start || right.end - left.end
	);
	const kept: PlainAmount[] = [];
	for (const amount of sorted) {
		const last = kept.at(-1);
		if (last && amount.start < last.end) continue;
		const both = last && inBothWritings(plain, last, amount);
		if (both) kept[kept.length - 1] = both;
		else kept.push(amount);
	}
	return kept;
}

const SAID_AGAIN =
	/^(?: ?(?:ht|ttc|h\.t\.?|t\.t\.c\.?))?[ \n]{0,3}(?:[([]|, ?soit |soit |, |- |: ?|\/ ?)?[ \n]{0,2}$/;

/** One amount where a second only says the first again, in words or in figures, or adds its centimes. */
function inBothWritings(
	plain: string,
	first: PlainAmount,
	second: PlainAmount
): PlainAmount | null {
	if (second.start - first.end > 16) return null;
	const between = plain.slice(first.end, second.start);
	const [isFigure, followsFigure] = [first, second].map(({ start }) => isDigit(plain, start));
	if (isFigure === followsFigure) return null;
	if (first.cents === second.cents && SAID_AGAIN.test(between)) return isFigure ? first : second;
	const isCentimes = second.cents < 100n && first.cents % 100n === 0n && /^ et $/.test(between);
	if (!isCentimes || !isFigure) return null;
	return {
		...first,
		end: second.end,
		cents: addCents(first.cents, second.cents),
		precisionCents: NO_CENTS
	};
}
