import { describe, expect, it } from 'vitest';
import { columnLetters } from '#lib/domain/import-cell.ts';
import { listFieldChoices } from '#lib/domain/import-field.ts';
import { parsePeriod } from '#lib/domain/import-period.ts';
import { isTotal } from '#lib/domain/import-rows.ts';
import { findTable } from '#lib/domain/import-table.ts';
import { shapeOf } from '../server/spreadsheets/shape.ts';

const choices = listFieldChoices({
	...shapeOf('Accession', 'Mobilité'),
	byOperation: true,
	newOperationCounts: (['approved', 'delivered'] as const).flatMap((stage) =>
		(['PLAI', 'PLUS'] as const).map((product) => ({
			indicatorId: '00000000-0000-4000-8000-000000000099',
			label: 'Logements',
			unit: 'dwellings' as const,
			product,
			stage,
			communeCode: null
		}))
	)
});

/** A sheet as one sees it, a line a line; answers `A label | B amount`, and the lines of the headings. */
function headings(sheet: string): string {
	const lines = sheet
		.split('\n')
		.map((line) => line.replace(/^\t+/, ''))
		.map((line, index) => ({ number: index, cells: line.split('|').map((cell) => cell.trim()) }))
		.slice(1, -1);
	const table = findTable(lines, choices);
	const columns = table?.columns.flatMap(({ index, field }) =>
		field === null ? [] : [`${columnLetters(index)} ${field}`]
	);
	return `${table?.headingLines.join('+')} : ${columns?.join(' | ')}`;
}

describe('headings are recognised by their words', () => {
	it.each([
		[
			'as the model writes them',
			`
			Clé (ne pas modifier) | Période | Opération | Bailleur | Commune | Montant versé (€) | Nombre d’aides | Corrige la période | Commentaire
			`,
			'1 : A key | B period | C label | D landlord | E commune | F amount | G count:aids.-.-.-.1 | H corrects | I comment'
		],
		[
			'in any order, without accents or case',
			`
			MONTANT VERSE | observations | nb aides | MESURE
			`,
			'1 : A amount | B comment | C count:aids.-.-.-.1 | D label'
		],
		[
			'under a title, a date and a blank line',
			`
			Action Logement Services
			Versements au 30/06/2022

			Dispositif | Somme versée
			Accession | 12
			`,
			'4 : A label | B amount'
		],
		[
			'over two lines, the upper one merged',
			`
			Opération | Montant versé | Logements agréés | | Logements livrés |
			 | en € | PLAI | PLUS | PLAI | PLUS
			Les Tilleuls | 10 | 1 | 2 | 3 | 4
			`,
			'1+2 : A label | B amount | C count:dwellings.PLAI.approved.-.1 | D count:dwellings.PLUS.approved.-.1 | E count:dwellings.PLAI.delivered.-.1 | F count:dwellings.PLUS.delivered.-.1'
		],
		[
			'the amount that was paid, not the one that is planned, pledged or left',
			`
			Mesure | Montant prévu | Montant engagé | Montant versé | Reste à verser
			Accession | 1 | 2 | 3 | 4
			`,
			'1 : A label | D amount'
		],
		[
			'no amount in thousands: reading it would be wrong by a thousand',
			`
			Mesure | Montant versé (k€) | Versements en milliers d’euros
			`,
			'1 : A label'
		],
		[
			'neither of two that say the same',
			`
			Mesure | Somme versée | Versements
			`,
			'1 : A label'
		],
		[
			'a date of payment is a date',
			`
			Mesure | Date de versement | Nombre de versements | Montant
			`,
			'1 : A label | B period | D amount'
		],
		[
			'nothing where there is nothing to recognise',
			`
			Poste | K1 | K2
			Accession | 1 | 2
			`,
			'1 : '
		]
	])('%s', (_, sheet, expected) => {
		expect(headings(sheet)).toBe(expected);
	});
});

it('totals are told from rows by their first words', () => {
	const totals = ['Total', 'Sous-total', 'SOUS TOTAL Dijon', 'TOTAL GÉNÉRAL', 'Totaux', 'total :'];
	const others = [
		'Accession',
		'Totalité des aides',
		'Aides au total logement',
		'Ensemble immobilier'
	];
	expect(totals.map(isTotal)).toEqual(totals.map(() => true));
	expect(others.map(isTotal)).toEqual(others.map(() => false));
});

it.each([
	['30/06/2022', '2022-06-30 2022-06-30'],
	['1/6/2022', '2022-06-01 2022-06-01'],
	['2022-06-30', '2022-06-30 2022-06-30'],
	['juin 2022', '2022-06-01 2022-06-30'],
	['AOÛT 2022', '2022-08-01 2022-08-31'],
	['06/2022', '2022-06-01 2022-06-30'],
	['T2 2022', '2022-04-01 2022-06-30'],
	['2e trimestre 2022', '2022-04-01 2022-06-30'],
	['1er semestre 2022', '2022-01-01 2022-06-30'],
	['2022', '2022-01-01 2022-12-31'],
	['avril 2022 à juin 2022', '2022-04-01 2022-06-30'],
	['31/02/2022', null],
	['05/06/22', null],
	['bientôt', null],
	['T5 2022', null]
])('the period « %s »', (text, expected) => {
	const period = parsePeriod(text);
	expect(period && `${period.startsOn} ${period.endsOn}`).toBe(expected);
});
