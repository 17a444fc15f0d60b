import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAlike, signatureOf } from '#lib/domain/act/likeness.ts';

const read = (name: string): string =>
	readFileSync(new URL(`../../../src/lib/server/acts/texts/${name}`, import.meta.url), 'utf8');

const [act, other] = [
	read('2020-12-17-action-logement.txt'),
	read('2021-09-30-logement-d-abord.txt')
];
const areAlike = (one: string, two: string): boolean => isAlike(signatureOf(one), signatureOf(two));

/** Letters read wrong or not at all, always the same ones. */
function scanned(text: string, share: number): string {
	let state = 7;
	const next = (): number => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
		return state / 0x7fff_ffff;
	};
	return [...text]
		.map((letter) => (next() >= share ? letter : next() < 0.3 ? '' : next() < 0.5 ? '1' : 'x'))
		.join('');
}

describe('two texts of one act are alike', () => {
	const headed = act
		.split('\n')
		.flatMap((line, index) => (index % 30 === 29 ? [line, `Conseil – page ${index}`] : [line]))
		.join('\n');
	it.each([
		['with other spaces and lines', act.replace(/\s+/g, '  \n')],
		['in capitals', act.toUpperCase()],
		['without accents', act.normalize('NFD').replace(/[\u0300-\u036F]/g, '')],
		['with accents apart from their letters', act.normalize('NFD')],
		['with straight apostrophes and other marks', act.replace(/[’*#«»]/g, "'")],
		['with a line at the head of every page', headed],
		['with one letter of fifty read wrong', scanned(act, 0.02)],
		['with its head cut off', act.slice(act.length * 0.2)]
	])('%s', (_, text) => expect(areAlike(act, text)).toBe(true));
});

describe('two texts are not alike', () => {
	it('that are acts of one council on other subjects', () => {
		expect(areAlike(act, other)).toBe(false);
	});

	it('that were voted in one sitting, with the same names in their heads', () => {
		const subjectOf = (text: string): number => text.search(/OBJET/i);
		const two = act.slice(0, subjectOf(act)) + other.slice(subjectOf(other));
		expect(areAlike(act, two)).toBe(false);
	});

	it('of which one is too short to tell', () => {
		expect(areAlike('Le conseil approuve.', 'Le conseil approuve.')).toBe(false);
		expect(areAlike('', '')).toBe(false);
	});
});
