import { day, lastDayOfMonth } from '#lib/domain/day.ts';
import {
	amountCell,
	commentCell,
	communeCell,
	correctsCell,
	countCell,
	landlordCell,
	nameCell,
	newOperationRow,
	operationRow
} from '#lib/domain/declaration-cell.ts';
import { PRODUCTS } from '#lib/domain/dwelling.ts';
import type { EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import type { DeclaredFact } from '#lib/server/demonstration/build-developments.ts';
import { idOf } from '#lib/server/demonstration/id-of.ts';
import {
	by,
	typedAmount,
	type DeclarationStory,
	type Step,
	type TypedCell
} from '#lib/server/demonstration/step.ts';

const ENVELOPE = 'Nouveaux programmes à loyer modéré et intermédiaire';
const INDICATOR = 'Logements des nouveaux programmes';

/** Six months of operations: three accepted, one reopened, one returned, and one that waits for finance. */
export function declareDevelopments(
	programme: EnteredProgramme,
	organisationId: string,
	declared: readonly DeclaredFact[],
	operations: ReadonlyMap<string, string>
): DeclarationStory[] {
	const typed = (month: string): TypedCell[] =>
		declared
			.filter(({ on }) => on.startsWith(month))
			.flatMap((fact) => typedFact(fact, idOf(programme.indicators, INDICATOR)));
	const story = (month: string, steps: Step[]): DeclarationStory => ({
		envelopeId: idOf(programme.envelopes, ENVELOPE),
		organisationId,
		period: { startsOn: day(`${month}-01`), endsOn: lastDayOfMonth(day(`${month}-01`)) },
		steps
	});
	const levant = operationRow(idOf(operations, 'Les Terrasses du Levant'));
	const tilleuls = operationRow(idOf(operations, 'Le Clos des Tilleuls'));

	return [
		story('2022-01', [
			{ ...by('partenaire', day('2022-02-07'), 30), action: 'create' },
			{ ...by('partenaire', day('2022-02-07'), 44), action: 'type', cells: typed('2022-01') },
			{ ...by('partenaire', day('2022-02-09'), 8), action: 'attach', file: 'operations-2022-01' },
			{ ...by('partenaire', day('2022-02-09'), 12), action: 'submit' },
			{ ...by('finances', day('2022-02-21'), 70), action: 'accept' }
		]),
		story('2022-02', [
			{ ...by('partenaire', day('2022-03-08'), 14), action: 'create' },
			{ ...by('partenaire', day('2022-03-08'), 32), action: 'type', cells: typed('2022-02') },
			{ ...by('partenaire', day('2022-03-10'), 47), action: 'attach', file: 'operations-2022-02' },
			{ ...by('partenaire', day('2022-03-10'), 50), action: 'submit' },
			{ ...by('finances', day('2022-03-22'), 15), action: 'accept' }
		]),
		story('2022-03', [
			{ ...by('partenaire', day('2022-04-07'), 20), action: 'create' },
			{ ...by('partenaire', day('2022-04-07'), 41), action: 'type', cells: typed('2022-03') },
			{ ...by('partenaire', day('2022-04-11'), 62), action: 'attach', file: 'operations-2022-03' },
			{ ...by('partenaire', day('2022-04-11'), 66), action: 'submit' },
			{ ...by('finances', day('2022-04-26'), 33), action: 'accept' }
		]),
		story('2022-04', [
			{ ...by('partenaire', day('2022-05-09'), 5), action: 'create' },
			{ ...by('partenaire', day('2022-05-09'), 19), action: 'type', cells: typed('2022-04') },
			{ ...by('partenaire', day('2022-05-12'), 71), action: 'attach', file: 'operations-2022-04' },
			{ ...by('partenaire', day('2022-05-12'), 75), action: 'submit' },
			{ ...by('finances', day('2022-05-24'), 28), action: 'accept' },
			{
				...by('finances', day('2022-06-21'), 52),
				action: 'reopen',
				text: 'La banque a rejeté le versement à La Closerie : il n’a pas eu lieu. Transmettez à nouveau avril sans cette ligne.'
			}
		]),
		story('2022-05', [
			{ ...by('partenaire', day('2022-06-07'), 12), action: 'create' },
			{ ...by('partenaire', day('2022-06-07'), 26), action: 'type', cells: typed('2022-05') },
			{
				...by('partenaire', day('2022-06-09'), 40),
				action: 'attach',
				file: 'notice-2022-05',
				rowKey: levant
			},
			{ ...by('partenaire', day('2022-06-09'), 43), action: 'submit' },
			{
				...by('finances', day('2022-06-23'), 31),
				action: 'remark',
				rowKey: levant,
				text: 'L’avis joint est de 136 150,44 € : il manque celui du reste, ou le montant est à corriger.'
			},
			{
				...by('finances', day('2022-06-23'), 36),
				action: 'return',
				text: 'Le montant des Terrasses du Levant dépasse l’avis de versement joint. Corrigez-le, ou joignez l’avis qui manque.'
			},
			{
				...by('partenaire', day('2022-06-24'), 17),
				action: 'message',
				text: 'Merci. Le second avis est chez le bailleur, nous le lui demandons aujourd’hui.'
			},
			{
				...by('finances', day('2022-06-27'), 9),
				action: 'message',
				text: 'Très bien. Joignez-le à la ligne, nous reprenons l’examen dès votre envoi.'
			},
			{
				...by('partenaire', day('2022-06-28'), 88),
				action: 'message',
				text: 'Nous l’attendons pour la première semaine de juillet.'
			}
		]),
		// No evidence, an operation that nobody knows yet and an earlier amount that is corrected.
		story('2022-06', [
			{ ...by('collegue', day('2022-06-30'), 6), action: 'create' },
			{ ...by('collegue', day('2022-06-30'), 25), action: 'type', cells: typed('2022-06') },
			{
				...by('collegue', day('2022-06-30'), 32),
				action: 'type',
				cells: [
					[nameCell(newOperationRow(1)), 'Les Allées du Suzon (fictif)'],
					[landlordCell(newOperationRow(1)), 'Bailleur B (fictif)'],
					[communeCell(newOperationRow(1)), '21355'],
					[amountCell(newOperationRow(1)), '84 500,00'],
					[amountCell(tilleuls), '-3 000,00'],
					[correctsCell(tilleuls), '2022-01-01'],
					[commentCell(tilleuls), 'Retenue de garantie, déduite par erreur en janvier (fictif)']
				]
			},
			{ ...by('collegue', day('2022-06-30'), 47), action: 'submit' }
		])
	];
}

function typedFact(fact: DeclaredFact, indicatorId: string): TypedCell[] {
	const row = operationRow(fact.operationId);
	if ('amountCents' in fact) {
		return [
			[amountCell(row), typedAmount(fact.amountCents)],
			[commentCell(row), fact.label]
		];
	}
	const { stage, dwellings } = fact;
	return PRODUCTS.filter((product) => dwellings[product] > 0).map((product) => [
		countCell(row, { indicatorId, product, stage, communeCode: null }),
		String(dwellings[product])
	]);
}
