import { MOST_FIGURES } from '#lib/domain/act/figures/matches.ts';
import type { ReadPercentage } from '#lib/domain/act/reading.ts';
import { signBefore } from '#lib/domain/act/figures/written-amount.ts';
import { isFragment } from '#lib/domain/act/figures/fragment.ts';
import { wholeOf } from '#lib/domain/act/figures/percentage-of.ts';
import type { WrittenNumber } from '#lib/domain/act/figures/written-number.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { quoteOf, spanOf, type ActText } from '#lib/domain/act/text.ts';

const SIGN = / {0,2}\n? ?(?:%|pour ?cents?(?![a-z])|p\. ?100)/y;

/** The percentages of a text in their order, with what they are of. */
export function readPercentages(
	text: ActText,
	sections: Sections,
	numbers: readonly WrittenNumber[]
): ReadPercentage[] {
	const found: ReadPercentage[] = [];
	let last = 0;
	for (const number of numbers) {
		SIGN.lastIndex = number.end;
		if (!SIGN.exec(text.plain)) continue;
		const end = SIGN.lastIndex;
		if (isFragment(text, number) || number.broken || number.groups > 1 || number.whole.length > 5)
			continue;
		const sign = signBefore(text, number, end);
		if (!sign) continue;
		const whole = wholeOf(text, sign.start, end, last);
		last = end;
		const span = spanOf(text, sign.start, end);
		const value = Number(`${sign.negative ? '-' : ''}${number.whole}.${number.decimals || '0'}`);
		found.push({
			...span,
			quote: quoteOf(text.source, span),
			value,
			precision: 0.5 / 10 ** number.decimals.length,
			of: whole && quoteOf(text.source, spanOf(text, whole.start, whole.end)).replace(/\s+/gu, ' '),
			section: sections.sectionAt(span.start)
		});
		if (found.length === MOST_FIGURES) break;
	}
	return withoutAxes(text, found);
}

/** So many shares in a row with nothing between are the axis of a chart. */
const AXIS = 5;

function withoutAxes({ source }: ActText, shares: readonly ReadPercentage[]): ReadPercentage[] {
	const runs: ReadPercentage[][] = [];
	for (const share of shares) {
		const run = runs.at(-1);
		const last = run?.at(-1);
		if (run && last && /^ {1,3}$/.test(source.slice(last.end, share.start))) run.push(share);
		else runs.push([share]);
	}
	return runs.filter((run) => run.length < AXIS).flat();
}
