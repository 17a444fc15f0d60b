import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Every pair of colours in use: what is in front, what is behind, what it is for. */
const TEXT_PAIRS = [
	['ink', 'paper'],
	['ink', 'sheet'],
	['ink', 'mustard-wash'],
	['ink', 'mustard-mark'],
	['ink', 'disbursed-wash'],
	['ink', 'green-wash'],
	['ink', 'brick-wash'],
	['ink', 'grey-wash'],
	['ink-soft', 'paper'],
	['ink-soft', 'sheet'],
	['ink-soft', 'grey-wash'],
	['disbursed', 'paper'],
	['disbursed', 'sheet'],
	['disbursed', 'disbursed-wash'],
	['mustard-ink', 'paper'],
	['mustard-ink', 'sheet'],
	['mustard-ink', 'mustard-wash'],
	['brick-ink', 'paper'],
	['brick-ink', 'sheet'],
	['brick-ink', 'brick-wash'],
	['green-ink', 'paper'],
	['green-ink', 'sheet'],
	['green-ink', 'green-wash'],
	['sheet', 'ink'],
	['disbursed', 'mustard-wash'],
	['green-ink', 'mustard-wash'],
	['mustard-mark', 'ink'],
	['sheet', 'brick']
] as const;

/** Lines and shapes that say something, and the borders of what can be typed into or pressed. */
const SHAPE_PAIRS = [
	['disbursed', 'paper'],
	['disbursed', 'left'],
	['disbursed', 'committed'],
	['ink', 'left'],
	['ink', 'committed'],
	['mustard', 'paper'],
	['mustard', 'sheet'],
	['brick', 'paper'],
	['brick', 'left'],
	['sheet', 'brick'],
	['green', 'paper'],
	// The lines under what was read in an act: waiting, kept, and lost.
	['green', 'sheet'],
	['mustard', 'mustard-wash'],
	['disbursed', 'mustard-wash'],
	['green', 'mustard-wash'],
	['edge', 'mustard-wash'],
	['brick', 'brick-wash'],
	['ink', 'mustard-mark'],
	['edge', 'paper'],
	['edge', 'sheet'],
	['edge', 'left'],
	['focus', 'paper'],
	['focus', 'sheet']
] as const;

const colours = readColours(readFileSync('src/app.css', 'utf8'));

describe('the colours of app.css', () => {
	it.each(TEXT_PAIRS)('writes %s on %s with a contrast of 4.5 or more', (front, back) => {
		expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(4.5);
	});

	it.each(SHAPE_PAIRS)('draws %s on %s with a contrast of 3 or more', (front, back) => {
		expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(3);
	});

	it('tries every colour somewhere, but those that only decorate', () => {
		const tried = new Set<string>([...TEXT_PAIRS, ...SHAPE_PAIRS].flat());
		expect([...colours.keys()].filter((name) => !tried.has(name))).toEqual(['hairline']);
	});
});

/** The custom properties of the first `:root` whose value is a colour. */
function readColours(css: string): Map<string, string> {
	const root = /:root \{(?<declarations>[^}]*)\}/.exec(css)?.groups?.['declarations'] ?? '';
	const found = [...root.matchAll(/--(?<name>[\w-]+): (?<value>#[0-9a-f]{6});/g)];
	return new Map(found.map(({ groups }) => [groups?.['name'] ?? '', groups?.['value'] ?? '']));
}

function colour(name: string): string {
	const value = colours.get(name);
	if (!value) throw new Error(`no colour --${name} in app.css`);
	return value;
}

/** WCAG 2.2, “contrast ratio”. */
function contrast(left: string, right: string): number {
	const [dark, light] = [luminance(left), luminance(right)].sort((a, b) => a - b);
	return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
		const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
