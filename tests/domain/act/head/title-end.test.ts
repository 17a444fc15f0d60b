import { describe, expect, it } from 'vitest';
import { readHeader } from '#lib/domain/act/header.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';

function titleOf(object: string): string | null {
	const text = openText(
		`Séance du 3 mai 2022\n\nOBJET : ${object}\n\nLe conseil décide d’approuver.`
	);
	return readHeader(text, readSections(text)).title.value;
}

const MATTER = 'Préservation de la ressource en eau';

describe('a title on one line with what follows it', () => {
	it.each([
		`${MATTER} Madame Anne DULAC, adjointe, présente le rapport suivant`,
		`${MATTER} Monsieur Yves REHN,`,
		`${MATTER} Conformément à l’article 15 de la loi`,
		`${MATTER} Vu le code général des collectivités territoriales`,
		`${MATTER} Considérant que la ville`,
		`${MATTER} Rapporteur : M. REHN`,
		`${MATTER} Il est proposé au conseil`
	])('ends before it: %s', (object) => {
		expect(titleOf(object)).toBe(MATTER);
	});

	it.each(['Hommage à Monsieur Yves REHN, maire', 'Convention avec Madame Anne DULAC, médecin'])(
		'keeps the person it is about: %s',
		(object) => {
			expect(titleOf(object)).toBe(object);
		}
	);

	it.each(['Approbation du compte rendu de la', 'Vente d’un terrain et', 'Acquisition de l’'])(
		'is none where it was cut: %s',
		(object) => {
			expect(titleOf(object)).toBeNull();
		}
	);

	it('is none where its end is not to be seen', () => {
		expect(titleOf('Un très long récit '.repeat(20))).toBeNull();
	});
});
