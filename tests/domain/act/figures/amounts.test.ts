import { describe, expect, it } from 'vitest';
import { amountsOf, figuresOf, inAct } from './read.ts';

describe('an amount in figures', () => {
	it.each([
		['30 M€', 3_000_000_000n, 50_000_000n],
		['15,2 M€', 1_520_000_000n, 5_000_000n],
		['1.5 M€', 150_000_000n, 5_000_000n],
		['236 000 €', 23_600_000n, 50n],
		['236\u00A0000\u00A0€', 23_600_000n, 50n],
		['236\u202F000\u202F€', 23_600_000n, 50n],
		['236\u2009000 €', 23_600_000n, 50n],
		['163 055,63€', 16_305_563n, 0n],
		['100000 €', 10_000_000n, 50n],
		['100.000 €', 10_000_000n, 50n],
		['1.234 €', 123_400n, 50n],
		['248.406,23 €', 24_840_623n, 0n],
		['885 636.60 €', 88_563_660n, 0n],
		['1 234 567,50 euros', 123_456_750n, 0n],
		['1 500 485 €uros', 150_048_500n, 50n],
		['45 000 EUR', 4_500_000n, 50n],
		['45 000 Euros', 4_500_000n, 50n],
		['80 k€', 8_000_000n, 50_000n],
		['80 K€', 8_000_000n, 50_000n],
		['1,2 Md€', 120_000_000_000n, 5_000_000_000n],
		["2,5 millions d'euros", 250_000_000n, 5_000_000n],
		['2,5 millions d’euros', 250_000_000n, 5_000_000n],
		['2,5 millions d euros', 250_000_000n, 5_000_000n],
		['30 millions d’€', 3_000_000_000n, 50_000_000n],
		['200 milliers d’euros', 20_000_000n, 50_000n],
		['3 MEUR', 300_000_000n, 50_000_000n],
		['7 500,- €', 750_000n, 0n],
		['90. 000€', 9_000_000n, 50n],
		['12 € 50', 1_250n, 0n],
		['12€50', 1_250n, 0n],
		['12 euros et 50 centimes', 1_250n, 0n],
		['50 centimes', 50n, 0n],
		['-5 000 €', -500_000n, 50n],
		['0 €', 0n, 50n]
	])('%s is read to the cent, with what its writing leaves open', (quote, cents, precision) => {
		const { amounts } = figuresOf(inAct(`Une subvention de ${quote} est attribuée.`));
		expect(amounts).toMatchObject([{ quote, cents, precisionCents: precision, kind: 'amount' }]);
	});

	it.each([
		['1.234 M€', 'thousands or decimals'],
		['12,345 €', 'fractions of a cent'],
		['0,1234 €', 'fractions of a cent'],
		['100,000 €', 'the English way'],
		["1'234.50 €", 'the Swiss way'],
		['1.500.00 €', 'a point too many'],
		['12 500, 75 €', 'decimals that strayed'],
		['1 5 000 €', 'a digit that strayed'],
		['± 500 €', 'a tolerance'],
		['2 millions 500 000 euros', 'half figures and half words'],
		['2 millions cinq cent mille euros', 'half figures and half words'],
		['1 000 000 000 000 €', 'columns that ran together'],
		['40 millions de francs', 'another money'],
		['1O 000 €', 'a letter for a figure'],
		['5 000 € 12\n', 'centimes, or the next column']
	])('%s is left to a person: %s', (quote) => {
		expect(amountsOf(`Le montant de la subvention est ${quote} pour l’année.`)).toEqual([]);
	});

	it('goes on where a line broke it in two', () => {
		const words =
			'Le conseil attribue à cette association une subvention d’un montant total de 494\n000 € au titre de ses actions et de 15,2\nM€ pour le reste.';
		expect(amountsOf(words)).toEqual(['494 000 € = 49400000', '15,2 M€ = 1520000000']);
	});

	it('does not run into the next cell, line or word', () => {
		expect(amountsOf('Judo\t1 500 €\t2 000 €\nLot n° 3\n500 €\nEn 2021 12 000 €')).toEqual([
			'1 500 € = 150000',
			'2 000 € = 200000',
			'500 € = 50000',
			'12 000 € = 1200000'
		]);
	});

	it.each([
		['- 5 000 € à l’association X', ['5 000 € = 500000']],
		['-5 000 € à l’association X', ['5 000 € = 500000']],
		['Association X - 5 000 €', ['5 000 € = 500000']],
		['Chapitre 65 :\t-5 000 €', ['-5 000 € = -500000']],
		['Chapitre 65 : −5 000 €', ['−5 000 € = -500000']]
	])('tells a dash from a minus: %s', (words, expected) => {
		expect(amountsOf(words)).toEqual(expected);
	});

	it('may follow its unit where nothing else claims it', () => {
		expect(amountsOf('Montant voté : € 9 800\nSolde : 5 000 € pour 12')).toEqual([
			'€ 9 800 = 980000',
			'5 000 € = 500000'
		]);
	});

	it('says whether tax is in it', () => {
		const { amounts } = figuresOf(
			inAct('Un marché de 10 000 € HT, soit 12 000 € TTC, et un montant hors taxes de 500 €.')
		);
		expect(amounts.map(({ tax }) => tax)).toEqual(['excluded', 'included', 'excluded']);
	});
});

