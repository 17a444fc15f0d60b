import { cents, LARGEST_CENTS, type Cents } from '#lib/domain/money.ts';
import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

/**
 * A figure as an act writes it: the value read, and half the width of what the writing leaves open.
 * `15,2 M€` is 15 200 000 € ± 50 000 €, since anything from 15,15 to 15,25 is written so.
 */
export type WrittenFigure =
	| { kind: 'amount'; written: string; valueCents: Cents; precisionCents: Cents }
	| { kind: 'count'; written: string; value: number; precision: number }
	/** In points: `52%` is 52 ± 0.5. */
	| { kind: 'percentage'; written: string; value: number; precision: number };

type Unit = { kind: WrittenFigure['kind']; cents: bigint };

const COUNT: Unit = { kind: 'count', cents: 0n };
const PERCENT: Unit = { kind: 'percentage', cents: 0n };
const euros = (worth: bigint): Unit => ({ kind: 'amount', cents: worth * 100n });

// In the order in which they are tried; a unit that begins like another comes before it.
const UNITS: readonly [RegExp, Unit][] = [
	[/^(md€|milliards? d[’']euros)/, euros(1_000_000_000n)],
	[/^(m€|millions? d[’']euros)/, euros(1_000_000n)],
	[/^k€/, euros(1_000n)],
	[/^(€|euros?)/, euros(1n)],
	[/^%/, PERCENT]
];
const NUMBER = /(?<![\d,.])(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?(?![\d,.]*\d)/g;

/**
 * The value and the written precision of the only figure in a passage, null when there is none, are
 * several, or it has fractions of a cent. The last digit written, in its unit, tells the precision: `30 M€` is ± 500 000 €, although
 * it ends in a zero. An amount written in full is taken to the euro (`236 000 €` is ± 0,50 €): a
 * council that writes six digits counts them. One written to the cent is exact. `9 363` is ± 0.5.
 */
export function writtenPrecision(quote: string): WrittenFigure | null {
	const plain = quote.replace(/\s/gu, ' ');
	const [number, ...others] = plain.matchAll(NUMBER);
	if (!number || others.length > 0) return null;

	const after = plain.slice(number.index + number[0].length);
	const { unit, unitText } = readUnit(after);
	const end = number.index + number[0].length + unitText.length;
	const written = quote.slice(number.index, end).replace(/\s/gu, NO_BREAK_SPACE);
	const [whole = '', decimals = ''] = number[0].replaceAll(' ', '').split(/[.,]/);
	if (unit.kind !== 'amount') {
		const value = Number(`${whole}.${decimals}`);
		return { kind: unit.kind, written, value, precision: 0.5 / 10 ** decimals.length };
	}
	const amount = writtenAmount(whole, decimals, unit.cents);
	return amount && { kind: 'amount', written, ...amount };
}

/**
 * The value and the precision of an amount from its digits and what one of its unit is worth. Null
 * where it has fractions of a cent, or goes beyond what the books hold.
 */
export function writtenAmount(
	whole: string,
	decimals: string,
	unitCents: bigint
): { valueCents: Cents; precisionCents: Cents } | null {
	const digits = 10n ** BigInt(decimals.length);
	const lastDigitCents = unitCents / digits;
	const value = BigInt(whole + decimals) * lastDigitCents;
	if (unitCents % digits !== 0n || value > LARGEST_CENTS) return null;
	return { valueCents: cents(value), precisionCents: cents(lastDigitCents / 2n) };
}

/** A count that was not read in a sentence but found by counting. */
export const exactCount = (value: number, written: string): WrittenFigure => ({
	kind: 'count',
	written,
	value,
	precision: 0
});

function readUnit(after: string): { unit: Unit; unitText: string } {
	const trimmed = after.trimStart();
	for (const [pattern, unit] of UNITS) {
		const found = pattern.exec(trimmed.toLowerCase())?.[0];
		if (found) {
			const spaces = after.length - trimmed.length;
			return { unit, unitText: after.slice(0, spaces + found.length) };
		}
	}
	return { unit: COUNT, unitText: '' };
}
