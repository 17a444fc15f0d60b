import { centimesAfter, currencyAt, type Currency } from '#lib/domain/act/figures/currency.ts';
import { isFragment } from '#lib/domain/act/figures/fragment.ts';
import { isReference, type WrittenNumber } from '#lib/domain/act/figures/written-number.ts';
import type { ActText } from '#lib/domain/act/text.ts';
import { writtenAmount } from '#lib/domain/precision.ts';
import { cents, type Cents } from '#lib/domain/money.ts';

/** An amount in the plain form of a text, before anybody asks what it is for. */
export type PlainAmount = { start: number; end: number; cents: Cents; precisionCents: Cents };

/** No council writes a sum in full that is larger than this: digits of two columns have run together. */
const LARGEST_IN_FULL = 2_000_000_000_000n;

/** The amount that a number is the figure of, null where no unit of money goes with it or the writing is in doubt. */
export function amountOf(text: ActText, number: WrittenNumber): PlainAmount | null {
	const { plain } = text;
	const after = endOfWhole(plain, number.end);
	const currency: (Currency & { start?: number }) | null =
		currencyAt(plain, after) ?? currencyBefore(plain, number) ?? impliedCurrency(plain, number);
	if (!currency || isDoubtful(text, number, currency.unitCents)) return null;

	const amount = writtenAmount(number.whole, number.decimals, currency.unitCents);
	if (!amount) return null;
	if (currency.unitCents === 100n && amount.valueCents > LARGEST_IN_FULL) return null;

	const centimes =
		currency.unitCents === 100n && number.decimals === ''
			? centimesAfter(plain, currency.end)
			: null;
	// `12€5`, and `5 000 € 12` at the end of a line: centimes, or the next column.
	const goesOn = /^\d{1,9}(?!\d| [a-z]{4,})/.test(plain.slice(currency.end, currency.end + 10));
	if (!centimes && goesOn) return null;
	const endsLine = centimes && /^(?:$|\n)/.test(plain.slice(centimes.end, centimes.end + 1));
	if (endsLine && number.groups > 0 && plain.charAt(currency.end - 1) === '€') return null;
	const sign = signBefore(text, number, centimes?.end ?? currency.end);
	if (!sign) return null;
	const value = amount.valueCents + (centimes?.centimes ?? 0n);
	return {
		start: currency.start ?? sign.start,
		end: centimes?.end ?? currency.end,
		cents: cents(sign.negative ? -value : value),
		precisionCents: centimes || after > number.end ? cents(0n) : amount.precisionCents
	};
}

/** `7 500,- €`: a stroke in place of the centimes. */
const endOfWhole = (plain: string, end: number): number =>
	end + (/^,-{1,2}(?= ?(?:€|euro))/.exec(plain.slice(end, end + 8))?.[0].length ?? 0);

/** `€ 500`, where no other figure claims the unit. */
function currencyBefore(
	plain: string,
	{ start, end }: WrittenNumber
): (Currency & { start: number }) | null {
	const unit = /(?:^|[\s(:])(€ ?)$/.exec(plain.slice(Math.max(0, start - 3), start))?.[1];
	if (unit === undefined) return null;
	const before = plain.slice(Math.max(0, start - 12), start);
	if (/\d ?€ ?$|\ben ?€ ?$|\n[^\n]{0,2}€ ?$/.test(before)) return null;
	return /^(?:$|[\s,;:).])/.test(plain.slice(end, end + 1)) &&
		!/^ [a-z\d%]/.test(plain.slice(end, end + 2))
		? { start: start - unit.length, end, unitCents: 100n }
		: null;
}

