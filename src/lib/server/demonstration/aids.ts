import { cents, type Cents } from '#lib/domain/money.ts';

/** The aids of a measure up to 30 June 2022, and in the six months after. */
export type AidsOfMeasure = {
	measure: string;
	indicator: string;
	/** Null where the aid is not cash. */
	paid: { firstCents: Cents; lastCents: Cents; pendingCents: Cents } | null;
	count: { first: number; last: number };
};

/** Invented, at the scale of what the act says of 2017-2019. */
export const AIDS: readonly AidsOfMeasure[] = [
	{
		measure: 'Accession et travaux',
		indicator: 'Accession et travaux : aides',
		paid: {
			firstCents: cents(391_248_630n),
			lastCents: cents(74_291_375n),
			pendingCents: cents(6_184_040n)
		},
		count: { first: 241, last: 45 }
	},
	{
		measure: 'Sécurisation locative',
		indicator: 'Sécurisation locative : aides',
		paid: {
			firstCents: cents(624_032_785n),
			lastCents: cents(127_140_620n),
			pendingCents: cents(11_936_515n)
		},
		count: { first: 4870, last: 968 }
	},
	{
		measure: 'Garanties VISALE',
		indicator: 'Garanties VISALE',
		paid: null,
		count: { first: 1990, last: 392 }
	},
	{
		measure: 'Mobilité',
		indicator: 'Mobilité : aides',
		paid: {
			firstCents: cents(179_021_460n),
			lastCents: cents(39_105_845n),
			pendingCents: cents(3_407_220n)
		},
		count: { first: 1402, last: 301 }
	},
	{
		measure: 'Salariés en difficulté',
		indicator: 'Salariés en difficulté : aides',
		paid: {
			firstCents: cents(20_819_055n),
			lastCents: cents(4_122_790n),
			pendingCents: cents(418_065n)
		},
		count: { first: 356, last: 71 }
	}
];

/** Households housed in the stock of the landlords, counted without any aid. */
export const HOUSEHOLDS = {
	indicator: 'Ménages logés dans le parc conventionné',
	count: { first: 1128, last: 236 }
};
