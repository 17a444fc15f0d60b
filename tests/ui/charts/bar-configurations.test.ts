import { describe, expect, it } from 'vitest';
import type { DwellingCount } from '#lib/domain/dwelling.ts';
import { cents } from '#lib/domain/money.ts';
import { baselineConfiguration, baselineTable } from '#lib/ui/charts/baseline-configuration.ts';
import { dwellingsConfiguration, dwellingsTable } from '#lib/ui/charts/dwellings-configuration.ts';
import { yearlyConfiguration, yearlyTable } from '#lib/ui/charts/yearly-configuration.ts';

describe('the chart of planned and disbursed by year', () => {
	const rows = [
		{ year: 2021, plannedCents: cents(49_400_000), disbursedCents: cents(31_250_050) },
		{ year: 2022, plannedCents: cents(0), disbursedCents: cents(46_949_950) }
	];

	it('puts what was planned beside what was disbursed, in euros, from zero', () => {
		const { data, options } = yearlyConfiguration(rows);
		expect(data.labels).toEqual(['2021', '2022']);
		expect(data.datasets.map(({ label, data }) => [label, data])).toEqual([
			['prévu', [494_000, 0]],
			['versé', [312_500.5, 469_499.5]]
		]);
		expect(options?.scales?.['y']).toMatchObject({ beginAtZero: true });
	});

	it('draws nothing for a year that has not begun, and writes no zero', () => {
		const ahead = [{ year: 2023, plannedCents: cents(100_000), disbursedCents: null }];
		expect(yearlyConfiguration(ahead).data.datasets.map(({ data }) => data)).toEqual([
			[1_000],
			[null]
		]);
		expect(yearlyTable(ahead).rows).toEqual([['2023', '1\u202F000\u00A0€', '–']]);
	});

	it('gives the same rows as a table', () => {
		expect(yearlyTable(rows).rows).toEqual([
			['2021', '494\u202F000\u00A0€', '312\u202F500,50\u00A0€'],
			['2022', '0\u00A0€', '469\u202F499,50\u00A0€']
		]);
	});
});

describe('the chart of aids against their reference period', () => {
	const periods = { baseline: '2017–2019', actual: '2020–2022' };
	const rows = [
		{ label: 'Sécurisation locative des salariés', baseline: 5823, actual: 4870, change: -0.1637 },
		{ label: 'Mobilité', baseline: 1575, actual: null, change: null }
	];

	it('leaves out the bar that nobody has a figure for', () => {
		expect(baselineConfiguration(rows, periods).data.datasets.map(({ data }) => data)).toEqual([
			[5823, 1575],
			[4870, null]
		]);
	});

	it('breaks long names of measures into lines', () => {
		expect(baselineConfiguration(rows, periods).data.labels).toEqual([
			['Sécurisation', 'locative des', 'salariés'],
			['Mobilité']
		]);
	});

	it('gives the same rows as a table, where unknown is said and is not 0', () => {
		expect(baselineTable(rows, periods).rows).toEqual([
			['Sécurisation locative des salariés', '5\u202F823', '4\u202F870', '−\u00A016,4\u00A0%'],
			['Mobilité', '1\u202F575', 'non renseigné', 'n.\u00A0d.']
		]);
	});
});

describe('the chart of dwellings', () => {
	const rows: DwellingCount[] = [
		{ product: 'LI', stage: 'programmed', dwellings: 20 },
		{ product: 'PLUS', stage: 'programmed', dwellings: 120 },
		{ product: 'PLUS', stage: 'delivered', dwellings: 40 },
		{ product: 'PLAI', stage: 'programmed', dwellings: 90 }
	];

	it('puts social housing first and LI apart, after a gap', () => {
		expect(dwellingsConfiguration(rows).data.labels).toEqual([
			'PLAI',
			'PLUS',
			'',
			['LI', '(hors logement', 'social)']
		]);
	});

	it('puts the stages beside each other and never stacks them', () => {
		const { data, options } = dwellingsConfiguration(rows);
		expect(data.datasets.map(({ label, data }) => [label, data])).toEqual([
			['programmés', [90, 120, null, 20]],
			['agréés', [null, null, null, null]],
			['mis en chantier', [null, null, null, null]],
			['livrés', [null, 40, null, null]]
		]);
		expect(JSON.stringify(options)).not.toContain('stack');
	});

	it('gives the same rows as a table, without any total', () => {
		expect(dwellingsTable(rows).rows).toEqual([
			['PLAI, très social', '90', 'non renseigné', 'non renseigné', 'non renseigné'],
			['PLUS, social', '120', 'non renseigné', 'non renseigné', '40'],
			[
				'LI, intermédiaire (hors logement social)',
				'20',
				'non renseigné',
				'non renseigné',
				'non renseigné'
			]
		]);
	});
});
