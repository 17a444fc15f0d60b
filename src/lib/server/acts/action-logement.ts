import type {
	PlannedEnvelope,
	PlannedIndicator,
	PlannedMeasure,
	PlannedValue
} from '#lib/domain/act/plan/plan.ts';
import { day } from '#lib/domain/day.ts';
import type { Act, ShippedAct } from '#lib/server/acts/act.ts';
import { headerPassages } from '#lib/server/acts/header-passages.ts';

const reasons = { section: 'statement_of_reasons' } as const;
const decision = { section: 'decision' } as const;

/** 17 December 2020: the amendment 2020-2022 to the framework agreement with Action Logement. */
const ACT = {
	slug: '2020-12-17-action-logement',
	file: '2020-12-17-action-logement.txt',
	title: 'Action Logement : avenant 2020-2022 à la convention-cadre avec Dijon Métropole',
	theme: 'Habitat, politique de la ville et urbanisme',
	president: 'REBSAMEN',
	secretary: 'LACHAMBRE',
	passages: {
		...headerPassages({
			sitting: '17 décembre 2020',
			convened: '11 décembre 2020',
			members: '86',
			present: '74',
			inOffice: '86',
			proxies: '9',
			votesFor: '83',
			votesAgainst: '0',
			abstentions: '0',
			notVoting: '0'
		}),

		rootAgreement: {
			quote: '30 mars 2017',
			within: 'approuvée par délibération du 30 mars 2017',
			kind: 'date',
			...reasons
		},
		referencePeriod: {
			quote: '2017-2019',
			within: 'sur la période 2017-2019',
			kind: 'words',
			...reasons
		},
		aids: { quote: '9 363', kind: 'count', ...reasons },
		aidsAmount: { quote: '15,2 M€', kind: 'amount', ...reasons },
		ownership: {
			quote: '268',
			within: '268 aides',
			kind: 'count',
			partOf: 'aids',
			...reasons
		},
		ownershipWords: {
			quote: "aides à l'accession à la propriété et à la réalisation de travaux",
			kind: 'words',
			...reasons
		},
		ownershipAmount: { quote: '4,2 M€', kind: 'amount', partOf: 'aidsAmount', ...reasons },
		security: { quote: '5 823', kind: 'count', partOf: 'aids', ...reasons },
		securityWords: { quote: 'aides à la sécurisation locative', kind: 'words', ...reasons },
		visale: { quote: '2 072', kind: 'count', ...reasons },
		visaleWords: { quote: 'garanties VISALE', kind: 'words', ...reasons },
		securityAmount: { quote: '8,6 M€', kind: 'amount', partOf: 'aidsAmount', ...reasons },
		mobility: { quote: '1 575', kind: 'count', partOf: 'aids', ...reasons },
		mobilityWords: { quote: 'aides à la mobilité', kind: 'words', ...reasons },
		mobilityAmount: {
			quote: '2,2 M€',
			within: 'pour 2,2 M€',
			kind: 'amount',
			partOf: 'aidsAmount',
			...reasons
		},
		difficulty: { quote: '391', kind: 'count', partOf: 'aids', ...reasons },
		difficultyWords: { quote: 'aides aux salariés en difficulté', kind: 'words', ...reasons },
		difficultyAmount: { quote: '236 000 €', kind: 'amount', partOf: 'aidsAmount', ...reasons },
		households: { quote: '1 306', kind: 'count', partOf: 'aids', ...reasons },
		landlordsAmount: { quote: '15,4 M€', kind: 'amount', ...reasons },
		dwellings: { quote: '2 027', kind: 'count', ...reasons },
		plus: { quote: '52%', kind: 'percentage', partOf: 'dwellings', ...reasons },
		plai: { quote: '38%', kind: 'percentage', partOf: 'dwellings', ...reasons },
		pls: { quote: '7%', kind: 'percentage', partOf: 'dwellings', ...reasons },
		li: { quote: '4%', kind: 'percentage', partOf: 'dwellings', ...reasons },

		mail: { quote: 'Mail à Chenôve', kind: 'words', ...reasons },
		fontaine: { quote: "Fontaine d'Ouche à Dijon", kind: 'words', ...reasons },

		amendmentPeriod: {
			quote: '2020-2022',
			within: 'Au titre de cet avenant 2020-2022',
			kind: 'words',
			...reasons
		},
		attractiveness: {
			quote:
				"Porter en commun l'attractivité du territoire de Dijon métropole ; médiatiser et valoriser les actions partagées.",
			kind: 'words',
			...reasons
		},
		knowledge: {
			quote:
				"Développer une connaissance commune et partager l'analyse des besoins en logement et en assurer une prise en compte objectivée et qualifiée au sein des dispositifs d'intervention.",
			kind: 'words',
			...reasons
		},
		economy: {
			quote:
				"Contribuer à l'attractivité du territoire métropolitain et à son développement économique.",
			kind: 'words',
			...reasons
		},
		inclusion: {
			quote:
				'Promouvoir un habitat plus inclusif en construction et en rénovation : jeunes, seniors, personnes en situation de handicap.',
			kind: 'words',
			...reasons
		},
		transition: {
			quote:
				"Soutenir, s'agissant de l'éco-habitat, l'innovation et la transition énergétique (copropriétés et maisons individuelles) ainsi que la mise aux normes en terme d'habitabilité.",
			kind: 'words',
			...reasons
		},
		institutions: {
			quote:
				'Dynamiser les partenariats institutionnels : Conférence Intercommunale du Logement à loyer modéré, Observatoire Territorial du Logement des Étudiants (OTLE), ...',
			kind: 'words',
			...reasons
		},

		intention: { quote: 'prévoit de maintenir ses concours financiers', kind: 'words', ...reasons },
		promised: { quote: '30 M€', kind: 'amount', ...reasons },
		pathways: {
			quote: '15 M€',
			within: 'dont 15 M€ au titre',
			kind: 'amount',
			partOf: 'promised',
			...reasons
		},
		pathwaysPurpose: {
			quote: "l'accompagnement du parcours résidentiel et professionnel des salariés",
			kind: 'words',
			...reasons
		},
		newHousing: {
			quote: '15 M€',
			within: 'et 15 M€ au bénéfice',
			kind: 'amount',
			partOf: 'promised',
			...reasons
		},
		newHousingPurpose: {
			quote: 'nouveaux programmes de logements à loyer modéré et intermédiaire',
			kind: 'words',
			...reasons
		},
		amendment: {
			quote: "l'avenant 2020-2022 à la convention-cadre territoriale établie avec Action Logement",
			kind: 'words',
			...decision
		}
	},
	decisions: [
		{
			verb: 'approuver',
			quote:
				"l'avenant 2020-2022 à la convention-cadre territoriale établie avec Action Logement, tel qu'annexé à la présente délibération"
		},
		{
			verb: 'autoriser',
			quote:
				"Monsieur le Président à signer cet avenant ainsi que tout acte utile à l'exécution de ses dispositions"
		}
	]
} satisfies Act;