describe('an amount in words', () => {
	it.each([
		['deux cent mille euros', 20_000_000n, 50n],
		['quinze mille euros', 1_500_000n, 50n],
		['quatre-vingt-dix-neuf euros', 9_900n, 50n],
		['mille deux cent soixante et onze euros', 127_100n, 50n],
		['un million cinq cent mille euros', 150_000_000n, 50n],
		["deux millions d'euros", 200_000_000n, 50_000_000n],
		['cinquante centimes', 50n, 0n],
		['douze euros et cinquante centimes', 1_250n, 0n],
		['douze euros cinquante', 1_250n, 0n],
		['1 500 euros et vingt centimes', 150_020n, 0n]
	])('%s is read', (quote, cents, precision) => {
		const { amounts } = figuresOf(inAct(`Une somme de ${quote}, versée à l’association.`));
		expect(amounts).toMatchObject([{ quote, cents, precisionCents: precision }]);
	});

	it.each(['quinze mille euros (15 000 €)', '15 000 € (quinze mille euros)'])(
		'%s is one amount, read where figures stand',
		(words) => {
			expect(amountsOf(`Une somme de ${words}.`)).toEqual(['15 000 € = 1500000']);
		}
	);

	it('that says something else than its figures is read beside them', () => {
		expect(amountsOf('Une somme de quinze mille euros (25 000 €).')).toHaveLength(2);
	});

	it.each(['quelques milliers d’euros', 'plusieurs millions d’euros', 'deux trois euros'])(
		'%s is no amount',
		(words) => {
			expect(amountsOf(`Une somme de ${words}.`)).toEqual([]);
		}
	);
});

