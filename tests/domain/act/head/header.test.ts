import { describe, expect, it } from 'vitest';
import { readHeader } from '#lib/domain/act/header.ts';
import type { ReadHeader } from '#lib/domain/act/reading.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';

/** What the head of a text says of one thing. Every quote stands where it says. */
function read<Field extends keyof ReadHeader>(field: Field, source: string): ReadHeader[Field] {
	const text = openText(source);
	const header = readHeader(text, readSections(text));
	for (const { start, end, quote } of header[field].found) {
		expect(source.slice(start, end)).toBe(quote);
	}
	return header[field];
}

const HEAD = 'COMMUNE DE VALFLEURY\nSéance du 3 mai 2022\n';
const HEAD_OF_NO_DAY = 'COMMUNE DE VALFLEURY\nÉlus en séance ordinaire : 15\n';

describe('the authority', () => {
	it.each([
		['VILLE DE VALFLEURY CONSEIL MUNICIPAL', 'VILLE DE VALFLEURY'],
		['COMMUNE DE VALFLEURY LUNDI 6 FEVRIER 2023 Le Conseil', 'COMMUNE DE VALFLEURY'],
		['Ville de Valfleury 07/04/2023 Procès-verbal de la', 'Ville de Valfleury'],
		[
			'EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\ndu Conseil Métropolitain de Valor Métropole',
			'Valor Métropole'
		],
		[
			'COMMUNE DE SAINT-AMBROIX-LÈS-PINS\nConseil municipal du 3 mai 2022',
			'COMMUNE DE SAINT-AMBROIX-LÈS-PINS'
		],
		[
			'Département de l’Arbreuse\nVILLE DE VALFLEURY\nSéance du conseil municipal',
			'VILLE DE VALFLEURY'
		],
		[
			'DÉPARTEMENT DE L’ARBREUSE\nCommission permanente du Conseil départemental',
			'DÉPARTEMENT DE L’ARBREUSE'
		],
		[
			'SYNDICAT DES EAUX POTABLES\nDE LA VALLÉE DU SERINAIS\nComité syndical du 3 mai 2022',
			'SYNDICAT DES EAUX POTABLES DE LA VALLÉE DU SERINAIS'
		],
		[
			'Communauté de communes du Haut-Sérac – Séance du 3 mai 2022',
			'Communauté de communes du Haut-Sérac'
		],
		[
			'C O M M U N E   D E   V A L F L E U R Y\nSÉANCE DU CONSEIL MUNICIPAL',
			'COMMUNE DE VALFLEURY'
		],
		[
			'le conseil municipal de la commune de Montfavert dument convoque s est reuni',
			'commune de Montfavert'
		],
		['CONSEIL MUNICIPAL DU 3 MAI 2022', null],
		['Liste de courses\nPain, beurre', null]
	])('of « %s » is %s', (source, authority) => {
		expect(read('authority', source).value).toBe(authority);
	});
});

describe('the number of the act', () => {
	it.each([
		['Délibération n° 2021-09-30/12', '2021-09-30/12'],
		['DÉLIBÉRATION N° : D-2021/123', 'D-2021/123'],
		['Acte n° 2022.06.30/09', '2022.06.30/09'],
		['DEL2021_045', 'DEL2021_045'],
		['N° 2021.06.24', '2021.06.24'],
		['Délibération n°21-047', '21-047'],
		['CM_2021_10_22_07', 'CM_2021_10_22_07'],
		['Délibération n° DEL-2023-02-ADG-001', 'DEL-2023-02-ADG-001'],
		['2021 DLH 214 - Réalisation de logements', '2021 DLH 214'],
		['DCC20200204_012', 'DCC20200204_012'],
		['2022-04-05-03 – Vente d’un terrain communal', '2022-04-05-03'],
		['Objet: Désignation des délégués - DE_2020_041', 'DE_2020_041'],
		['N° 31-(45678)', null],
		['Délibération n° DLval_2023 02 ADG 001.', null],
		['Délibération n° 2022 7 4', null],
		['Séance n° 5', null],
		['Page 1/4', null],
		['03/05/2022', null],
		['2022-05-03', null],
		['Vu la loi n° 2010-1488 du 7 décembre 2010', null],
		['SIRET 21991234500017', null],
		['Modification de la délibération n° 2020-12', null]
	])('in « %s » is %s', (line, number) => {
		expect(read('number', `${HEAD}${line}\n\nVu le code général,\n`).value).toBe(number);
	});

	it('is none of the whole where minutes have many', () => {
		const minutes = `${HEAD}\n2022-21 Subventions aux clubs\nLe conseil approuve.\n\n2022-22 Achat de bancs\nLe conseil approuve.`;
		expect(read('number', minutes).value).toBeNull();
	});
});