/** Silence where the digits may be read in two ways, or belong to something else. */
function isDoubtful(text: ActText, number: WrittenNumber, unitCents: bigint): boolean {
	const { plain } = text;
	const { start, whole, groups, separator } = number;
	if (number.broken || (whole.length > 1 && whole.startsWith('0'))) return true;
	// `1.234 M€` is 1 234 000 € or 1 234 M€.
	if (separator === '.' && groups === 1 && unitCents > 100n && number.decimals === '') return true;
	const before = plain.slice(Math.max(0, start - 14), start);
	if (/[a-z_°²³]$|[a-z]\.$|\d-$|± ?$/.test(before)) return true;
	// `2 millions 500 000 euros` is one number, and not 500 000.
	if (/(?:millions?|milliards?|mille|cents?) $/.test(before)) return true;
	// `12 500, 75 €` lost the place of its decimals.
	if (groups === 0 && number.decimals === '' && whole.length === 2 && /\d, $/.test(before))
		return true;
	if (separator === ' ' && isReference(plain, start)) return true;
	return isFragment(text, number);
}

type Sign = { start: number; negative: boolean };

/**
 * Whether a mark before a figure is its minus. A dash that opens an item of a list, or parts a name
 * from its sum, is none; null where it could be either.
 */
export function signBefore(
	{ plain, source, at }: ActText,
	{ start }: WrittenNumber,
	end: number
): Sign | null {
	const before = plain.slice(Math.max(0, start - 40), start);
	const mark = /(-)( ?)$/.exec(before);
	if (!mark) return { start, negative: false };
	const place = start - mark[0].length;
	const isGlued = mark[2] === '';
	const written = source.charAt(at(place));
	if (written === '\u2212') return { start: place, negative: true };
	const lead = before.slice(0, -mark[0].length);
	if (/(?:^|\n)[ |]*$/.test(lead) || place === 0) {
		// At the head of a line it opens an item, if words follow; alone with its figure nobody knows.
		const opensItem = /^[^\n]{0,20}[a-z]{2}/.test(plain.slice(end, end + 40));
		if (opensItem) return { start, negative: false };
		return isGlued ? { start: place, negative: true } : null;
	}
	const afterCell =
		/\t$/.test(source.slice(Math.max(0, at(place) - 1), at(place))) ||
		/[:(=|]\s*$| {2,}$/.test(lead);
	if (afterCell || /\b(?:de|soit|a) $/.test(lead)) return { start: place, negative: true };
	if (isGlued) return / $/.test(lead) && written === '-' ? { start: place, negative: true } : null;
	// Where others on the line bear a plus, this is a minus.
	const hasSigns = /[+] ?\d/.test(
		plain
			.slice(Math.max(0, start - 120), start)
			.split('\n')
			.at(-1) ?? ''
	);
	if (hasSigns) return { start: place, negative: true };
	return / $/.test(lead) ? { start, negative: false } : null;
}

/**
 * `248.406,23` in an account: thousands set apart and two decimals are written of money only, unless
 * the line measures something. It stands alone in its cell, beside others like it, or after a word of money.
 */
function impliedCurrency(plain: string, number: WrittenNumber): Currency | null {
	const { start, end, groups, decimals } = number;
	if (groups === 0 || decimals.length !== 2) return null;
	const before = plain.slice(Math.max(0, start - 90), start);
	const after = plain.slice(end, end + 60);
	const line = `${before.slice(before.lastIndexOf('\n') + 1)}${after.split('\n', 1)[0] ?? ''}`;
	if (MEASURES.test(line)) return null;
	const endsCell = /^(?: ?$|[ \t]?\n| {2}|[ ]?[|;)]| -?\d)/.test(after);
	const beginsCell =
		/(?:^|\n|\t| {2}|[|:(] ?|\d{2} )[-+]? ?$/.test(before) || /[a-z)] $/.test(before);
	if (endsCell && beginsCell) return { end, unitCents: 100n };
	const isSaid = OF_MONEY.test(before) && /^[ ,.]/.test(after);
	return isSaid ? { end, unitCents: 100n } : null;
}

const MEASURES =
	/\b(?:m[23²³]|ha|hectares?|superficies?|surfaces?|contenances?|kg|tonnes?|km|kwh|mwh|population|habitants|indice|points|francs?|%)(?![a-z])|%/;
const OF_MONEY =
	/(?:montants?|sommes?|excedents?|deficits?|soldes?|resultats?|credits?|subventions?|depenses?|recettes?|totale?|s'eleve)\b[^.;\d]{0,50}(?:de|a|:|est) $/;
