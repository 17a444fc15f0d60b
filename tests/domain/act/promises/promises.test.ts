import { describe, expect, it } from 'vitest';
import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';

const HEAD =
	'VILLE DE TESTVILLE\nCONSEIL MUNICIPAL\nSéance du 12 mars 2022\nConvocation du 5 mars 2022\nObjet : Essai\n\n';
const DECIDES = 'Le conseil municipal, après en avoir délibéré,\n';

function promised(words: string) {
	const { amounts, promises } = readDeliberation(HEAD + words);
	return promises.map(({ amount, giver, receiver, purpose, period, strength, circuit }) => [
		amounts[amount]?.quote,
		giver?.value ?? null,
		receiver?.value ?? null,
		purpose?.value ?? null,
		period && `${period.value.startsOn} ${period.value.endsOn}`,
		strength?.value,
		circuit?.value ?? null
	]);
}

describe('an amount seems to be promised', () => {
	it('where a grant is attributed, and once, although the budget names it again', () => {
		const words =
			'ATTRIBUE une subvention de 1 500 € à l’association Les Restos du Coin pour l’année 2022 ;\n' +
			'DIT que la dépense de 1 500 € sera imputée au compte 6574.';
		expect(promised(DECIDES + words)).toEqual([
			[
				'1 500 €',
				'VILLE DE TESTVILLE',
				'association Les Restos du Coin',
				null,
				'2022-01-01 2022-12-31',
				'firm',
				'own_expenditure'
			]
		]);
	});

	it('line by line in a list, and not its total', () => {
		const words =
			'décide d’allouer les subventions suivantes :\n- Club de judo : 300 €\n- Chorale Mélodie : 250 €\nTotal : 550 €\n';
		expect(promised(DECIDES + words).map(([amount, , receiver]) => [amount, receiver])).toEqual([
			['300 €', 'Club de judo'],
			['250 €', 'Chorale Mélodie']
		]);
	});

	it('where another means to give: an intention, and neither firm nor ours', () => {
		const words =
			'La Région Bourgogne-Franche-Comté envisage de verser une subvention de 80 000 € pour la rénovation de l’école.\n\n';
		expect(promised(`${words}${DECIDES}PREND ACTE du rapport.`)).toEqual([
			[
				'80 000 €',
				'Région Bourgogne-Franche-Comté',
				null,
				'la rénovation de l’école',
				null,
				'intention',
				'off_budget'
			]
		]);
	});

	it('where what another gives is accepted: an earmarked revenue', () => {
		const words =
			'ACCEPTE la participation de 10 000 € versée par le Département de la Côte-d’Or pour la réfection de la toiture.';
		expect(promised(DECIDES + words)).toEqual([
			[
				'10 000 €',
				'Département de la Côte-d’Or',
				'VILLE DE TESTVILLE',
				'la réfection de la toiture',
				null,
				'firm',
				'earmarked_revenue'
			]
		]);
	});
});

describe('an amount is no promise', () => {
	it.each([
		['of the past', 'Le Département a attribué en 2020 une aide de 12 000 € à la commune.'],
		['that is a cost', 'Le coût des travaux s’élève à 5 M€.'],
		['that is asked for', `${DECIDES}SOLLICITE une subvention de 20 000 € auprès de l’État.`],
		['that is a price', `${DECIDES}FIXE le prix de vente à 30 000 €.`],
		['of a contract', `${DECIDES}ATTRIBUE le marché à l’entreprise Dupont pour 250 000 € HT.`],
		[
			'of a loan that is guaranteed',
			`${DECIDES}ACCORDE sa garantie pour le remboursement d’un prêt de 2 000 000 €.`
		],
		['that nobody means to give', 'Il est envisagé de consacrer 40 000 € à ce projet.']
	])('%s', (_what, words) => {
		expect(promised(words)).toEqual([]);
	});
});

describe('each part of a promise', () => {
	it('has its reason in a French sentence, and so has the whole', () => {
		const words = `${DECIDES}ATTRIBUE une subvention de 1 500 € à l’association Les Restos du Coin.`;
		for (const promise of readDeliberation(HEAD + words).promises) {
			const { giver, receiver, strength, circuit } = promise;
			for (const part of [promise, giver, receiver, strength, circuit]) {
				expect(part?.because).toMatch(/^[\p{Lu}«].*\.$/su);
			}
		}
	});
});
