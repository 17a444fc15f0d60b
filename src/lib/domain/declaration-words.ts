import type { CountField } from '#lib/domain/declaration.ts';
import type { Circuit } from '#lib/domain/envelope.ts';
import type { IndicatorUnit } from '#lib/domain/indicator.ts';

/** What a row of a declaration asks the amount of. What the State pays, it pays to the métropole. */
export const amountLabel = (circuit: Circuit): string =>
	circuit === 'earmarked_revenue' ? 'Montant versé à la métropole (€)' : 'Montant versé (€)';

const UNITS: Record<IndicatorUnit, string> = {
	aids: 'Aides',
	households: 'Ménages',
	dwellings: 'Logements',
	euros: 'Euros',
	percent: 'Pourcentage'
};

/** What is counted, in a word: the row says of what. */
export const countLabel = ({ unit }: Pick<CountField, 'unit'>): string => UNITS[unit];
