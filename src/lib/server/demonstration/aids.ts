import { cents, type Cents } from '#lib/domain/money.ts';

/** The aids of a measure up to March 2022, and those of the quarter that is being declared. */
export type AidsOfMeasure = {
	measure: string;
	indicator: string;
	/** Null where the aid is not cash. Granted in the last quarter, they are not paid as long as nobody has declared it. */
	paid: { paidCents: Cents; pendingCents: Cents } | null;
	count: number;
	/** As they stand in the draft of the last quarter; the amount only where it is not what was granted. */
	typed: { count: number; amount?: string };
};

/** Invented, at the scale of what the act says of 2017-2019. */
export const AIDS: readonly AidsOfMeasure[] = [
	{
		measure: 'Accession et travaux',
		indicator: 'Accession et travaux : aides',
		paid: { paidCents: cents(391_248_630n), pendingCents: cents(41_230_000n) },
		count: 241,
		typed: { count: 27 }
	},
	{
		measure: 'Sécurisation locative',
		indicator: 'Sécurisation locative : aides',
		paid: { paidCents: cents(624_032_785n), pendingCents: cents(68_421_050n) },
		count: 4870,
		typed: { count: 531 }
	},
	{
		measure: 'Garanties VISALE',
		indicator: 'Garanties VISALE',
		paid: null,
		count: 1990,
		typed: { count: 208 }
	},
	{
		measure: 'Mobilité',
		indicator: 'Mobilité : aides',
		paid: { paidCents: cents(179_021_460n), pendingCents: cents(19_000_000n) },
		count: 1402,
		// A digit too many: the page asks about it before it can be sent.
		typed: { count: 143, amount: '4 190 000,00' }
	},
	{
		measure: 'Salariés en difficulté',
		indicator: 'Salariés en difficulté : aides',
		paid: { paidCents: cents(20_819_055n), pendingCents: cents(2_140_000n) },
		count: 356,
		typed: { count: 38 }
	}
];

/** Households housed in the stock of the landlords, counted without any aid. */
export const HOUSEHOLDS = { indicator: 'Ménages logés dans le parc conventionné', count: 1128 };
