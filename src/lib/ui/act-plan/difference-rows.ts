import type { MoneyDifference, PlanDifference } from '#lib/domain/act/plan/plan-difference.ts';
import { formatDay, type Day } from '#lib/domain/day.ts';
import { formatEuros, type Cents } from '#lib/domain/money.ts';
import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';
import type { Column } from '#lib/ui/table/column.ts';

export type DifferenceRow = {
	key: string;
	what: string;
	before: string;
	after: string;
	delta: string;
};

export const DIFFERENCE_COLUMNS: readonly Column[] = [
	{ key: 'what', label: 'Ce qui change', header: true },
	{ key: 'before', label: 'Avant', numeric: true },
	{ key: 'after', label: 'Après', numeric: true },
	{ key: 'delta', label: 'Écart', numeric: true }
];

/**
 * What an act changes, line by line: the sum of each envelope, its years, its days, its payments. The
 * days of what is new are said where it is.
 */
export function listDifferences({ programmeEndsOn, envelopes }: PlanDifference): DifferenceRow[] {
	return [
		...(programmeEndsOn?.before
			? [dayRow('programme', 'Fin du programme', programmeEndsOn.before, programmeEndsOn.after)]
			: []),
		...envelopes.flatMap(({ key, label, promised, years, endsOn, instalments }) => [
			...(promised.deltaCents === 0n ? [] : [moneyRow(key, `${label} : somme promise`, promised)]),
			...(years.length < 2
				? []
				: years.map((year) =>
						moneyRow(`${key}-${year.fiscalYear}`, `${label} : exercice ${year.fiscalYear}`, year)
					)),
			...(endsOn?.before
				? [dayRow(`${key}-fin`, `${label} : fin`, endsOn.before, endsOn.after)]
				: []),
			...instalments.map((instalment) =>
				moneyRow(
					`${key}-${instalment.dueOn}`,
					`${label} : échéance du ${formatDay(instalment.dueOn)}`,
					instalment
				)
			)
		])
	];
}

const NONE = '–';

const sum = (amount: Cents | null): string => (amount === null ? NONE : formatEuros(amount));

const moneyRow = (key: string, what: string, difference: MoneyDifference): DifferenceRow => ({
	key,
	what: what.replace(' :', `${NO_BREAK_SPACE}:`),
	before: sum(difference.beforeCents),
	after: sum(difference.afterCents),
	delta: `${difference.deltaCents > 0n ? `+${NO_BREAK_SPACE}` : ''}${formatEuros(difference.deltaCents)}`
});

const dayRow = (key: string, what: string, before: Day | null, after: Day): DifferenceRow => ({
	key,
	what: what.replace(' :', `${NO_BREAK_SPACE}:`),
	before: before ? formatDay(before) : NONE,
	after: formatDay(after),
	delta: ''
});
