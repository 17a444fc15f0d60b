import type { PlainAmount } from '#lib/domain/act/figures/written-amount.ts';
import { numbersIn } from '#lib/domain/act/figures/written-number.ts';
import type { ActText } from '#lib/domain/act/text.ts';
import { cents } from '#lib/domain/money.ts';
import { writtenAmount } from '#lib/domain/precision.ts';

/** The ends of ranges: where each begins, and the lower ends that leave their unit to the upper. */
export type Ranges = { ends: ReadonlySet<number>; openings: PlainAmount[] };

const OPENING = /\b(entre|de) (?:la somme de |environ )?$/;
const CHANGE =
	/(?:pass|port|ramen|augment|relev|abaiss|redui|modifi|evolu|major|minor|diminu|baiss|hauss|progress)[a-z]*(?: [a-z',]+){0,6} (?:de )?$/;

/** `entre 10 000 € et 20 000 €`, `de 5 000 à 8 000 €`. A sum that goes from one value to another is no range. */
export function findRanges(text: ActText, amounts: readonly PlainAmount[]): Ranges {
	const { plain } = text;
	const ends = new Set<number>();
	const openings: PlainAmount[] = [];
	for (const [index, upper] of amounts.entries()) {
		const lower = lowerEnd(text, amounts[index - 1], upper);
		if (!lower || lower.cents >= upper.cents) continue;
		const before = plain.slice(Math.max(0, lower.start - 90), lower.start).replace(/\s+/g, ' ');
		const opening = OPENING.exec(before)?.[1];
		const link = plain.slice(lower.end, upper.start);
		if (!opening || !(opening === 'entre' ? BETWEEN : UP_TO).test(link)) continue;
		if (CHANGE.test(before)) continue;
		ends.add(upper.start);
		const isBare = lower !== amounts[index - 1];
		if (isBare && mayMeanThousands(lower, upper)) continue;
		ends.add(lower.start);
		if (isBare) openings.push(lower);
	}
	return { ends, openings };
}

/** `de 250 à 300 000 €` says 250 € or 250 000 €: nobody knows, and only the upper end is read. */
const mayMeanThousands = (lower: PlainAmount, upper: PlainAmount): boolean =>
	lower.cents < 100_000n && lower.cents * 1_000n < upper.cents;

const BETWEEN = /^(?: (?:ht|ttc))?[ \n]{1,3}et (?:la somme de )?$/;
const UP_TO = /^(?: (?:ht|ttc))?[ \n]{1,3}a $/;

/** The amount just before, or a bare number there that leaves its unit to the upper end. */
function lowerEnd(
	text: ActText,
	previous: PlainAmount | undefined,
	upper: PlainAmount
): PlainAmount | null {
	const { plain } = text;
	const from = Math.max(previous?.end ?? 0, upper.start - 24);
	const unit = unitOf(plain.slice(upper.start, upper.end));
	const number = numbersIn(text, from, upper.start).at(-1);
	if (!number) return previous && upper.start - previous.end <= 20 ? previous : null;
	if (number.broken || !unit || plain.charAt(number.start - 1) !== ' ') return null;
	const amount = writtenAmount(number.whole, number.decimals, unit);
	if (!amount || number.end >= upper.start) return null;
	return {
		start: number.start,
		end: number.end,
		cents: cents(amount.valueCents),
		precisionCents: amount.precisionCents
	};
}

function unitOf(written: string): bigint | null {
	const unit = /[a-z€ \n']+$/.exec(written)?.[0].trim() ?? '';
	if (/^m(?:d|rd|illiards?)s?\b|^md€|^mds€/.test(unit) && !/^millions?/.test(unit))
		return 100_000_000_000n;
	if (/^m/.test(unit)) return /^mille|^milliers?/.test(unit) ? 100_000n : 100_000_000n;
	if (/^k/.test(unit)) return 100_000n;
	return /^(?:€|euros?|eur)/.test(unit) ? 100n : null;
}