describe('the day of the sitting', () => {
	it.each([
		['Séance du jeudi 17 décembre 2020', '2020-12-17'],
		['SÉANCE ORDINAIRE DU 1er FÉVRIER 2021', '2021-02-01'],
		['L’an deux mille vingt et un, le vingt-deux octobre à 20 h', '2021-10-22'],
		['l an deux mil dix-huit et le cinq decembre', '2018-12-05'],
		['Conseil municipal du 17/12/2020', '2020-12-17'],
		['RÉUNION DU CONSEIL MUNICIPAL\n\nLundi 25 novembre 2019 à 20 h 30', '2019-11-25'],
		['Le vendredi neuf décembre deux mille vingt-deux, le comité s’est réuni', '2022-12-09'],
		['Le 30 juin 2022 à 20h00, le conseil, convoqué le 24 juin 2022, s’est réuni', '2022-06-30'],
		['ASSEMBLÉE PLÉNIÈRE DU 16 NOVEMBRE 2023', '2023-11-16'],
		['Séance des 16 et 17 décembre 2020', null],
		['Séance du 31 février 2021', null],
		['Le procès-verbal de la séance du 6 avril 2022 est approuvé', null],
		['Vu la délibération du 3 avril 2019', null]
	])('in « %s » is %s', (source, sitting) => {
		expect(read('sitting', `COMMUNE DE VALFLEURY\n${source}\n`).value).toBe(sitting);
	});

	it('is chosen by nobody where two are said', () => {
		const { value, found } = read(
			'sitting',
			'Séance du 3 mai 2022\nL’an deux mille vingt-deux, le quatre mai'
		);
		expect(value).toBeNull();
		expect(found.map(({ value: day }) => day)).toEqual(['2022-05-03', '2022-05-04']);
	});
});

describe('the other days', () => {
	it.each([
		['convened', 'Convocation envoyée le 11 décembre 2020', '2020-12-11'],
		['convened', 'Date de convocation : 11/12/2020', '2020-12-11'],
		['convened', 'le conseil, légalement convoqué le 11 décembre 2020, s’est réuni', '2020-12-11'],
		['convened', 'Date de convocation\tDate d’affichage\n11/12/2020\t12/12/2020', '2020-12-11'],
		['published', 'Date de convocation\tDate d’affichage\n11/12/2020\t12/12/2020', '2020-12-12'],
		['published', 'Affichage du compte rendu : 05/07/2022', '2022-07-05'],
		[
			'received',
			'Envoyé en préfecture le 24/03/2023\nReçu en préfecture le 25/03/2023',
			'2023-03-25'
		],
		[
			'received',
			'Reçu par le représentant de l’État le 01/12/2023 et publié le 02/12/2023',
			'2023-12-01'
		],
		[
			'published',
			'Reçu par le représentant de l’État le 01/12/2023 et publié le 02/12/2023',
			'2023-12-02'
		],
		['received', 'Transmis au contrôle de légalité le 2 mai 2022', '2022-05-02'],
		['convened', 'convoqué le vingt-neuf novembre', null]
	] as const)('%s: « %s » is %s', (field, source, expected) => {
		expect(read(field, `${HEAD_OF_NO_DAY}${source}\n`).value).toBe(expected);
	});
});

