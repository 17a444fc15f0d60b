import type {
	ActPlan,
	PlannedAgreement,
	PlannedEnvelope,
	PlannedProgramme
} from '#lib/domain/act/plan/plan.ts';
import { day } from '#lib/domain/day.ts';
import type { TestDatabase } from './database.ts';
import { ask } from './people.ts';
import { planOn } from './plans.ts';
import { plantReading, type PlantedChoice, type PlantedReading } from './readings.ts';

/** A small invented act: a grant, an intention, a promise in words, and a list. */
export const TEXT = `CONSEIL MUNICIPAL DE VALBELLE
Séance du 12 mars 2024
Objet : Aide à la rénovation des logements
La ville entend consacrer 2 M€ à la rénovation, dont 1,2 M€ aux copropriétés et 0,8 M€ aux maisons.
En 2023, 140 logements ont été rénovés, soit 12 % du parc.
La ville s'engage à réunir ses partenaires chaque année.
Le conseil approuve la convention avec l'association Habiter ;
attribue à l'association une subvention annuelle de 300 000 € pour la rénovation des copropriétés.
Adopté par 20 voix pour.`;

export const HEAD: readonly PlantedChoice[] = [
	{
		key: 'authority',
		role: 'authority',
		quote: 'CONSEIL MUNICIPAL DE VALBELLE',
		value: { type: 'text', text: 'Ville de Valbelle' },
		section: 'header'
	},
	{ key: 'sitting', role: 'sitting', quote: '12 mars 2024', section: 'header' },
	{
		key: 'title',
		role: 'title',
		quote: 'Aide à la rénovation des logements',
		section: 'header'
	}
];

export const BODY: readonly PlantedChoice[] = [
	{ key: 'whole', role: 'amount', quote: '2 M€', within: 'consacrer 2 M€' },
	{ key: 'flats', role: 'amount', quote: '1,2 M€', partOf: 'whole' },
	{ key: 'houses', role: 'amount', quote: '0,8 M€', partOf: 'whole' },
	{ key: 'renovated', role: 'count', quote: '140' },
	{ key: 'share', role: 'percentage', quote: '12 %' },
	{ key: 'promise', role: 'undertaking', quote: 'réunir ses partenaires chaque année' },
	{
		key: 'agreement',
		role: 'agreement',
		quote: "la convention avec l'association Habiter",
		section: 'decision'
	},
	{
		key: 'grant',
		role: 'amount',
		quote: '300 000 €',
		section: 'decision',
		value: {
			type: 'amount',
			cents: '30000000',
			precisionCents: '50',
			kind: 'amount',
			per: 'year',
			formula: null
		}
	},
	{ key: 'purpose', role: 'purpose', quote: 'la rénovation des copropriétés', section: 'decision' },
	{
		key: 'decision',
		role: 'decision',
		quote: "approuve la convention avec l'association Habiter",
		section: 'decision',
		value: {
			type: 'decision',
			verb: 'approuver',
			text: "la convention avec l'association Habiter"
		}
	}
];

const days = { startsOn: day('2024-01-01'), endsOn: day('2025-12-31') };

export const AGREEMENT: PlannedAgreement = {
	key: 'convention',
	title: 'Convention Habiter',
	passage: 'agreement',
	amends: null,
	adoptedHere: true,
	effectiveOn: day('2024-03-12'),
	...days
};

export const GRANT: PlannedEnvelope = {
	key: 'grant',
	of: {
		kind: 'new',
		label: 'Rénovation des copropriétés',
		purpose: 'purpose',
		funder: { newParty: 'habiter' },
		partner: null,
		circuit: 'own_expenditure',
		strength: 'firm',
		instrument: null,
		...days
	},
	agreement: { planned: 'convention' },
	passage: 'grant',
	allocations: [
		{ fiscalYear: 2024, label: 'Subvention 2024', passage: null },
		{ fiscalYear: 2025, label: 'Subvention 2025', passage: null }
	],
	instalments: [
		{ dueOn: day('2024-12-31'), passage: null },
		{ dueOn: day('2025-12-31'), passage: null }
	],
	measures: [
		{ key: 'parts', label: 'Parties communes', passage: null, instrument: null, children: [] }
	]
};

export const PROGRAMME: PlannedProgramme = {
	of: { kind: 'new', slug: 'renovation', name: 'Rénovation', summary: null, ...days },
	horizon: null,
	visible: true,
	agreements: [AGREEMENT],
	envelopes: [GRANT],
	indicators: [
		{
			indicatorId: null,
			label: 'Logements rénovés',
			unit: 'dwellings',
			envelope: 'grant',
			measure: 'parts',
			included: false,
			values: [
				{
					kind: 'baseline',
					passage: 'renovated',
					product: null,
					startsOn: day('2023-01-01'),
					endsOn: day('2023-12-31')
				}
			]
		}
	],
	undertakings: [{ passage: 'promise', owner: { newParty: 'habiter' } }],
	districts: [{ name: 'Les Prés', communeCode: '21999', passage: 'promise' }]
};

export const PLAN: ActPlan = {
	newParties: [{ key: 'habiter', name: 'Habiter', kind: 'association', siren: null }],
	programme: PROGRAMME
};

/** The act that goes on with the first one: another sum, another day, another plan of payments. */
export const AMENDMENT_TEXT = `CONSEIL MUNICIPAL DE VALBELLE
Séance du 4 février 2025
Objet : Avenant à la convention Habiter
Le conseil approuve l'avenant n° 1 à la convention Habiter, qui la prolonge jusqu'au 31 décembre 2026,
porte la subvention à 750 000 € au total, ajoute 90 000 €, retire 650 000 € et prévoit 200 000 €.`;

export const AMENDMENT_CHOICES: readonly PlantedChoice[] = [
	{ ...(HEAD[0] as PlantedChoice) },
	{ key: 'sitting', role: 'sitting', quote: '4 février 2025', section: 'header' },
	{ key: 'title', role: 'title', quote: 'Avenant à la convention Habiter', section: 'header' },
	...['750 000 €', '90 000 €', '650 000 €', '200 000 €'].map((quote) => ({
		key: quote,
		role: 'amount' as const,
		quote,
		...(quote === '90 000 €' ? { within: 'ajoute 90 000 €' } : {}),
		section: 'decision' as const
	})),
	{
		key: 'amendment',
		role: 'agreement',
		quote: "l'avenant n° 1 à la convention Habiter",
		section: 'decision'
	}
];

/** Plants a reading with its plan, whose passages are named. */
export async function plantAct(
	test: TestDatabase,
	text: string,
	choices: readonly PlantedChoice[],
	plan: ActPlan | null,
	by?: string
): Promise<PlantedReading> {
	const reading = await plantReading(test, text, choices, by ? { by } : {});
	if (plan) {
		await ask(test, 'update readings set plan = $2 where id = $1', [
			reading.id,
			JSON.stringify(planOn(plan, reading.key))
		]);
	}
	return reading;
}
