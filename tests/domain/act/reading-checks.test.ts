import { describe, expect, it } from 'vitest';
import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';

const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/gu, ' ');

const checked = (source: string) =>
	readDeliberation(source).checks.map(({ name, result, message }) =>
		plain(`${result}: ${name}: ${message}`)
	);

const HEAD = 'COMMUNE DE TESTVILLE\nSéance du 12 mars 2022\n';
const BODY = '\nObjet : Essai\n\n';
const DECIDES = '\n\nLe conseil municipal, après en avoir délibéré, approuve le projet.\n';
const SAT = 'En exercice : 15\nPrésents : 11\nPouvoirs : 2\nAbsents : 2\n';

describe('an act is checked against itself', () => {
	it('who sat against how they voted', () => {
		const votes = (votesFor: number) =>
			checked(
				`${HEAD}${SAT}${BODY}Texte.${DECIDES}\nPour : ${votesFor}\nContre : 1\nAbstention : 0`
			);
		expect(votes(12)).toContain(
			'passed: Votants et voix: 11 présents + 2 procurations = 12 pour + 1 contre + 0 abstention.'
		);
		expect(votes(10)).toContain(
			'failed: Votants et voix: 11 présents + 2 procurations = 13, mais l’acte donne 10 pour + 1 contre + 0 abstention : écart de 2.'
		);
	});

	it('but not where somebody takes no part, whom no number counts', () => {
		const act = `${HEAD}${SAT}${BODY}Texte. M. Durand quitte la salle.${DECIDES}\nPour : 12\nContre : 0\nAbstention : 0`;
		expect(checked(act).filter((check) => check.startsWith('failed'))).toEqual([]);
	});

	it('parts against their whole, to what their writing leaves open', () => {
		const act = `${HEAD}${BODY}Une enveloppe de 30 M€ dont 15 M€ pour les salariés et 15 M€ pour les bailleurs.${DECIDES}`;
		expect(checked(act)).toEqual(['passed: Parties de « 30 M€ »: 15 M€ + 15 M€ = 30 M€.']);
	});

	it('a part that is more than its whole', () => {
		const act = `${HEAD}${BODY}Une dépense de 60 000 € dont 70 000 € pour la voirie.${DECIDES}`;
		expect(checked(act)).toEqual([
			'failed: Partie de « 60 000 € »: 70 000 € = 70 000 €, mais l’acte donne 60 000 € : écart de 10 000 €.'
		]);
	});

	it('shares against a hundred', () => {
		const act = `${HEAD}${BODY}La métropole compte 2 027 logements (52% PLUS, 38% PLAI, 7% PLS, 4% LI).${DECIDES}`;
		expect(checked(act)).toEqual([
			'within_rounding: Parts de « 2 027 »: 52% + 38% + 7% + 4% = 101 %, soit 100 % à l’arrondi près.'
		]);
	});

	it('days in their order', () => {
		const convened = (day: string) =>
			checked(`${HEAD}Convocation du ${day}\n${BODY}Texte.${DECIDES}`);
		expect(convened('5 mars 2022')).toEqual([
			'passed: Convocation et séance: Convocation le 5 mars 2022, séance le 12 mars 2022 : dans l’ordre.'
		]);
		expect(convened('15 mars 2022')).toEqual([
			'failed: Convocation et séance: Convocation le 15 mars 2022, séance le 12 mars 2022 : l’ordre est inversé.'
		]);
	});
});
