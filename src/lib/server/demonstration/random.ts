/** Whole numbers that look drawn by lot, both ends included. */
export type Random = { between: (least: number, most: number) => number };

/** The same seed always draws the same numbers (mulberry32): every demonstration is alike. */
export function createRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	return { between: (least, most) => least + Math.floor(next() * (most - least + 1)) };
}