describe('the people', () => {
	it.each([
		['president', 'Président : M. VERMEIL', 'VERMEIL'],
		['president', 'sous la présidence de Madame Anne DULAC, Maire.', 'Anne DULAC'],
		['president', 'sous la présidence du Maire, Jean-Marc DUMESNIL. Date', 'Jean-Marc DUMESNIL'],
		['president', 'Présidence de M. Roland SOMMET, maire', 'Roland SOMMET'],
		['president', 'La séance présidée par Monsieur Yves REHN, Président, est ouverte', 'Yves REHN'],
		[
			'president',
			'sous la présidence de Madame Marie-Line SALTA\nOLIVERO FICTEZ.',
			'Marie-Line SALTA\nOLIVERO FICTEZ'
		],
		['secretary', 'Secrétaire de séance : M. LACHAUME', 'LACHAUME'],
		['secretary', 'Mme Léa LE GALL a été élue secrétaire de séance.', 'Léa LE GALL'],
		['secretary', 'Monsieur Bruno TAVEL est désigné en qualité de secrétaire.', 'Bruno TAVEL'],
		['secretary', 'A été élue secrétaire : Mme Candide RICHOU', 'Candide RICHOU'],
		['secretary', 'Secrétaire de séance : Odilon LAURIEL Zones de silence', 'Odilon LAURIEL'],
		['secretary', 'Secrétaire de séance : Odilon LAURIEL TECH/17-2023', 'Odilon LAURIEL'],
		['secretary', 'Secrétaire de séance :', null]
	] as const)('%s: « %s » is %s', (field, source, expected) => {
		const { value, found } = read(field, `${HEAD}${source}\n`);
		expect(value).toBe(expected?.replace('\n', ' ') ?? null);
		expect(found[0]?.quote ?? null).toBe(expected);
	});
});

describe('theme and title', () => {
	it.each([
		[
			'OBJET : HABITAT ET URBANISME**Avenant à la convention-cadre**',
			'HABITAT ET URBANISME',
			'Avenant à la convention-cadre'
		],
		[
			'OBJET : SOLIDARITÉS\nLogement d’abord – Convention avec l’État',
			'SOLIDARITÉS',
			'Logement d’abord – Convention avec l’État'
		],
		['Objet : Vente d’un terrain', null, 'Vente d’un terrain'],
		['O B J E T : REFECTION DE LA TOITURE', null, 'REFECTION DE LA TOITURE'],
		['OBJET\n\nTarifs de la salle des fêtes', null, 'Tarifs de la salle des fêtes'],
		[
			'**Objet :** Adhésion au groupement de commandes',
			null,
			'Adhésion au groupement de commandes'
		],
		[
			'Objet : Convention avec l’association\n« Les Lanternes » – Années 2023 à 2025',
			null,
			'Convention avec l’association « Les Lanternes » – Années 2023 à 2025'
		],
		['Délibération n° 2021-12 : Élection du vice-président', null, 'Élection du vice-président'],
		['Thème : Habitat\nObjet : Vente d’un terrain', 'Habitat', 'Vente d’un terrain'],
		[
			'Délibération n° 2021-12\n\nVENTE D’UN IMMEUBLE DE 18 LOGEMENTS\n\nLe Directeur rappelle les faits.',
			null,
			'VENTE D’UN IMMEUBLE DE 18 LOGEMENTS'
		]
	])('« %s » has the theme %s and the title %s', (source, theme, title) => {
		const act = `${HEAD}${source}\n\nMonsieur le Maire expose la situation.`;
		expect(read('theme', act).value).toBe(theme);
		expect(read('title', act).value).toBe(title);
	});
});
