import { describe, expect, it } from 'vitest';
import { excerptOf } from '#lib/domain/act/excerpt.ts';

const TEXT = `OBJET : Habitat. ${'Le conseil a pris connaissance du rapport. '.repeat(20)}Il est proposé
d’approuver la **convention** relative au LOGEMENT des jeunes, pour 15 000 €. ${'Fin. '.repeat(100)}`;

const shown = (words: string): string | null =>
	excerptOf(TEXT, words)
		?.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
		.join('') ?? null;

describe('an excerpt', () => {
	it('shows where most of what was sought stands together, in the letters of the act', () => {
		expect(shown('logement conventions')).toMatch(
			/^….* la \[convention\] relative au \[LOGEMENT\] des jeunes/
		);
	});

	it('finds words without their accents and their endings, and not inside others', () => {
		expect(shown('proposes')).toContain('[proposé]');
		expect(shown('habit')).toContain('[Habitat]');
		expect(shown('gement')).toBeNull();
	});

	it('shows nothing of empty words, of what must not be there, and of what is not', () => {
		expect([shown('le de la'), shown('-convention'), shown('tramway'), shown('"«')]).toEqual([
			null,
			null,
			null,
			null
		]);
	});

	it('takes whatever is typed as text', () => {
		expect(shown('(.*)+ [logement] \\')).toContain('[LOGEMENT]');
	});
});
