/** How French sets numbers: U+202F between thousands, a comma, U+2212 for minus. */

export const NARROW_SPACE = '\u202F';
export const NO_BREAK_SPACE = '\u00A0';
export const MINUS = '\u2212';

/** A number as French writes it, with the decimals it has: `9 363`, `− 12`, `52,5`. */
export function formatCount(count: number | bigint): string {
	const [whole = '0', fraction] = String(count).replace('-', '').split('.');
	const digits = groupThousands(whole) + (fraction === undefined ? '' : `,${fraction}`);
	return count < 0 ? `${MINUS}${NO_BREAK_SPACE}${digits}` : digits;
}

/** A decimal without its sign, rounded half up to the digits asked: `1 234,5`. */
export function formatMagnitude(value: number, fractionDigits: number): string {
	const rounded = roundHalfUp(Math.abs(value), fractionDigits).toFixed(fractionDigits);
	const [whole = '0', fraction] = rounded.split('.');
	return fraction === undefined ? groupThousands(whole) : `${groupThousands(whole)},${fraction}`;
}

/** Rounds as people do on paper: 12.35 is 12.4, although a computer holds 12.349999999999999. */
export const roundHalfUp = (value: number, fractionDigits: number): number =>
	Math.round(Number(`${value.toFixed(12)}e${fractionDigits}`)) / 10 ** fractionDigits;

/** `1234567` → `1 234 567`. Digits only. */
export function groupThousands(digits: string): string {
	return digits.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
}

/** The form of a word that goes with a count; French keeps the singular below two: `1,5 jour`. */
export function plural(count: number | bigint, singular: string, pluralForm?: string): string {
	return count < 2 && count > -2 ? singular : (pluralForm ?? `${singular}s`);
}