describe('what an amount is', () => {
	it.each([
		['une contribution de 1 €/habitant', '1 € = 100 rate habitant'],
		['une aide de 850 € par élève', '850 € = 85000 rate élève'],
		['au prix de 5 € le m²', '5 € = 500 rate m²'],
		['0,50 € par repas', '0,50 € = 50 rate repas'],
		['un taux horaire de 25 €', '25 € = 2500 rate heure'],
		['35 € HT le mètre carré', '35 € = 3500 rate mètre carré'],
		['une contribution par habitant de 1,50 €', '1,50 € = 150 rate habitant'],
		['1 €/an/habitant', '1 € = 100 rate habitant'],
		['une subvention annuelle de 494 000 €', '494 000 € = 49400000 year'],
		['5 000 € par an', '5 000 € = 500000 year'],
		['5 000 €/an', '5 000 € = 500000 year'],
		['chaque année, une somme de 5 000 €', '5 000 € = 500000'],
		['verse chaque année une somme de 5 000 €', '5 000 € = 500000 year'],
		['un loyer mensuel de 210 euros', '210 euros = 21000 month'],
		['3 000 € par trimestre', '3 000 € = 300000 quarter'],
		['5 000 € pour l’année 2021', '5 000 € = 500000'],
		['un plafond de 10 000 €', '10 000 € = 1000000 ceiling'],
		['dans la limite de 10 000 €', '10 000 € = 1000000 ceiling'],
		['ne pouvant excéder 10 000 €', '10 000 € = 1000000 ceiling'],
		['un montant maximum annuel de 10 000 €', '10 000 € = 1000000 ceiling year'],
		['plafonnée à 10 000 €', '10 000 € = 1000000 ceiling'],
		['10 000 € au plus', '10 000 € = 1000000 ceiling'],
		['à hauteur de 10 000 €', '10 000 € = 1000000'],
		['un excédent de 10 000 €', '10 000 € = 1000000'],
		['au moins 10 000 €', '10 000 € = 1000000']
	])('%s', (words, expected) => {
		expect(amountsOf(`Le conseil propose ${words}.`)).toEqual([expected]);
	});

	it.each([
		['entre 10 000 € et 20 000 €', ['10 000 € = 1000000 range', '20 000 € = 2000000 range']],
		['de 5 000 à 8 000 €', ['5 000 = 500000 range', '8 000 € = 800000 range']],
		['de 2,5 à 3 M€', ['2,5 = 250000000 range', '3 M€ = 300000000 range']],
		['qui passe de 500 € à 600 €', ['500 € = 50000', '600 € = 60000']]
	])('%s', (words, expected) => {
		expect(amountsOf(`Une aide ${words} est prévue.`)).toEqual(expected);
	});

	it('is not taken from the amount before', () => {
		expect(amountsOf('Il verse 5 000 € par an et 3 000 € pour les travaux.')).toEqual([
			'5 000 € = 500000 year',
			'3 000 € = 300000'
		]);
	});
});

describe('what is no amount', () => {
	it.each([
		'la loi n° 2000-321, l’article L.2121-29, R. 123 et le décret n° 2001-495',
		'21000 Dijon, BP 1234, à 18h30, au 03 80 50 35 35, SIRET 242 100 410 00012',
		'compte 65748, chapitre 204, opération n° 1234, AP 2021-03, facture 2021-0045',
		'la parcelle AB n° 123 de 1 200 m², 3 ha 25 a 12 ca, à 15 km',
		'IBAN FR76 3000 6000 0112 3456 7890 189, page 3/12'
	])('%s', (words) => {
		expect(amountsOf(words)).toEqual([]);
	});
});

describe('a table that names its unit once', () => {
	it('by tabs, under a heading of its own', () => {
		const table =
			'Dépenses de fonctionnement (en k€) :\nCharges à caractère général\t5 240\nCharges de personnel\t11 875,5\n\nLes 12 agents.';
		expect(amountsOf(table)).toEqual(['5 240 = 524000000', '11 875,5 = 1187550000']);
	});

	it('by strokes, over the column that it names', () => {
		const table =
			'| Projet | Nombre | Montant (€) |\n|---|---|---|\n| École | 12 | 5 000 |\n| Stade | 3 | 7 500 |';
		expect(amountsOf(table)).toEqual(['5 000 = 500000', '7 500 = 750000']);
	});

	it('by spaces in a row, years being names of columns', () => {
		const table =
			'Crédits en M€      2021     2022\nVoirie             1,5      2,0\nTotal              1,5      2,0';
		expect(amountsOf(table)).toHaveLength(4);
	});

	it('or not at all, where figures are those of an account', () => {
		const account = 'TOTAUX\n\n632.481,90\n\n643.363,38\n\nUn excédent de 233.920,63 est constaté.';
		expect(amountsOf(account)).toEqual([
			'632.481,90 = 63248190',
			'643.363,38 = 64336338',
			'233.920,63 = 23392063'
		]);
		expect(amountsOf('Surface de 1 234,56 m²\nParcelle\t12 345,67 m²')).toEqual([]);
	});
});
