import { describe, expect, it } from 'vitest';
import { amountsOf, countsOf, figuresOf, figuresOfBody, percentagesOf, periodsOf } from './read.ts';

describe('a count', () => {
	it.each([
		[
			"268 aides à l'accession à la propriété pour 4,2 M€",
			["268 aides à l'accession à la propriété"]
		],
		['5 823 aides, dont 2 072 garanties VISALE', ['5823 aides', '2072 garanties VISALE']],
		['1.306 ménages ont été logés', ['1306 ménages']],
		['soit 2 027 logements (52% PLUS)', ['2027 logements']],
		['12 places d’hébergement', ['12 places d’hébergement']],
		['six logements et trois classes', ['6 logements', '3 classes']],
		['six (6) logements', ['6 logements']],
		['2,5 ETP', ['2.5 ETP']],
		['un poste et 1 poste d’adjoint', ['1 poste d’adjoint']],
		['34 LOGEMENTS SOCIAUX', ['34 LOGEMENTS SOCIAUX']],
		['(11 PLAI, 13 PLUS et 10 PLS)', ['11 PLAI', '13 PLUS', '10 PLS']],
		['Le quartier compte 6 240 habitants', ['6240 habitants']],
		['480 points lumineux', ['480 points lumineux']],
		['412 enfants fréquentent la cantine', ['412 enfants']]
	])('%s', (words, expected) => {
		expect(countsOf(words)).toEqual(expected);
	});

	it.each([
		'en 2021 logements et services',
		'pour une durée de 3 ans, 12 mois et 45 jours',
		'la loi n° 2000-321, les articles 12 et 13, le lot 3',
		'à 18 heures 30, 12 rue des Lilas, 21000 Dijon',
		'1 200 m², 3 hectares et 15 kilomètres',
		'les deux communes, ces trois axes et en deux exemplaires',
		'par 8 voix pour et 2 abstentions',
		'12 pages, 2 fois, 5 000 euros et 12 %',
		'2 Attributions de subventions',
		'de 250 à 300 logements',
		'section AB 123 cadastrées'
	])('is none in: %s', (words) => {
		expect(countsOf(words)).toEqual([]);
	});

	it('is not sought among those who sat and voted, nor in a list of errands', () => {
		const act =
			'COMMUNE DE X\nSéance du 3 mai 2021\nNombre de membres en exercice : 15\n15 élus présents\n\nLe maire expose que 12 écoles sont à rénover.\n\nLe conseil, après en avoir délibéré, décide de rénover 12 écoles.\n\nPOUR : 15 voix';
		expect(figuresOf(act).counts.map(({ of }) => of)).toEqual(['écoles', 'écoles']);
		expect(figuresOf('- 2 baguettes\n- 6 œufs\n- café 3,20 €').amounts).toEqual([]);
		expect(figuresOf('- 2 baguettes\n- 6 œufs').counts).toEqual([]);
	});
});

describe('a percentage', () => {
	it.each([
		['(52% PLUS, 38% PLAI)', ['52 % PLUS', '38 % PLAI']],
		['à hauteur de 50 % du montant du prêt', ['50 % montant du prêt']],
		['soit 12,5 %', ['12.5 % ?']],
		['30 pour cent des logements', ['30 % logements']],
		['la TVA à 20 %', ['20 % TVA']],
		['au taux fixe de 1,25 %', ['1.25 % taux fixe']],
		['une baisse de -2,5 %', ['-2.5 % baisse']],
		['Département (20 %) : 5 000 €', ['20 % Département']]
	])('%s', (words, expected) => {
		expect(percentagesOf(words)).toEqual(expected);
	});
});

describe('a period', () => {
	it.each([
		['sur la période 2017-2019', ['2017-01-01 2019-12-31']],
		['de 2021 à 2023', ['2021-01-01 2023-12-31']],
		['pour les années 2021 et 2022', ['2021-01-01 2022-12-31']],
		['les exercices 2021, 2022 et 2023', ['2021-01-01 2023-12-31']],
		['exercice 2021', ['2021-01-01 2021-12-31']],
		['du 1er janvier 2021 au 31 décembre 2022', ['2021-01-01 2022-12-31']],
		['du 1er au 31 juillet 2021', ['2021-07-01 2021-07-31']],
		['du 01/09/2021 au 31/08/2022', ['2021-09-01 2022-08-31']],
		['de septembre 2021 à juin 2022', ['2021-09-01 2022-06-30']],
		['la délibération n° 2020-2022', []],
		['l’année scolaire 2021-2022', []],
		['la saison 2021/2022', []],
		['les années 2019 et 2021', []],
		['le code 2022-2020', []]
	])('%s', (words, expected) => {
		expect(periodsOf(words)).toEqual(expected);
	});
});

