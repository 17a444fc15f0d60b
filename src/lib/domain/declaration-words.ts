import type { CellKey } from '#lib/domain/declaration-cell.ts';
import { newOperationRows } from '#lib/domain/declaration-rows.ts';
import type { CountField, DeclarationShape } from '#lib/domain/declaration.ts';
import type { Circuit } from '#lib/domain/envelope.ts';
import type { IndicatorUnit } from '#lib/domain/indicator.ts';
import { typeset } from '#lib/domain/typography.ts';

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

/** What is wrong with a field, said away from it: `Mobilité : ce montant ne peut pas être lu.` */
export function sayProblem(
	shape: DeclarationShape,
	{ key, message }: { key: CellKey; message: string }
): string {
	const row = [...shape.rows, ...newOperationRows(shape)].find((one) =>
		key.startsWith(`${one.key}.`)
	);
	if (!row) return message;
	return typeset(`${row.label} : ${message.charAt(0).toLowerCase()}${message.slice(1)}`);
}
