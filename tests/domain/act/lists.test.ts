import { describe, expect, it } from 'vitest';
import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';

const HEAD = 'COMMUNE DE TESTVILLE\nSéance du 12 mars 2022\nObjet : Essai\n\n';
const DECIDES = '\n\nLe conseil municipal, après en avoir délibéré, approuve le projet.';

const listed = (words: string) =>
	readDeliberation(HEAD + words + DECIDES).lists.map(({ kind, quote, parent }) => [
		kind,
		quote.replace(/\s+/g, ' '),
		parent
	]);

describe('a list is read', () => {
	it.each<[string, string]>([
		['dashes', '- louer ;\n- bâtir.'],
		['bullets', '• louer ;\n• bâtir.'],
		['asterisks', '* louer ;\n* bâtir.'],
		['numbers', '1) louer ;\n2) bâtir.'],
		['letters', 'a) louer ;\nb) bâtir.'],
		['blank lines between', '- louer ;\n\n- bâtir.']
	])('with %s', (_how, list) => {
		expect(listed(`La société s’engage à :\n${list}`)).toEqual([
			['undertaking', 'louer', null],
			['undertaking', 'bâtir.', null]
		]);
	});

	it('with items that go on over several lines', () => {
		expect(
			listed('Autour des objectifs suivants :\n- faciliter l’accès\n  au logement ;\n- aider.')
		).toEqual([
			['objective', 'faciliter l’accès au logement', null],
			['objective', 'aider.', null]
		]);
	});

	it.each([
		['by other signs', '- un\n • deux\n • trois\n- quatre'],
		['by setting in', '- un\n    - deux\n    - trois\n- quatre'],
		['by tabs', '-\tun\n\t-\tdeux\n\t-\ttrois\n-\tquatre'],
		['by letters under numbers', '1. un\na) deux\nb) trois\n2. quatre']
	])('as a tree, nested %s', (_how, list) => {
		expect(listed(`Les axes sont les suivants :\n${list}`).map(([, , parent]) => parent)).toEqual([
			null,
			0,
			0,
			null
		]);
	});

	it('as lines of use where each has its amount', () => {
		expect(listed('Elle a mobilisé :\n- 268 aides pour 4,2 M€ ;\n- un fonds de 300 €.')).toEqual([
			['item', '268 aides pour 4,2 M€', null],
			['item', 'un fonds de 300 €.', null]
		]);
	});
});

describe('a sentence that undertakes something', () => {
	it('is an undertaking, whole', () => {
		const words = 'Il pleut. La métropole s’engage à mobiliser les outils. Elle est grande.';
		expect(listed(words)).toEqual([
			['undertaking', 'La métropole s’engage à mobiliser les outils.', null]
		]);
	});

	it.each(['La métropole ne s’engage à rien.', 'La métropole s’est engagée à aider en 2019.'])(
		'unless it is denied or past: %s',
		(words) => expect(listed(words)).toEqual([])
	);
});

it('a list that announces neither undertakings nor aims, and has no figure, is left alone', () => {
	expect(listed('Étaient invités :\n- la presse\n- les voisins')).toEqual([]);
});
