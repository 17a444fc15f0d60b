import { currencyAt } from '#lib/domain/act/figures/currency.ts';
import type { NumberInWords } from '#lib/domain/act/figures/number-words.ts';
import type { PlainAmount } from '#lib/domain/act/figures/written-amount.ts';
import { cents } from '#lib/domain/money.ts';
import { writtenAmount } from '#lib/domain/precision.ts';

const MILLION = 1_000_000n;

/** The amounts that a text writes in words: `quinze mille euros`, `douze euros et cinquante centimes`. */
export function* amountsInWords(
	plain: string,
	numbers: readonly NumberInWords[]
): Generator<PlainAmount> {
	let euros: PlainAmount | null = null;
	for (const { start, end, value } of numbers) {
		const currency = currencyAt(plain, end) ?? currencyAt(plain, afterLink(plain, end));
		const isCentimes = euros !== null && isCentimesOf(plain.slice(euros.end, start));
		if (euros && isCentimes && value < 100n && (!currency || currency.unitCents === 1n)) {
			const last = currency?.end ?? end;
			// “douze euros cinquante” says centimes where nothing else could be counted.
			if (currency || isEnd(plain, end)) yield withCentimes(euros, last, value);
			euros = null;
			continue;
		}
		if (!currency || continuesNumber(plain, start)) continue;
		if (euros) yield euros;
		euros = amountOfWords(start, currency.end, value, currency.unitCents);
	}
	if (euros) yield euros;
}

const withCentimes = (euros: PlainAmount, end: number, centimes: bigint): PlainAmount => ({
	start: euros.start,
	end,
	cents: cents(euros.cents + centimes),
	precisionCents: cents(0n)
});

/** `deux millions d’euros`: where the unit begins after the words. */
function afterLink(plain: string, at: number): number {
	const link = /[ \n]{1,3}(?:d ?'|d |de )[ \n]?/y;
	link.lastIndex = at;
	return link.exec(plain) ? link.lastIndex : at;
}

const isEnd = (plain: string, at: number): boolean =>
	/^ ?(?:$|[\n,;.)(]|(?:par|pour|le|la|et) )/.test(plain.slice(at, at + 6));

/** Words leave open what figures do: “deux millions d’euros” is not counted to the euro, “quinze mille euros” is. */
function amountOfWords(
	start: number,
	end: number,
	value: bigint,
	unitCents: bigint
): PlainAmount | null {
	const isRound = unitCents === 100n && value > 0n && value % MILLION === 0n;
	const amount = isRound
		? writtenAmount(String(value / MILLION), '', MILLION * 100n)
		: writtenAmount(String(value), '', unitCents);
	return amount && { start, end, cents: amount.valueCents, precisionCents: amount.precisionCents };
}

/** `2 millions cinq cent mille euros`: the words go on from figures, and are no number of their own. */
const continuesNumber = (plain: string, start: number): boolean =>
	/(?:\d|\d ?(?:millions?|milliards?|mille)(?: et)?|virgule|dizaines?|centaines?|milliers?) ?$/.test(
		plain.slice(Math.max(0, start - 24), start)
	);

const isCentimesOf = (between: string): boolean => /^[ \n]{0,3}(?:et )?$/.test(between);
