import { z } from 'zod';
import type { PlannedIndicator, PlannedValue } from '#lib/domain/act/plan/plan.ts';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { mergeShares, productOf, unitOf } from '#lib/domain/act/plan/suggest-indicators.ts';
import type { YearsRead } from '#lib/domain/act/plan/suggest-period.ts';
import { parseDay } from '#lib/domain/day.ts';
import {
	choiceOf,
	LAST_DAY_FIRST,
	neededWords,
	optionalChoiceOf,
	optionalDay,
	ticked
} from '#lib/forms/act-plan-fields.ts';
import { listRows, Problems, typeRows, type Checked, type Typed } from '#lib/forms/typed-rows.ts';

export const UNITS: readonly PlannedIndicator['unit'][] = [
	'euros',
	'aids',
	'households',
	'dwellings',
	'percent'
];
export const PRODUCTS: readonly NonNullable<PlannedValue['product']>[] = [
	'PLAI',
	'PLUS',
	'PLS',
	'LI'
];
export const VALUE_KINDS: readonly PlannedValue['kind'][] = ['baseline', 'target'];

/** What is chosen where no period of the list fits. */
export const OTHER_PERIOD = 'other';

/** Where a figure belongs, as a list of choices carries it: an envelope, or a measure of it. */
export const typeHome = (envelope: string | null, measure: string | null): string =>
	[envelope, measure].filter((key) => key !== null).join('/');

export const typePeriod = ({ startsOn, endsOn }: YearsRead): string => `${startsOn}_${endsOn}`;

/** The fields of the page: a row a figure, those that the plan follows first and in its order. */
export function typeIndicators(
	indicators: readonly PlannedIndicator[],
	figures: readonly PlanPassage[]
): Typed {
	const followed = indicators.flatMap(({ values, ...indicator }) =>
		values.map((value) => ({
			passage: value.passage,
			keep: value.kind,
			label: indicator.label,
			unit: indicator.unit,
			home: typeHome(indicator.envelope, indicator.measure),
			period: typePeriod(value),
			product: value.product ?? '',
			...(indicator.included ? { included: 'oui' } : {})
		}))
	);
	const others = figures
		.filter(({ key }) => !followed.some(({ passage }) => passage === key))
		.map((figure) => ({
			passage: figure.key,
			keep: '',
			label: '',
			unit: unitOf(figure),
			home: '',
			period: '',
			product: productOf(figure) ?? ''
		}));
	return typeRows('figures', [...followed, ...others]);
}

type Known = {
	figures: readonly PlanPassage[];
	/** As `typeHome` writes them. */
	homes: readonly string[];
};

/** What was typed as the figures that are followed. A share stays a share, whatever is chosen beside it. */
export function checkIndicators(typed: Typed, known: Known): Checked<PlannedIndicator[]> {
	const problems = new Problems();
	const other = checkOtherPeriod(problems, typed);
	const indicators = listRows(typed, 'figures').flatMap(({ index, row }) => {
		const figure = known.figures.find(({ key }) => key === row.passage);
		if (!figure || (row.keep ?? '') === '') return [];
		const at = `figures.${index}.`;
		const values = problems.check(
			z.object({
				keep: choiceOf(VALUE_KINDS, 'Choisissez dans la liste.'),
				label: neededWords('Donnez un nom à ce qui est compté.', 160),
				unit: choiceOf(UNITS, 'Choisissez ce qui est compté.'),
				home: optionalChoiceOf(known.homes),
				product: optionalChoiceOf(PRODUCTS),
				included: ticked
			}),
			row,
			at
		);
		const period = readPeriod(row.period ?? '', other);
		if (!period) problems.add(`${at}period`, 'Dites de quelles années ce chiffre parle.');
		if (!values || !period) return [];
		const wrong = explainUnit(figure, values.unit);
		if (wrong) problems.add(`${at}unit`, wrong);
		const [envelope = null, measure = null] = values.home?.split('/') ?? [];
		const { label, unit, included, keep, product } = values;
		const value = { kind: keep, passage: figure.key, product, ...period };
		return [{ indicatorId: null, label, unit, envelope, measure, included, values: [value] }];
	});
	if (!problems.none) return { errors: problems.errors };
	return { values: mergeShares(indicators) };
}

/** The sort of a figure is that of its passage: money is euros, a percentage is a share, and neither becomes a count. */
function explainUnit({ value }: PlanPassage, unit: PlannedIndicator['unit']): string | null {
	if ((value.type === 'amount') !== (unit === 'euros')) {
		return value.type === 'amount'
			? 'Ce passage est un montant : il se compte en euros.'
			: 'Ce passage n’est pas un montant : il ne se compte pas en euros.';
	}
	if ((value.type === 'percentage') === (unit === 'percent')) return null;
	return value.type === 'percentage'
		? 'Ce passage est un pourcentage : aucun nombre n’en est déduit.'
		: 'Ce passage est un nombre, et non un pourcentage.';
}

function checkOtherPeriod(problems: Problems, typed: Typed): YearsRead | null {
	const values = problems.check(
		z.object({ otherStartsOn: optionalDay, otherEndsOn: optionalDay }),
		typed
	);
	const isAsked = listRows(typed, 'figures').some(
		({ row }) => row.keep !== '' && row.period === OTHER_PERIOD
	);
	if (!values || !isAsked) return null;
	const { otherStartsOn: startsOn, otherEndsOn: endsOn } = values;
	if (!startsOn) problems.add('otherStartsOn', 'Indiquez le premier jour de cette autre période.');
	if (!endsOn) problems.add('otherEndsOn', 'Indiquez le dernier jour de cette autre période.');
	if (!startsOn || !endsOn) return null;
	if (endsOn < startsOn) problems.add('otherEndsOn', LAST_DAY_FIRST);
	return { startsOn, endsOn };
}

function readPeriod(text: string, other: YearsRead | null): YearsRead | null {
	if (text === OTHER_PERIOD) return other;
	const [first = '', last = ''] = text.split('_');
	const [startsOn, endsOn] = [parseDay(first), parseDay(last)];
	return startsOn && endsOn && startsOn <= endsOn ? { startsOn, endsOn } : null;
}
