import { formatMagnitude, MINUS, NO_BREAK_SPACE, roundHalfUp } from '#lib/domain/numeral.ts';

/** What is shown where a figure cannot be computed. It is never written 0. */
export const NOT_AVAILABLE = `n.${NO_BREAK_SPACE}d.`;

/** A share as a number (0.762 is 76,2 %), not rounded; null when there is nothing to divide by. */
export const ratio = (numerator: bigint, denominator: bigint): number | null =>
	denominator === 0n ? null : Number(numerator) / Number(denominator);

/** `76,2 %`; above 100 % it is shown as it is; `n. d.` when it cannot be computed. */
export function formatRate(rate: number | null): string {
	if (rate === null) return NOT_AVAILABLE;
	return `${signOf(rate * 100, '')}${formatMagnitude(rate * 100, 1)}${NO_BREAK_SPACE}%`;
}

/** A gap between two percentages, in points: `+ 4,2 pts`, `− 12,0 pts`, `n. d.` when there is none. */
export function formatPoints(points: number | null): string {
	if (points === null) return NOT_AVAILABLE;
	const unit = Math.abs(points) < 2 ? 'pt' : 'pts';
	return `${signOf(points, '+')}${formatMagnitude(points, 1)}${NO_BREAK_SPACE}${unit}`;
}

/** A change from one figure to another as a percentage: `− 10,1 %`, `+ 4,0 %`. */
export function formatChange(rate: number | null): string {
	if (rate === null) return NOT_AVAILABLE;
	return `${signOf(rate * 100, '+')}${formatMagnitude(rate * 100, 1)}${NO_BREAK_SPACE}%`;
}

/** The sign of a value that is written with one decimal: what is rounded to zero has none. */
function signOf(value: number, plus: string): string {
	if (roundHalfUp(Math.abs(value), 1) === 0) return '';
	const sign = value < 0 ? MINUS : plus;
	return sign === '' ? '' : `${sign}${NO_BREAK_SPACE}`;
}
