import { describe, expect, it } from 'vitest';
import { readDecisions } from '#lib/domain/act/decisions.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';

const AFTER = 'Objet : Essai\n\nVu le code ;\n\nLe conseil municipal, après en avoir délibéré,\n';

function decided(source: string): string[] {
	const text = openText(source);
	return readDecisions(text, readSections(text)).map(
		({ verb, text: words }) => `${verb} | ${words.replace(/\s+/g, ' ')}`
	);
}

describe('what is decided is read', () => {
	it.each<[string, string, string[]]>([
		[
			'in a list of infinitives',
			'DÉCIDE :\n- **d’approuver** la convention ;\n- d’autoriser le maire à la signer et à la modifier.',
			['approuver | la convention', 'autoriser | le maire à la signer et à la modifier']
		],
		[
			'in the third person, in capitals, over several lines',
			'APPROUVE la convention avec le\nDépartement ;\nDIT que les crédits sont inscrits ;\nPREND ACTE du rapport.',
			[
				'approuver | la convention avec le Département',
				'dire | que les crédits sont inscrits',
				'prendre acte | du rapport'
			]
		],
		[
			'in numbered articles, and from the passive where it decides',
			'Article 1 : approuve le règlement.\nARTICLE 2 – La dépense sera imputée au chapitre 65.',
			['approuver | le règlement', 'imputer | La dépense sera imputée au chapitre 65']
		],
		[
			'in prose that decides several things at once',
			'décide d’approuver la convention, d’autoriser le maire à la signer et de charger le maire de la notifier et de l’exécuter.',
			[
				'approuver | la convention',
				'autoriser | le maire à la signer',
				'charger | le maire de la notifier et de l’exécuter'
			]
		],
		[
			'in a sentence with several verbs, and not in what is said of a thing',
			'approuve la convention qui fixe les modalités, et autorise le maire à la signer.',
			['approuver | la convention qui fixe les modalités', 'autoriser | le maire à la signer']
		],
		[
			'with what stands below an item as a part of it',
			'1) DÉCIDE d’allouer les subventions suivantes :\n   - Judo : 300 €\n   - Chorale : 200 €\n2) CHARGE le maire de l’exécution.',
			[
				'allouer | les subventions suivantes : - Judo : 300 € - Chorale : 200 €',
				'charger | le maire de l’exécution'
			]
		],
		[
			'from a list that lost its lines',
			'décide : - D’approuver le bilan ; - De donner quitus au trésorier. Fait et délibéré',
			['approuver | le bilan', 'donner | quitus au trésorier']
		],
		[
			'across the edge of a page',
			'APPROUVE la convention avec le\nPage 2/3\nEnvoyé en préfecture le 14/03/2022\nID : 021-212100000-20220312-3-DE\nDépartement ;\nDIT que tout est inscrit.\nPublié le 15/03/2022\n\nJean DUPONT',
			[
				'approuver | la convention avec le Page 2/3 Envoyé en préfecture le 14/03/2022 ID : 021-212100000-20220312-3-DE Département',
				'dire | que tout est inscrit'
			]
		],
		['where the vote stands between', 'à l’unanimité, ADOPTE le budget.', ['adopter | le budget']],
		['with lost apostrophes', 'DECIDE d adhérer au syndicat', ['adhérer | au syndicat']]
	])('%s', (_how, words, expected) => {
		expect(decided(AFTER + words)).toEqual(expected);
	});

	it('in what was proposed, where the council only agrees', () => {
		const act =
			'Objet : Essai\n\nIl est proposé au conseil :\n- d’attribuer 500 € au club ;\n- d’inscrire la dépense.\n\n' +
			'Le conseil municipal, après en avoir délibéré, adopte les propositions du rapporteur.';
		expect(decided(act)).toEqual(['attribuer | 500 € au club', 'inscrire | la dépense']);
	});
});

describe('what is no decision is left out', () => {
	it.each([
		['the ballot', 'APPROUVE le bilan.\nPour : 12\nContre : 0', 1],
		['the signatures', 'APPROUVE le bilan.\n\nPour extrait conforme\nLe Maire,\nJean DUPONT', 1],
		['that it was adopted', 'APPROUVE le bilan.\nAdopté à l’unanimité.', 1],
		['a considerant', 'Considérant que la commune approuve le projet ;', 0]
	])('%s', (_what, words, count) => {
		expect(decided(AFTER + words)).toHaveLength(count);
	});
});
