const UNITS: Record<string, number> = {
	zero: 0,
	un: 1,
	une: 1,
	premier: 1,
	premiere: 1,
	deux: 2,
	trois: 3,
	quatre: 4,
	cinq: 5,
	six: 6,
	sept: 7,
	huit: 8,
	neuf: 9,
	dix: 10,
	onze: 11,
	douze: 12,
	treize: 13,
	quatorze: 14,
	quinze: 15,
	seize: 16,
	vingt: 20,
	vingts: 20,
	trente: 30,
	quarante: 40,
	cinquante: 50,
	soixante: 60
};

const WORD = `(?:${Object.keys(UNITS)
	.filter((word) => !word.startsWith('premier'))
	.sort((left, right) => right.length - left.length)
	.join('|')}|cents?)`;

/** A whole number in words, in the plain form of a text: `vingt-trois`, `quatre vingt douze`, `cent deux`. */
export const NUMBER_IN_WORDS = `${WORD}(?:[ \\n-]{1,3}(?:et[ \\n-]{1,3})?${WORD}){0,6}(?![a-z])`;

/** A year in words: `deux mille vingt et un`, `deux mil vingt`. */
export const YEAR_IN_WORDS = `deux[ \\n-]{1,3}mill?e?(?:[ \\n-]{1,3}(?:et[ \\n-]{1,3})?${WORD}){0,4}(?![a-z])`;

/** Reads a number in words, up to 9999. Null when the words make none. */
export function readNumberInWords(words: string): number | null {
	const parts = words.split(/[ \n-]+/).filter((word) => word !== 'et' && word !== '');
	let [thousands, hundreds, rest] = [0, 0, 0];
	for (const part of parts) {
		if (/^mill?e?$/.test(part)) {
			if (thousands > 0) return null;
			[thousands, hundreds, rest] = [(hundreds + rest || 1) * 1000, 0, 0];
		} else if (/^cents?$/.test(part)) {
			if (hundreds > 0 || rest > 9) return null;
			[hundreds, rest] = [(rest || 1) * 100, 0];
		} else {
			const unit = UNITS[part];
			if (unit === undefined || !follows(rest, unit)) return null;
			rest = rest === 4 && unit === 20 ? 80 : rest + unit;
		}
	}
	return parts.length === 0 ? null : thousands + hundreds + rest;
}

/** Whether a word may stand after what was said so far: `vingt` before `trois`, `soixante` before `douze`. */
function follows(said: number, unit: number): boolean {
	if (said === 0) return true;
	if (said === 4 && unit === 20) return true;
	if (said === 10) return unit >= 7 && unit <= 9;
	if (said === 60 || said === 80) return unit < 20;
	if (said === 70 || said === 90) return unit >= 7 && unit <= 9;
	return said >= 20 && said % 10 === 0 && unit < 10;
}
