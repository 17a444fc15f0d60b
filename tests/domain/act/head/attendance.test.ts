import { describe, expect, it } from 'vitest';
import { readAttendance } from '#lib/domain/act/attendance.ts';
import type { ReadAttendance } from '#lib/domain/act/reading.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';

const HEAD = 'COMMUNE DE VALFLEURY\nSéance du 3 mai 2022\n';
const FOOT = '\nObjet : Vente d’un terrain\n\nMonsieur le Maire expose la situation.\n';

function read(source: string): ReadAttendance {
	const text = openText(`${HEAD}${source}${FOOT}`);
	return readAttendance(text, readSections(text));
}

/** `en exercice 15, présents 12` as the numbers that were stated; what was not is left out. */
function stated(source: string): Record<string, number> {
	const counts = Object.entries(read(source));
	return Object.fromEntries(
		counts.flatMap(([name, { stated: field }]) =>
			field.value === null ? [] : [[name, field.value]]
		)
	);
}

describe('numbers that an act states', () => {
	it.each([
		[
			'Nombre de conseillers en exercice : 15\nPrésents : 12\nVotants : 14',
			{ inOffice: 15, present: 12, voting: 14 }
		],
		['le nombre de conseillers en exercice est de vingt-trois', { inOffice: 23 }],
		['Le rapport présente une synthèse. Il représente une économie.', {}],
		['à l’article 9 de la présente convention, page 4 pouvoir redonner', {}],
		['présents titulaires : 45 - présents suppléants : 4 - votants : 49', { voting: 49 }],
		[
			'Nombre de conseillers En exercice 31 Présents 25 Votants 25',
			{ inOffice: 31, present: 25, voting: 25 }
		],
		[
			'En exercice   Présents   Votants\n33            27         31',
			{ inOffice: 33, present: 27, voting: 31 }
		],
		[
			'| En exercice | Présents | Pouvoirs |\n|---|---|---|\n| 15 | 12 | 2 |',
			{ inOffice: 15, present: 12, proxies: 2 }
		],
		[
			'Conseillers en exercice :\nConseillers présents :\nVotants :\n19\n14\n16',
			{ inOffice: 19, present: 14, voting: 16 }
		],
		[
			'15 membres en exercice, 12 présents, 2 procurations',
			{ inOffice: 15, present: 12, proxies: 2 }
		],
		['44 PRÉSENTS\n8 POUVOIRS', { present: 44, proxies: 8 }],
		['Votants : 27 dont 22 présents et 05 procurations', { voting: 27, present: 22, proxies: 5 }],
		[
			'Afférents au Conseil : 15 – En exercice : 14 – Qui ont pris part à la délibération : 12',
			{ members: 15, inOffice: 14, voting: 12 }
		],
		[
			'Conseillers élus : 15 ; en fonction : 15 ; présents : 13',
			{ members: 15, inOffice: 15, present: 13 }
		],
		[
			'Nombre de conseillers municipaux : 53\nPrésents : 44 Représentés : 8 Absents : 1',
			{ inOffice: 53, present: 44, represented: 8, absent: 1 }
		],
		['Délégués en exercice : vingt-deux\nPouvoirs : néant', { inOffice: 22, proxies: 0 }],
		['Quorum : 8 / Présents : 12 / Suffrages exprimés : 11', { present: 12 }],
		['Membres : 15   Présents : 14   Votants : 15', { inOffice: 15, present: 14, voting: 15 }],
		['Présents ou représentés : 27', {}],
		['Absents et procurations : 4', {}],
		['Présents à 20h30 : M. Jean DULAC', {}],
		['Présents : l5', {}]
	])('« %s »', (source, counts) => {
		expect(stated(source)).toEqual(counts);
	});

	it('stated in two ways are chosen by nobody', () => {
		const { voting } = read('Votants : 13\nNombre de votants : 11');
		expect(voting.stated.value).toBeNull();
		expect(voting.stated.found.map(({ quote }) => quote)).toEqual(['13', '11']);
	});

	it('of absent that include those who gave a proxy are not those without one', () => {
		const { absent } = read('En exercice : 23\nPrésents : 19\nPouvoirs : 3\nAbsents : 4');
		expect([absent.stated.value, absent.stated.found.length]).toEqual([null, 1]);
	});
});

/** present, proxies, absent as the lists count them. */
const counted = (source: string) => {
	const { present, proxies, absent } = read(source);
	return [present.counted, proxies.counted, absent.counted];
};

describe('names that an act lists', () => {
	it.each([
		['Présents : M. DULAC, Mme FERRY, M. GARNIER\nAbsents : M. HUET', [3, null, 1]],
		['Étaient présents : MM. DULAC, FERRY, GARNIER, Mmes HUET, IMBERT et JOLY.', [6, null, null]],
		['Présents : DULAC Jean – FERRY Anne – GARNIER Luc', [3, null, null]],
		[
			'Membres présents :\nM. Jean DULAC\tMme Anne FERRY\nM. Luc GARNIER\n\nMembres absents :\nM. Paul HUET pouvoir à Mme Anne FERRY',
			[3, 1, 0]
		],
		[
			'Présents : Anne DULAC, Maire (pouvoir de Luc GARNIER), Paul HUET, Adjoints, Zoé JOLY et Max KERN, conseillers municipaux\nProcurations : Luc GARNIER (pouvoir à Anne DULAC)\nAbsents : Léa LEROY, Guy MOREL',
			[4, 1, 2]
		],
		[
			'ÉTAIENT PRÉSENTS : MM PIPEAU, BRICOLE, MMES JARGON, LUBIE.\nPROCURATIONS : M. MARIVAUD A M. BRICOLE, MME NIGAUD A MME LUBIE.\nABSENTE EXCUSÉE : MME OUISTI.',
			[4, 2, 1]
		],
		[
			'Présents : Mme HUET Zoé, M. IMBERT Guy\nReprésenté : M. LAC Paul par M. IMBERT Guy\nAbsents : M. MAS Jean',
			[2, 1, 1]
		],
		[
			'Présents : M. DULAC, M. FERRY\nAbsents excusés : Mme CORS (pouvoir à M. DULAC), M. DEVIN',
			[2, 1, 1]
		],
		[
			'Absents excusés : Luc GARNIER, Zoé JOLY\nProcurations : Luc GARNIER à Anne DULAC',
			[null, 1, 1]
		],
		['Présents : Anne DULAC Jean FERRY Zoé LE GALL', [3, null, null]],
		[
			'Nombre de membres        |  Présents : Mme DULAC, MM. FERRY, HUET,\nEn exercice : 5          |  JOLY.\nDate de la convocation   |  Absent : M. KERN.\n22/03/2019               |  M. HUET a été nommé secrétaire.',
			[4, null, 1]
		],
		['Présents : voir la feuille d’émargement annexée', [null, null, null]],
		['Présents : DULAC, 12, rue des Lilas', [null, null, null]],
		[
			'Présents :\nMesdames : Anne DULAC, Zoé JOLY\nMessieurs : Luc GARNIER, Paul HUET',
			[4, null, null]
		],
		['Absents : néant', [null, null, 0]]
	])('« %s »', (source, counts) => {
		expect(counted(source)).toEqual(counts);
	});
});