const period = { startsOn: day('2020-01-01'), endsOn: day('2022-12-31') };
const reference = { startsOn: day('2017-01-01'), endsOn: day('2019-12-31') };

const PATHWAYS = 'Parcours résidentiel et professionnel des salariés';
const NEW_HOUSING = 'Nouveaux programmes à loyer modéré et intermédiaire';

/** The act gives no split by year: the whole is booked in the year of the vote. */
const promised = (label: string, purpose: string, passage: string): PlannedEnvelope => ({
	key: label,
	of: {
		kind: 'new',
		label,
		purpose,
		funder: { newParty: 'Action Logement Services' },
		partner: null,
		circuit: 'off_budget',
		strength: 'intention',
		instrument: null,
		...period
	},
	agreement: { planned: 'amendment' },
	passage,
	allocations: [
		{ fiscalYear: 2020, label: 'Concours prévu par l’avenant 2020-2022', passage: null }
	],
	instalments: [],
	measures: []
});

const measure = (label: string, passage: string): PlannedMeasure => ({
	key: label,
	label,
	passage,
	instrument: null,
	children: []
});

const indicator = (
	envelope: string,
	unit: PlannedIndicator['unit'],
	label: string,
	...passages: [string, PlannedValue['product']?][]
): PlannedIndicator => ({
	indicatorId: null,
	label,
	unit,
	envelope,
	measure: null,
	included: false,
	values: passages.map(([passage, product = null]) => ({
		kind: 'baseline',
		passage,
		product,
		...reference
	}))
});

