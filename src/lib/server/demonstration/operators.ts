/** What the métropole commits to an invented operator each year, by measure, in cents. */
export type OperatorAgreement = {
	measure: string;
	operator: string;
	cents: { 2021: bigint; 2022: bigint };
};

export const OPERATOR_AGREEMENTS: readonly OperatorAgreement[] = [
	{
		measure: 'Mobilisation du parc public',
		operator: 'A',
		cents: { 2021: 6_240_000n, 2022: 6_415_060n }
	},
	{
		measure: 'Plateforme logement pour le parc privé',
		operator: 'B',
		cents: { 2021: 14_825_045n, 2022: 15_190_530n }
	},
	{
		measure: 'Mesures d’accompagnement renforcées',
		operator: 'C',
		cents: { 2021: 12_673_020n, 2022: 12_840_275n }
	},
	{
		measure: 'Aller vers, pour éviter l’expulsion',
		operator: 'D',
		cents: { 2021: 8_230_015n, 2022: 8_356_090n }
	},
	{
		measure: 'Sécurisation des fragilités identifiées',
		operator: 'C',
		cents: { 2021: 5_164_080n, 2022: 5_218_035n }
	},
	{
		measure: 'Place des publics, pratiques, évaluation',
		operator: 'E',
		cents: { 2021: 1_418_050n, 2022: 1_865_025n }
	}
];

/** When each year's agreements are signed, and which percentages of them are to be paid around which days. */
export const OPERATOR_YEARS = [
	{
		year: 2021,
		signedOn: '2021-10-12',
		payments: [
			{ label: 'Acompte 2021', on: '2021-10-28', percent: 60n },
			{ label: 'Deuxième acompte 2021', on: '2021-12-06', percent: 30n },
			{ label: 'Solde 2021', on: '2022-03-22', percent: 10n }
		]
	},
	{
		year: 2022,
		signedOn: '2022-02-01',
		payments: [
			{ label: 'Acompte 2022', on: '2022-02-24', percent: 50n },
			{ label: 'Deuxième acompte 2022', on: '2022-06-07', percent: 10n },
			{ label: 'Troisième acompte 2022', on: '2022-09-15', percent: 30n },
			{ label: 'Quatrième acompte 2022', on: '2022-12-05', percent: 6n }
		]
	}
] as const;

/** The State pays each year in two halves. From 2022 on it declares them. */
export const RECEIPTS = [
	{ label: 'Premier versement de l’État pour 2021', on: '2021-11-18' },
	{ label: 'Second versement de l’État pour 2021', on: '2021-12-16' }
] as const;

export const RECEIPT_CENTS = 24_700_000n;
