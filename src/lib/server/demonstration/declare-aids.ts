import { addMonths, day, lastDayOfMonth, type Day } from '#lib/domain/day.ts';
import {
	amountCell,
	countCell,
	ENVELOPE_ROW,
	measureRow,
	type CellKey
} from '#lib/domain/declaration-cell.ts';
import type { EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import { AIDS, HOUSEHOLDS } from '#lib/server/demonstration/aids.ts';
import type { DeclaredAids } from '#lib/server/demonstration/build-aids.ts';
import { idOf } from '#lib/server/demonstration/id-of.ts';
import {
	by,
	typedAmount,
	type DeclarationStory,
	type Step,
	type TypedCell
} from '#lib/server/demonstration/step.ts';

const ENVELOPE = 'Parcours résidentiel et professionnel des salariés';
/** What was counted too much before the first declaration was returned. */
const MISCOUNTED = { indicator: 'Mobilité : aides', measure: 'Mobilité', by: 18 };

/** Three quarters that finance accepted, the first of them only once it was corrected, and a draft. */
export function declareAids(
	programme: EnteredProgramme,
	organisationId: string,
	declared: DeclaredAids
): DeclarationStory[] {
	const story = (startsOn: Day, steps: Step[]): DeclarationStory => ({
		envelopeId: idOf(programme.envelopes, ENVELOPE),
		organisationId,
		period: { startsOn, endsOn: lastDayOfMonth(addMonths(startsOn, 2)) },
		steps
	});
	const typed = (quarter: number): TypedCell[] => typedQuarter(programme, declared, quarter);
	const mobility = measureRow(idOf(programme.measures, MISCOUNTED.measure));
	const miscounted = countOf(programme, mobility, MISCOUNTED.indicator);
	const right = typed(0).find(([key]) => key === miscounted)?.[1];

	return [
		story(day('2021-07-01'), [
			{ ...by('partenaire', day('2021-10-06')), action: 'create' },
			{ ...by('partenaire', day('2021-10-06'), 12), action: 'type', cells: typed(0) },
			{
				...by('partenaire', day('2021-10-06'), 20),
				action: 'type',
				cells: [[miscounted, String(Number(right) + MISCOUNTED.by)]]
			},
			{ ...by('partenaire', day('2021-10-19'), 34), action: 'attach', file: 'aids-2021-q3' },
			{ ...by('partenaire', day('2021-10-19'), 41), action: 'submit' },
			{
				...by('finances', day('2021-10-26'), 15),
				action: 'remark',
				rowKey: mobility,
				text: `L’état joint compte ${MISCOUNTED.by} aides de moins.`
			},
			{
				...by('finances', day('2021-10-26'), 18),
				action: 'return',
				text: 'Le nombre d’aides à la mobilité ne correspond pas à l’état joint. Corrigez cette ligne, puis transmettez à nouveau.'
			},
			{
				...by('collegue', day('2021-11-08'), 50),
				action: 'type',
				cells: [[miscounted, right ?? '']]
			},
			{ ...by('collegue', day('2021-11-08'), 55), action: 'submit' },
			{ ...by('finances', day('2021-11-22'), 25), action: 'accept' }
		]),
		story(day('2021-10-01'), [
			{ ...by('partenaire', day('2022-01-04'), 95), action: 'create' },
			{ ...by('partenaire', day('2022-01-04'), 110), action: 'type', cells: typed(1) },
			{ ...by('partenaire', day('2022-01-20'), 5), action: 'attach', file: 'aids-2021-q4' },
			{ ...by('partenaire', day('2022-01-20'), 9), action: 'submit' },
			{ ...by('finances', day('2022-02-03'), 130), action: 'accept' }
		]),
		story(day('2022-01-01'), [
			{ ...by('collegue', day('2022-04-05'), 61), action: 'create' },
			{ ...by('collegue', day('2022-04-05'), 74), action: 'type', cells: typed(2) },
			{ ...by('partenaire', day('2022-04-21'), 22), action: 'attach', file: 'aids-2022-q1' },
			{ ...by('partenaire', day('2022-04-21'), 31), action: 'submit' },
			{ ...by('finances', day('2022-05-05'), 45), action: 'accept' }
		]),
		story(day('2022-04-01'), [
			{ ...by('partenaire', day('2022-06-30'), 170), action: 'create' },
			{
				...by('partenaire', day('2022-06-30'), 190),
				action: 'type',
				cells: typedDraft(programme, 0, 3)
			},
			{ ...by('collegue', day('2022-06-30'), 212), action: 'type', cells: typedDraft(programme, 3) }
		])
	];
}

/** What was typed for a declared quarter: an amount a measure that is cash, and every count. */
function typedQuarter(
	programme: EnteredProgramme,
	declared: DeclaredAids,
	quarter: number
): TypedCell[] {
	const measures = AIDS.map(({ measure, indicator }) => ({
		row: measureRow(idOf(programme.measures, measure)),
		indicator
	}));
	const rows = [...measures, { row: ENVELOPE_ROW, indicator: HOUSEHOLDS.indicator }];
	return rows.flatMap(({ row, indicator }) => {
		const { amountsCents, counts } = declared.get(indicator) ?? { amountsCents: null, counts: [] };
		const amount = amountsCents?.[quarter];
		return [
			...(amount === undefined ? [] : [[amountCell(row), typedAmount(amount)] as const]),
			[countOf(programme, row, indicator), String(counts[quarter] ?? '')] as const
		];
	});
}

/** The draft as far as it goes: the households are still to be asked for. */
function typedDraft(programme: EnteredProgramme, from: number, to?: number): TypedCell[] {
	return AIDS.slice(from, to).flatMap(({ measure, indicator, paid, typed }) => {
		const row = measureRow(idOf(programme.measures, measure));
		const amount = typed.amount ?? (paid && typedAmount(paid.pendingCents));
		return [
			...(amount === null ? [] : [[amountCell(row), amount] as const]),
			[countOf(programme, row, indicator), String(typed.count)] as const
		];
	});
}

const countOf = (programme: EnteredProgramme, row: string, indicator: string): CellKey =>
	countCell(row, {
		indicatorId: idOf(programme.indicators, indicator),
		product: null,
		stage: null,
		communeCode: null
	});
