import { describe, expect, it } from 'vitest';
import { FIGURE_SLUGS, FIGURES, isFigureSlug } from '#lib/domain/figure.ts';

describe('the table of figures', () => {
	it('holds every measure of the design, by its name in an address', () => {
		expect(FIGURE_SLUGS.map((slug) => `${slug}: ${FIGURES[slug].name}`)).toEqual([
			'promis: Promis',
			'engage: Engagé',
			'recu: Reçu',
			'verse: Versé',
			'reste-a-engager: Reste à engager',
			'engage-non-verse: Engagé, à verser',
			'reste-a-verser: Reste à verser',
			'taux-execution: Taux d’exécution',
			'taux-plan: Taux de réalisation du plan',
			'temps-ecoule: Temps écoulé',
			'ecart: Écart au rythme attendu',
			'tendance: Tendance'
		]);
	});

	it('defines each in one sentence, with its formula and the source of its rule', () => {
		for (const { definition, formula, source } of Object.values(FIGURES)) {
			expect(definition).toMatch(/^\p{Lu}[^.]*\.$/u);
			expect(formula).not.toBe('');
			expect(source).toMatch(/\.$/);
		}
	});

	it('knows its own names only', () => {
		expect(isFigureSlug('verse')).toBe(true);
		expect(['', 'Verse', 'toString', '__proto__', 'constructor'].filter(isFigureSlug)).toEqual([]);
	});
});