describe('a day of the body', () => {
	it.each([
		['par délibération du 30 mars 2017', ['2017-03-30']],
		['à compter du 1er février 2021', ['2021-02-01']],
		['le 12/05/2021', ['2021-05-12']],
		['le vingt-deux octobre deux mille vingt et un', ['2021-10-22']],
		['le premier mars 2021', ['2021-03-01']],
		['le 31 avril 2021', []]
	])('%s', (words, expected) => {
		expect(figuresOfBody(words).days.map(({ value }) => value)).toEqual(expected);
	});
});

describe('an amount that the transcription lost', () => {
	it.each([
		[
			'contracter un emprunt d’un montant global de , auprès de la Caisse',
			'd’un montant global de , auprès'
		],
		['que la somme de € est inscrite', 'la somme de € est'],
		['pour un montant de\n, hors taxes', 'un montant de\n, hors'],
		['une subvention de ............ € est versée', 'une subvention de ............ € est'],
		['s’élève à euros hors taxes', 's’élève à euros hors']
	])('is reported with the words around it: %s', (words, expected) => {
		const { lost } = figuresOfBody(words);
		expect(lost).toHaveLength(1);
		expect(lost[0]?.quote).toContain(expected.replace(/^[^ ]+ /, '').slice(0, 12));
	});

	it.each([
		'une somme de 1 000 €, versée en deux fois',
		'le montant (en euros) de la subvention',
		'la somme de deux millions d’euros',
		'Montant : €\tNombre'
	])('is none in: %s', (words) => {
		expect(figuresOfBody(words).lost).toEqual([]);
	});
});

describe('a total that no sentence writes', () => {
	it.each([
		['annuelle de 494 000 € pendant deux années', '494 000 € × 2 années'],
		['annuelle de 5 000 € pour une durée de trois ans', '5 000 € × 3 années'],
		['annuelle de 5 000 € sur la période 2021-2023 (soit 3 ans)', '5 000 € × 3 années'],
		['annuelle de 5 000 € sur la période 2021-2023', '5 000 € × 3 années'],
		['mensuelle de 500 € pendant 12 mois', '500 € × 12 mois'],
		['annuelle de 5 000 €. La convention portera sur 4 ans', '5 000 € × 4 années']
	])('is reckoned: %s', (words, formula) => {
		const { amounts } = figuresOfBody(`Une subvention ${words}.`);
		expect(amounts).toHaveLength(2);
		expect(amounts[1]).toMatchObject({
			kind: 'derived',
			formula: formula.replace(/ /g, '\u00A0').replace(/\u00A0×\u00A0/, ' × ')
		});
	});

	it.each([
		'de 494 000 € pendant deux années',
		'annuelle de 5 000 € pour une durée de trois ans renouvelable',
		'annuelle de 5 000 € pour une durée de trois ans, soit 15 000 €',
		'annuelle de 5 000 €, indexée, pendant 3 ans',
		'annuelle de 5 000 € pendant 3 ans dans un programme d’une durée de 5 ans',
		'annuelle de 5 000 € pour une durée de 12 mois'
	])('is left alone: %s', (words) => {
		expect(amountsOf(`Une subvention ${words}.`).filter((one) => one.includes('derived'))).toEqual(
			[]
		);
	});
});

describe('parts of a whole', () => {
	const wholes = (words: string) => figuresOfBody(words).amounts.map(({ partOf }) => partOf);

	it.each([
		['30 M€ dont 15 M€ pour les uns et 15 M€ pour les autres', [null, 0, 0]],
		['30 M€ dont 10 M€ pour les uns', [null, null]],
		[
			'163 055,63 € qui se décompose en :\n- 36 000 € pour ceci\n- 127 055,63 € pour cela',
			[null, 0, 0]
		],
		['100 € répartis comme suit :\n- ceci : 60 €\n- cela : 30 €', [null, 0, 0]],
		['les aides :\n- A : 100 €\n- B : 200 €\nsoit un total de 300 €', [2, 2, null]],
		['Ceci\t100 €\t10 €\nCela\t200 €\t20 €\nTotal\t300 €\t30 €', [4, 5, 4, 5, null, null]],
		['10 000 € HT, soit 12 000 € TTC', [null, null]]
	])('%s', (words, expected) => {
		expect(wholes(words)).toEqual(expected);
	});

	it('are counts that add up to the unit, without those that another contains', () => {
		const { counts } = figuresOfBody(
			'15 aides, dont :\n- 6 aides à la pierre, dont 4 garanties ;\n- 9 aides à la personne.'
		);
		expect(counts.map(({ partOf }) => partOf)).toEqual([null, 0, null, 0]);
	});
});
