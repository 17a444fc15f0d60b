import { groupThousands, MINUS, NARROW_SPACE, NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

/** An amount in cents of euro: 12,50 € is 1250n. Never a float. */
export type Cents = bigint & { readonly unit: 'cents' };

/** No amount goes beyond 90 000 milliards d’euros: cents then stay exact in every chart and spreadsheet. */
export const LARGEST_CENTS = 9_000_000_000_000_000n;

/** Makes an amount from whole cents, as code or the database writes them. Refuses fractions of a cent. */
export function cents(value: bigint | number | string): Cents {
	if (typeof value === 'string' && !/^-?\d+$/.test(value)) throw new RangeError('not whole cents');
	const amount = BigInt(value);
	if (amount > LARGEST_CENTS || amount < -LARGEST_CENTS) throw new RangeError('amount too large');
	return amount as Cents;
}

export const NO_CENTS = cents(0n);

export const addCents = (left: Cents, right: Cents): Cents => cents(left + right);

export const subtractCents = (left: Cents, right: Cents): Cents => cents(left - right);

export const negateCents = (amount: Cents): Cents => cents(-amount);

export const absoluteCents = (amount: Cents): Cents => (amount < 0n ? negateCents(amount) : amount);

export const largerCents = (left: Cents, right: Cents): Cents => (left > right ? left : right);

export const smallerCents = (left: Cents, right: Cents): Cents => (left < right ? left : right);

export function sumCents(amounts: readonly Cents[]): Cents {
	return cents(amounts.reduce((sum: bigint, amount) => sum + amount, 0n));
}

/**
 * Shares an amount by weight. The remainder goes one cent at a time from the front, to shares that
 * weigh something, so nothing is lost. Refuses negative weights, and weights that are all zero.
 */
export function allocate(total: Cents, weights: readonly bigint[]): Cents[] {
	if (weights.some((weight) => weight < 0n)) throw new RangeError('a weight is negative');
	const weightSum = weights.reduce((sum, weight) => sum + weight, 0n);
	if (weightSum === 0n) throw new RangeError('no share weighs anything');

	const sign = total < 0n ? -1n : 1n;
	const magnitude = total * sign;
	const shares = weights.map((weight) => (magnitude * weight) / weightSum);
	let remainder = magnitude - shares.reduce((sum, share) => sum + share, 0n);
	return shares.map((share, index) => {
		if (remainder === 0n || weights[index] === 0n) return cents(share * sign);
		remainder -= 1n;
		return cents((share + 1n) * sign);
	});
}

/** `1 234 567,50 €`; the cents are left out when there are none: `15 000 000 €`. */
export function formatEuros(amount: Cents): string {
	const { sign, magnitude } = split(amount);
	const rest = magnitude % 100n;
	const decimals = rest === 0n ? '' : `,${String(rest).padStart(2, '0')}`;
	return `${sign}${groupThousands(String(magnitude / 100n))}${decimals}${NO_BREAK_SPACE}€`;
}

/**
 * `2,1 Md€`, `1,2 M€`, `350 k€`, for headings and axes. A whole number of millions has no decimal
 * (`30 M€`); any other has one, so `31,0 M€` says that it was rounded. Below 1 000 € nothing is.
 */
export function formatEurosShort(amount: Cents): string {
	const { sign, magnitude } = split(amount);
	const unit = SHORT_UNITS.find(({ from }) => magnitude >= from);
	if (!unit) return formatEuros(amount);
	return `${sign}${tenths(magnitude, unit.cents)}${NO_BREAK_SPACE}${unit.name}`;
}

// What rounds to 1 000 of one unit is written as 1 of the next.
const SHORT_UNITS = [
	{ name: 'Md€', cents: 100_000_000_000n, from: 99_995_000_000n },
	{ name: 'M€', cents: 100_000_000n, from: 99_995_000n },
	{ name: 'k€', cents: 100_000n, from: 100_000n }
];

/** `15000000.00`: how the API and exports write an amount in euro. */
export function toDecimal(amount: Cents): string {
	const { magnitude } = split(amount);
	const rest = String(magnitude % 100n).padStart(2, '0');
	return `${amount < 0n ? '-' : ''}${magnitude / 100n}.${rest}`;
}

export type ParsedEuros = { ok: true; cents: Cents } | { ok: false; message: string };

const EXAMPLE = `1${NARROW_SPACE}234,50`;
const UNITS = { '': 100n, k: 100_000n, m: 100_000_000n, md: 100_000_000_000n };
const AMOUNT =
	/^(?<minus>-)? ?(?<whole>\d{1,3}(?: \d{3})+|\d+)(?:(?<mark>[.,])(?<decimals>\d+))? ?(?:(?<unit>md|m|k)?€(?:uros?)?|euros?|eur)?$/;

/**
 * Reads an amount in euro as people in France type it: `1 234,50 €` with any kind of space,
 * `1234.5`, `15,2 M€`, `80 k€`. Refuses what can be read in two ways (`1.234,50`, `12,345`), more
 * than two decimals, and words; the message shows how to write it.
 */
export function parseEuros(text: string): ParsedEuros {
	const plain = text.replaceAll(MINUS, '-').replace(/\s+/gu, ' ').trim().toLowerCase();
	if (plain === '') return refuse(`Indiquez un montant, par exemple ${EXAMPLE}.`);

	const groups = AMOUNT.exec(plain)?.groups;
	if (!groups) return refuse(`Ce montant ne peut pas être lu. Écrivez par exemple ${EXAMPLE}.`);

	const unit = UNITS[(groups.unit ?? '') as keyof typeof UNITS];
	const decimals = groups.decimals ?? '';
	const most = groups.mark === '.' ? 2 : String(unit).length - 1;
	if (decimals.length > most) {
		return refuse(`Un montant a deux décimales au plus. Écrivez par exemple ${EXAMPLE}.`);
	}

	const whole = BigInt((groups.whole ?? '').replaceAll(' ', ''));
	const fraction = (BigInt(decimals || '0') * unit) / 10n ** BigInt(decimals.length);
	const magnitude = whole * unit + fraction;
	if (magnitude > LARGEST_CENTS) {
		return refuse(`Ce montant est trop grand. Écrivez-le en euros, par exemple ${EXAMPLE}.`);
	}
	return { ok: true, cents: cents(groups.minus ? -magnitude : magnitude) };
}

const refuse = (message: string): ParsedEuros => ({ ok: false, message });

function split(amount: Cents): { sign: string; magnitude: bigint } {
	return amount < 0n
		? { sign: `${MINUS}${NO_BREAK_SPACE}`, magnitude: -amount }
		: { sign: '', magnitude: amount };
}

function tenths(magnitude: bigint, unit: bigint): string {
	if (magnitude % unit === 0n) return groupThousands(String(magnitude / unit));
	const rounded = (magnitude * 10n + unit / 2n) / unit;
	return `${groupThousands(String(rounded / 10n))},${rounded % 10n}`;
}
