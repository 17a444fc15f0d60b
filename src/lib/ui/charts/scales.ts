import type { Cents } from '#lib/domain/money.ts';
import { cents, formatEurosShort } from '#lib/domain/money.ts';
import { formatCount } from '#lib/domain/numeral.ts';
import { PALETTE } from './palette.ts';

/** Euros for a chart: the one place where an amount becomes a number that is not exact. */
export const euros = (amount: Cents): number => Number(amount) / 100;

/** `16 M€` on an axis. */
export const formatEurosTick = (value: number | string): string =>
	Number(value) === 0 ? '0' : formatEurosShort(cents(BigInt(Math.round(Number(value))) * 100n));

/** `1 500` on an axis. */
export const formatCountTick = (value: number | string): string => formatCount(Number(value));

/** The letters of an axis. */
export const TICKS = {
	color: PALETTE['ink-soft'],
	font: { family: '"Inter Variable", "Inter Fallback", sans-serif', size: 12 }
} as const;

/** An axis of values: from zero, hairlines, no border. */
export const VALUE_AXIS = {
	beginAtZero: true,
	border: { display: false },
	grid: { color: PALETTE.hairline, drawTicks: false }
} as const;

/** An axis of names: no line. */
export const NAME_AXIS = {
	border: { display: false },
	grid: { display: false }
} as const;

/** Every chart: fills its box, stands still, has no legend. */
export const CALM = {
	responsive: true,
	maintainAspectRatio: false,
	animation: false
} as const;
