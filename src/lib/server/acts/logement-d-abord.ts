import type { PlannedMeasure } from '#lib/domain/act/plan/plan.ts';
import { day } from '#lib/domain/day.ts';
import type { Act, ShippedAct } from '#lib/server/acts/act.ts';
import { headerPassages } from '#lib/server/acts/header-passages.ts';

const reasons = { section: 'statement_of_reasons' } as const;
const decision = { section: 'decision' } as const;

/** 30 September 2021: the agreement "Logement d'abord" with the State. */
const ACT = {
	slug: '2021-09-30-logement-d-abord',
	file: '2021-09-30-logement-d-abord.txt',
	title: "Programme Territoire accéléré Logement d'abord – Convention avec l'Etat",
	theme: 'Développement économique, attractivité et solidarités',
	president: 'REBSAMEN',
	secretary: 'LACHAMBRE',
	passages: {
		...headerPassages({
			sitting: '30 septembre 2021',
			convened: '24 septembre 2021',
			members: '86',
			present: '75',
			inOffice: '86',
			proxies: '8',
			votesFor: '83',
			votesAgainst: '0',
			abstentions: '0',
			notVoting: '0'
		}),

		candidature: { quote: "appel à manifestation d'intérêt", kind: 'words', ...reasons },
		horizon: { quote: 'cinq ans', kind: 'words', ...reasons },
		yearly: {
			quote: '494 000 €',
			within: 'enveloppe annuelle de 494 000 €',
			kind: 'amount',
			...reasons
		},
		coveredUntil: { quote: "l'année 2022", kind: 'words', ...reasons },
		coveredYears: { quote: 'deux années', kind: 'words', ...reasons },

		access: {
			quote: "faciliter l'accès au logement pour les personnes qui en sont privées",
			kind: 'words',
			...reasons
		},
		publicHousing: { quote: 'par la mobilisation du parc public', kind: 'words', ...reasons },
		platform: {
			quote:
				"par la création d'une plateforme logement qui assurera la captation de logements dans le parc privé et la gestion locative adaptée afférente",
			kind: 'words',
			...reasons
		},
		support: {
			quote:
				"par le renforcement de mesures d'accompagnement visant à consolider l'arrivée dans le logement",
			kind: 'words',
			...reasons
		},
		keeping: { quote: 'rendre possible le maintien dans le logement', kind: 'words', ...reasons },
		outreach: {
			quote:
				"en prenant appui sur une démarche d'aller vers visant à éviter la dégradation de certaines situations pouvant amener à l'expulsion",
			kind: 'words',
			...reasons
		},
		securing: {
			quote: 'en sécurisant certaines fragilités identifiées dans la prise en charge des publics',
			kind: 'words',
			...reasons
		},
		tripleConcern: {
			quote:
				"mener ce travail dans le triple souci de la place des publics dans ce projet, de l'accompagnement au changement des pratiques des professionnels et d'une évaluation régulière de l'efficacité des actions",
			kind: 'words',
			...reasons
		},

		agreement: {
			quote: "la convention Logement d'abord annexée à la présente délibération",
			kind: 'words',
			...decision
		},
		grant: {
			quote: '494 000 €',
			within: 'subvention annuelle de 494 000 €',
			kind: 'amount',
			...decision
		},
		grantPurpose: {
			quote: 'la mise en œuvre opérationnelle de la présente convention',
			kind: 'words',
			...decision
		}
	},
	decisions: [
		{
			verb: 'autoriser',
			quote:
				"Monsieur le Président à signer la convention Logement d'abord annexée à la présente délibération, et à y apporter, le cas échéant, des modifications de détails ne remettant pas en cause son économie générale"
		},
		{
			verb: 'approuver',
			quote:
				"le versement d'une subvention annuelle de 494 000 € par l'État permettant la mise en œuvre opérationnelle de la présente convention"
		},
		{
			verb: 'prélever',
			quote: 'les crédits nécessaires au déploiement de cette convention'
		}
	]
} satisfies Act;

const period = { startsOn: day('2021-01-01'), endsOn: day('2022-12-31') };

const measure = (
	label: string,
	passage: string,
	children: readonly PlannedMeasure[] = []
): PlannedMeasure => ({ key: label, label, passage, instrument: null, children });

/**
 * What the act promises: 494 000 € in 2021 and again in 2022, from the State to the métropole, which
 * pays its operators with it. The total is written nowhere. The candidature was retained for five
 * years from 2021; no act covers 2023 to 2025.
 */
export const LOGEMENT_D_ABORD: ShippedAct = {
	act: ACT,
	plan: {
		// The parties are entered before the acts, under their names.
		newParties: [],
		programme: {
			of: {
				kind: 'new',
				slug: 'logement-d-abord-2021-2022',
				name: 'Logement d’abord 2021-2022',
				summary:
					'Subvention annuelle de l’État à la métropole, fléchée vers l’accès au logement et le maintien dans le logement des personnes les plus fragiles.',
				...period
			},
			horizon: { endsOn: day('2025-12-31'), passage: 'horizon' },
			visible: true,
			agreements: [
				{
					key: 'agreement',
					title: 'Convention Logement d’abord',
					passage: 'agreement',
					amends: null,
					adoptedHere: true,
					effectiveOn: day('2021-09-30'),
					...period
				}
			],
			envelopes: [
				{
					key: 'grant',
					of: {
						kind: 'new',
						label: 'Logement d’abord',
						purpose: 'grantPurpose',
						funder: { newParty: 'État (DIHAL)' },
						partner: null,
						circuit: 'earmarked_revenue',
						strength: 'firm',
						instrument: null,
						...period
					},
					agreement: { planned: 'agreement' },
					passage: 'grant',
					allocations: [
						{ fiscalYear: 2021, label: 'Subvention annuelle de l’État pour 2021', passage: null },
						{ fiscalYear: 2022, label: 'Subvention annuelle de l’État pour 2022', passage: null }
					],
					instalments: [
						{ dueOn: day('2021-12-31'), passage: null },
						{ dueOn: day('2022-12-31'), passage: null }
					],
					measures: [
						measure('Faciliter l’accès au logement', 'access', [
							measure('Mobilisation du parc public', 'publicHousing'),
							measure('Plateforme logement pour le parc privé', 'platform'),
							measure('Mesures d’accompagnement renforcées', 'support')
						]),
						measure('Rendre possible le maintien dans le logement', 'keeping', [
							measure('Aller vers, pour éviter l’expulsion', 'outreach'),
							measure('Sécurisation des fragilités identifiées', 'securing')
						]),
						measure('Place des publics, pratiques, évaluation', 'tripleConcern')
					]
				}
			],
			indicators: [],
			undertakings: [],
			districts: []
		}
	}
};
