import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildProposals } from '#lib/domain/act/desk/build-proposals.ts';
import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';
import { readingAsJson } from '#lib/domain/act/reading-as-json.ts';

const ACTS = ['2020-12-17-action-logement', '2021-09-30-logement-d-abord'].map((name) =>
	readFileSync(`src/lib/server/acts/texts/${name}.txt`, 'utf8')
);

// prettier-ignore
const PIECES = [
	'DÉCIDE :', 'APPROUVE', 'approuve', 'd’autoriser', 'de prélever', 'la convention', 'l’avenant n° 2 à la convention-cadre',
	'Le conseil municipal', 'après en avoir délibéré,', 'à l’unanimité', 'Pour : 12', 'Contre : 0', 'Abstentions : 1',
	'Article 1 :', '- ', ' o ', '• ', '1) ', '\n', '\n\n', '\t', ' ', ';', '.', '**', '(52% PLUS, 48 % PLAI)', '2 027 logements',
	'15,2 M€', '494 000 €', 'subvention annuelle de 500 €', 'dont', 'soit un total de', 'à l’association Les Mouettes',
	'par l’État', 's’engage à', 'les engagements suivants :', 'autour des objectifs suivants :', 'prévoit de maintenir',
	'pour deux années', '2020-2022', 'le 30 mars 2017', 'Membres présents : M. A, Mme B', 'e\u0301', '\u00A0', '\u{1F600}', '\r\n', '\u0000'
];

const someText = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 400 }),
	fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(' ')),
	fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join('')),
	fc
		.tuple(fc.constantFrom(...ACTS), fc.nat(7000), fc.nat(3000))
		.map(([act, start, length]) => act.slice(start, start + length))
);

type Spanned = { start: number; end: number; quote: string };

/** Whatever has places and a quote, at any depth of a reading. */
function spansIn(value: unknown): Spanned[] {
	if (value === null || typeof value !== 'object') return [];
	const own = 'start' in value && 'end' in value && 'quote' in value ? [value as Spanned] : [];
	return [...own, ...Object.values(value).flatMap(spansIn)];
}

describe('any text', () => {
	it('is read without a failure, and every span quotes it to the sign', () => {
		fc.assert(
			fc.property(someText, (text) => {
				const reading = readDeliberation(text);
				for (const { start, end, quote } of [
					...spansIn(reading),
					...spansIn(readingAsJson(reading))
				]) {
					expect(text.slice(start, end)).toBe(quote);
				}
			}),
			{ numRuns: 300 }
		);
	});

	it('gives proposals with keys of their own, whose wholes are among them, in French sentences', () => {
		fc.assert(
			fc.property(someText, (text) => {
				const proposals = buildProposals(text, readDeliberation(text));
				const keys = new Set(proposals.map(({ key }) => key));
				expect(keys.size).toBe(proposals.length);
				for (const { span, partOf, because } of proposals) {
					if (span) expect(text.slice(span.start, span.end)).toBe(span.quote);
					if (partOf !== null) expect(keys).toContain(partOf);
					expect(because).toMatch(/^[\p{Lu}«].*\.$/su);
				}
			}),
			{ numRuns: 200 }
		);
	});

	it('is read in the same way each time', () => {
		for (const act of ACTS) expect(readDeliberation(act)).toEqual(readDeliberation(act));
	});
});

describe('the words of a decision', () => {
	it('stand at their places in what is printed', () => {
		for (const act of ACTS) {
			for (const { text, start, end, item } of readingAsJson(readDeliberation(act)).decisions) {
				expect(act.slice(start, end)).toBe(text);
				expect(act.slice(item.start, item.end)).toBe(item.quote);
			}
		}
	});
});
