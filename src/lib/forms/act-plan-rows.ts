import { z } from 'zod';
import type {
	PlannedAllocation,
	PlannedInstalment,
	PlannedMeasure
} from '#lib/domain/act/plan/plan.ts';
import type { Instrument } from '#lib/domain/envelope.ts';
import {
	neededDay,
	neededWords,
	optionalChoiceOf,
	optionalPassage,
	words
} from '#lib/forms/act-plan-fields.ts';
import { listRows, type Problems, type Typed } from '#lib/forms/typed-rows.ts';

export const INSTRUMENTS: readonly Instrument[] = ['grant', 'loan', 'guarantee', 'service'];

type Known = { passages: ReadonlySet<string> };

/** What is promised, a row a fiscal year: an envelope has one at least. */
export function checkAllocations(
	problems: Problems,
	typed: Typed,
	{ passages }: Known
): PlannedAllocation[] {
	const row = z.object({
		year: z.string().regex(/^(19|20)\d\d$/, 'Indiquez un exercice, par exemple 2022.'),
		label: neededWords('Dites en quelques mots ce qui est promis.'),
		passage: optionalPassage(passages)
	});
	const rows = listRows(typed, 'allocations').filter(
		({ row: { year = '', label = '' } }) => year !== '' || label !== ''
	);
	const allocations = rows.flatMap(({ index, row: own }) => {
		const values = problems.check(row, own, `allocations.${index}.`);
		return values
			? [{ fiscalYear: Number(values.year), label: values.label, passage: values.passage }]
			: [];
	});
	if (rows.length === 0) {
		problems.add('allocations.0.year', 'Indiquez au moins un exercice, par exemple 2022.');
	}
	return allocations;
}

/** When it is awaited, a row a day; a row without a day is none. */
export function checkInstalments(
	problems: Problems,
	typed: Typed,
	{ passages }: Known
): PlannedInstalment[] {
	const row = z.object({
		dueOn: neededDay('Indiquez un jour, par exemple 31/12/2022.'),
		passage: optionalPassage(passages)
	});
	return listRows(typed, 'instalments')
		.filter(({ row: { dueOn = '' } }) => dueOn !== '')
		.flatMap(({ index, row: own }) => problems.check(row, own, `instalments.${index}.`) ?? []);
}

/** A row that is ticked stands in the measure above it: two levels are enough. */
export function checkMeasures(
	problems: Problems,
	typed: Typed,
	{ passages }: Known
): PlannedMeasure[] {
	const row = z.object({
		key: words(80),
		label: neededWords('Donnez un nom à cette mesure.', 120),
		passage: optionalPassage(passages),
		instrument: optionalChoiceOf(INSTRUMENTS)
	});
	const measures: (PlannedMeasure & { children: PlannedMeasure[] })[] = [];
	const keys = new Set<string>();
	for (const { index, row: own } of listRows(typed, 'measures')) {
		if ((own.label ?? '') === '') continue;
		const values = problems.check(row, own, `measures.${index}.`);
		if (!values) continue;
		const key =
			values.key !== '' && !keys.has(values.key) ? values.key : `mesure-${index}-${keys.size}`;
		keys.add(key);
		const measure = { ...values, key, children: [] };
		const above = measures.at(-1);
		if (own.under === undefined) measures.push(measure);
		else if (above) above.children.push(measure);
		else {
			problems.add(
				`measures.${index}.under`,
				'La première mesure n’est dans aucune autre : décochez, ou changez l’ordre.'
			);
		}
	}
	return measures;
}