/**
 * What the act promises: an intention, off-budget, without a split by year and without a target.
 * Its figures of 2017-2019 are a baseline, and the households housed are already in the 9 363 aids.
 */
export const ACTION_LOGEMENT: ShippedAct = {
	act: ACT,
	plan: {
		// The parties are entered before the acts, under their names.
		newParties: [],
		programme: {
			of: {
				kind: 'new',
				slug: 'action-logement-2020-2022',
				name: 'Action Logement 2020-2022',
				summary:
					'Concours financiers qu’Action Logement Services prévoit de maintenir sur le territoire de la métropole, versés directement aux ménages et aux bailleurs.',
				...period
			},
			horizon: null,
			visible: true,
			agreements: [
				{
					key: 'root',
					title: 'Convention-cadre',
					passage: 'rootAgreement',
					amends: null,
					adoptedHere: false,
					effectiveOn: day('2017-03-30'),
					startsOn: null,
					endsOn: null
				},
				{
					key: 'amendment',
					title: 'Avenant 2020-2022',
					passage: 'amendment',
					amends: { planned: 'root' },
					adoptedHere: true,
					effectiveOn: day('2020-12-17'),
					...period
				}
			],
			envelopes: [
				{
					...promised(PATHWAYS, 'pathwaysPurpose', 'pathways'),
					measures: [
						measure('Accession et travaux', 'ownershipWords'),
						{
							...measure('Sécurisation locative', 'securityWords'),
							children: [{ ...measure('Garanties VISALE', 'visaleWords'), instrument: 'guarantee' }]
						},
						measure('Mobilité', 'mobilityWords'),
						measure('Salariés en difficulté', 'difficultyWords')
					]
				},
				promised(NEW_HOUSING, 'newHousingPurpose', 'newHousing')
			],
			indicators: [
				indicator(PATHWAYS, 'aids', 'Aides et services aux ménages', ['aids']),
				indicator(PATHWAYS, 'euros', 'Montant des aides et services', ['aidsAmount']),
				...[
					{ line: 'Accession et travaux', count: 'ownership', amount: 'ownershipAmount' },
					{ line: 'Sécurisation locative', count: 'security', amount: 'securityAmount' },
					{ line: 'Mobilité', count: 'mobility', amount: 'mobilityAmount' },
					{ line: 'Salariés en difficulté', count: 'difficulty', amount: 'difficultyAmount' }
				].flatMap(({ line, count, amount }) => [
					{ ...indicator(PATHWAYS, 'aids', `${line} : aides`, [count]), measure: line },
					{ ...indicator(PATHWAYS, 'euros', `${line} : montant`, [amount]), measure: line }
				]),
				{
					...indicator(PATHWAYS, 'aids', 'Garanties VISALE', ['visale']),
					measure: 'Garanties VISALE',
					included: true
				},
				{
					...indicator(PATHWAYS, 'households', 'Ménages logés dans le parc conventionné', [
						'households'
					]),
					included: true
				},
				indicator(NEW_HOUSING, 'euros', 'Concours aux bailleurs sociaux', ['landlordsAmount']),
				indicator(NEW_HOUSING, 'dwellings', 'Logements des nouveaux programmes', ['dwellings']),
				indicator(
					NEW_HOUSING,
					'percent',
					'Répartition des logements par produit',
					['plus', 'PLUS'],
					['plai', 'PLAI'],
					['pls', 'PLS'],
					['li', 'LI']
				)
			],
			undertakings: [
				'attractiveness',
				'knowledge',
				'economy',
				'inclusion',
				'transition',
				'institutions'
			].map((passage) => ({ passage, owner: null })),
			districts: [
				{ name: 'Le Mail', communeCode: '21166', passage: 'mail' },
				{ name: 'La Fontaine d’Ouche', communeCode: '21231', passage: 'fontaine' }
			]
		}
	}
};
