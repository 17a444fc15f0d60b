import { expect, test } from 'vitest';
import { readPassage } from '#lib/server/acts/read-act.ts';

const TEXT = 'Le conseil approuve 15 M€ pour l’accès et 15 M€ pour le maintien, le 1er mars 2021.';
const words = { kind: 'words', section: 'decision' } as const;
const amount = { kind: 'amount', section: 'decision' } as const;

test('a quote is found by what stands around it, and its value is read in its words', () => {
	const passage = { ...amount, quote: '15 M€', within: 'et 15 M€ pour' };
	const { startOffset, endOffset, amountCents, precisionCents } = readPassage(TEXT, passage);
	expect(TEXT.slice(startOffset - 3, endOffset + 5)).toBe('et 15 M€ pour');
	expect([amountCents, precisionCents]).toEqual([1_500_000_000n, 50_000_000n]);
});

test('offsets count UTF-16 units', () => {
	expect(readPassage('🏠 à loyer modéré', { ...words, quote: 'loyer' }).startOffset).toBe(5);
});

test('a quote that does not stand in the text is refused', () => {
	expect(() => readPassage(TEXT, { ...words, quote: '16 M€' })).toThrow('does not stand');
});

test('a quote that stands twice is refused without what stands around it', () => {
	expect(() => readPassage(TEXT, { ...amount, quote: '15 M€' })).toThrow('more than once');
});

test('a quote whose words are not of its kind is refused', () => {
	expect(() => readPassage(TEXT, { ...amount, quote: 'Le conseil' })).toThrow('not one amount');
	expect(() => readPassage(TEXT, { ...words, kind: 'date', quote: 'Le conseil' })).toThrow(
		'not a day'
	);
});

test('a day is read as the act writes it', () => {
	const passage = { quote: '1er mars 2021', kind: 'date', section: 'header' } as const;
	expect(readPassage(TEXT, passage).day).toBe('2021-03-01');
});
