import type { Fixture } from './fixture.ts';

/** The largest text that the application takes in, in signs. */
const LENGTH = 5_000_000;

/** Texts of five million signs of many kinds, some of which tempt a pattern to try too long. */
export function longTexts(fixtures: readonly Fixture[]): [string, string][] {
	const acts = fixtures.map(({ text }) => text).join('\n\n');
	return [
		['actes bout à bout', acts],
		['un acte, répété', fixtures[0]?.text ?? ''],
		['chiffres', '1 234 567,89 '],
		['chiffres collés', '1234567890'],
		['montants', 'dont 15 M€ et 15 000,50 € HT, soit 2 € par an ; '],
		['espaces', ' '],
		['fins de ligne', '\n'],
		['lettres espacées', 'D E L I B E R A T I O N '],
		['une lettre', 'a'],
		['apostrophes', "d'l'"],
		['points', '.'],
		[
			'formulaire à points',
			`Donne pouvoir à M${'.'.repeat(110)} jusqu’à ${'.'.repeat(40)} heures `
		],
		['tirets de liste', '- \n'],
		['noms', 'M. Jean FICTIF pouvoir à Mme Anne INVENTÉE, '],
		['considérants', 'Vu la loi n° 2000-321 du 12 avril 2000 ;\n'],
		['décisions', "DÉCIDE d'approuver la convention ;\n"],
		['accents à part', 'e\u0301a\u0300'],
		['votes', 'Pour : 12 Contre : 0 Abstention : 0\n'],
		['parenthèses ouvertes', '(('],
		['balises', '<p><b>']
	].map(([label = '', seed = '']) => [label, repeated(seed)]);
}

const repeated = (seed: string): string =>
	seed.repeat(Math.ceil(LENGTH / Math.max(1, seed.length))).slice(0, LENGTH);
