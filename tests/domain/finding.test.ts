import { describe, expect, it } from 'vitest';
import { compareToBaseline } from '#lib/domain/chart.ts';
import { day } from '#lib/domain/day.ts';
import type { DwellingCount } from '#lib/domain/dwelling.ts';
import {
	findingOfBaseline,
	findingOfDwellings,
	findingOfPace,
	findingOfPortfolio,
	findingOfProgramme,
	findingOfYears
} from '#lib/domain/finding.ts';
import { sumSituations } from '#lib/domain/situation-sum.ts';
import { envelope, euros, situationOn, totals } from './books.ts';

const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/gu, ' ');
const sumOf = (promised: number, disbursed: number) =>
	sumSituations([situationOn('2022-06-30', envelope(), totals(promised, 0, 0, disbursed))]);

describe('the title of the dashboard', () => {
	it.each([
		[30_988_000, 23_612_450, 'Au 30 juin 2022, 23,6 M€ sont versés sur les 31,0 M€ promis.'],
		[15_000_000, 1_900_000, 'Au 30 juin 2022, 1,9 M€ est versé sur les 15 M€ promis.'],
		[1_000_000, 850_000, 'Au 30 juin 2022, 850 k€ sont versés sur le 1 M€ promis.'],
		[15_000_000, 0, 'Au 30 juin 2022, rien n’est encore versé sur les 15 M€ promis.'],
		[0, 0, 'Au 30 juin 2022, aucune promesse n’est encore en vigueur.']
	])('of %d promised and %d disbursed', (promised, disbursed, title) => {
		expect(plain(findingOfPortfolio(sumOf(promised, disbursed), day('2022-06-30')))).toBe(title);
	});
});

describe('the title of a programme', () => {
	it('names it, what is disbursed and what was promised', () => {
		const title = (promised: number, disbursed: number) =>
			plain(findingOfProgramme('Action Logement', sumOf(promised, disbursed)));
		expect(title(30_000_000, 22_830_450)).toBe('Action Logement : 22,8 M€ versés sur 30 M€');
		expect(title(30_000_000, 1_000_000)).toBe('Action Logement : 1 M€ versé sur 30 M€');
		expect(title(0, 0)).toBe('Action Logement : pas encore en vigueur');
	});
});

describe('the title of a chart', () => {
	it.each([
		[13_200_000, 12_000_000, 'Le versé devance le prévu de 1,2 M€'],
		[10_680_130, 12_481_752, 'Le versé est en retard de 1,8 M€ sur le prévu'],
		[12_100_000, 12_000_000, 'Le versé suit le prévu'],
		[100, 0, 'Le versé devance le prévu de 100 €'],
		[0, 0, 'Rien n’était prévu ni versé à cette date']
	])('of %d disbursed where %d was planned', (disbursed, planned, title) => {
		expect(plain(findingOfPace(euros(disbursed), euros(planned)))).toBe(title);
	});

	it('by year says which years reached their plan', () => {
		const title = (...pairs: [number, number][]) =>
			findingOfYears(
				pairs.map(([planned, disbursed], index) => ({
					year: 2020 + index,
					plannedCents: euros(planned),
					disbursedCents: euros(disbursed)
				})),
				day('2023-06-30')
			);
		expect(title([10, 12], [10, 8], [10, 10])).toBe(
			'2020 et 2022 atteignent le montant prévu, pas 2021'
		);
		expect(title([10, 8], [10, 12], [10, 9])).toBe(
			'2021 atteint le montant prévu, pas 2020 ni 2022'
		);
		expect(title([10, 12], [10, 10])).toBe('Chaque année atteint le montant prévu');
		expect(title([10, 1], [10, 2])).toBe('Aucune année n’atteint le montant prévu');
		expect(title([0, 5])).toBe('Aucune année n’a de montant prévu');
	});

	it('of years does not hold against a year that it is not over', () => {
		const years = [2020, 2021, 2022].map((year) => ({
			year,
			plannedCents: euros(10),
			disbursedCents: year === 2020 ? euros(12) : euros(3)
		}));
		expect(findingOfYears(years, day('2020-12-30'))).toBe('Aucune année n’est encore achevée');
		expect(findingOfYears(years, day('2020-12-31'))).toBe(
			'Chaque année achevée atteint le montant prévu'
		);
		expect(findingOfYears(years, day('2022-06-30'))).toBe(
			'2020 atteint le montant prévu, pas 2021'
		);
		expect(findingOfYears(years.slice(1), day('2022-06-30'))).toBe(
			'Aucune année achevée n’atteint le montant prévu'
		);
	});

	it('of measures says how many are at the level of the reference', () => {
		const title = (...pairs: [number | null, number | null][]) =>
			findingOfBaseline(
				pairs.map(([baseline, actual]) => compareToBaseline('mesure', baseline, actual)),
				'2017-2019'
			);
		expect(title([268, 241], [100, 120], [5, 5])).toBe(
			'2 mesures sur 3 atteignent le niveau de 2017-2019'
		);
		expect(title([268, 241], [100, 120])).toBe('1 mesure sur 2 atteint le niveau de 2017-2019');
		expect(title([268, 300])).toBe('Toutes les mesures atteignent le niveau de 2017-2019');
		expect(title([268, 241])).toBe('Aucune mesure n’atteint le niveau de 2017-2019');
		expect(title([268, null])).toBe('Rien ne peut encore être comparé à 2017-2019');
	});

	it('of dwellings keeps the intermediate ones apart, and stages as well', () => {
		const counts: DwellingCount[] = [
			{ product: 'PLUS', stage: 'programmed', dwellings: 520 },
			{ product: 'PLAI', stage: 'programmed', dwellings: 380 },
			{ product: 'PLS', stage: 'programmed', dwellings: 100 },
			{ product: 'LI', stage: 'programmed', dwellings: 40 },
			{ product: 'PLUS', stage: 'delivered', dwellings: 1 },
			{ product: 'PLUS', stage: 'started', dwellings: 1 }
		];
		expect(plain(findingOfDwellings(counts, 'programmed'))).toBe(
			'1 000 logements sociaux programmés, dont 38,0 % en PLAI ; à part, 40 logements intermédiaires'
		);
		expect(plain(findingOfDwellings(counts, 'delivered'))).toBe('1 logement social livré');
		expect(findingOfDwellings(counts, 'started')).toContain('logement social mis en chantier');
		expect(findingOfDwellings(counts, 'approved')).toBe('Aucun logement agréé à cette date');
	});
});
