import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { FIGURE_SLUGS } from '#lib/domain/figure.ts';
import { renderFormula, renderSumFormula } from '#lib/domain/figure-formula.ts';
import { sumSituations } from '#lib/domain/situation-sum.ts';
import type { Trend } from '#lib/domain/trend.ts';
import { envelope, euros, situationOn, totals } from './books.ts';

const ON = '2022-06-30';
const parcours = situationOn(ON, envelope(), totals(15_000_000, 13_000_000, 0, 12_150_320));
const programmes = situationOn(ON, envelope(), totals(15_000_000, 12_784_130, 0, 10_680_130));
const logementDAbord = situationOn(
	ON,
	envelope({ circuit: 'earmarked_revenue', startsOn: day('2021-01-01') }),
	totals(988_000, 700_000, 741_000, 782_000),
	741_000
);
const portfolio = [parcours, programmes, logementDAbord];

const trend: Trend = {
	expectedCents: euros(28_100_000),
	lowCents: euros(25_400_000),
	highCents: euros(29_600_000),
	monthlyRateCents: euros(740_000),
	months: 12,
	monthsLeft: 6.045
};

const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/gu, ' ');

describe('several envelopes together', () => {
	it('are summed over all circuits, what was received standing apart', () => {
		expect(sumSituations(portfolio)).toEqual({
			envelopes: 3,
			promisedCents: euros(30_988_000),
			committedCents: euros(26_484_130),
			receivedCents: euros(741_000),
			disbursedCents: euros(23_612_450),
			leftToCommitCents: euros(2_000_000 + 2_215_870 + 206_000),
			committedNotDisbursedCents: euros(849_680 + 2_104_000),
			leftToDisburseCents: euros(7_375_550),
			executionRate: 23_612_450 / 30_988_000,
			instalmentsDueCents: euros(741_000),
			planRate: 782_000 / 741_000,
			expectedRate: expect.closeTo((30_000_000 * (912 / 1096) + 741_000) / 30_988_000, 12),
			timeElapsed: expect.closeTo(
				(30_000_000 * (912 / 1096) + 988_000 * (546 / 730)) / 30_988_000,
				12
			),
			gapPoints: expect.closeTo(-6.7512, 4),
			guarantees: null
		});
	});

	it('keep guarantees, which are not cash, apart', () => {
		const visale = situationOn(
			ON,
			envelope({ instrument: 'guarantee' }),
			totals(500_000, 0, 0, 80_000)
		);
		const { guarantees, ...cash } = sumSituations([...portfolio, visale]);
		expect({ ...cash, guarantees: null }).toEqual(sumSituations(portfolio));
		expect(guarantees).toMatchObject({ envelopes: 1, disbursedCents: euros(80_000) });
	});

	it('of which there are none have no rates', () => {
		expect(sumSituations([])).toMatchObject({
			envelopes: 0,
			promisedCents: 0n,
			executionRate: null,
			timeElapsed: null,
			planRate: null,
			instalmentsDueCents: null,
			gapPoints: null
		});
	});

	it('do not wait for an envelope that is not in force yet', () => {
		const later = situationOn(
			ON,
			envelope({ startsOn: day('2024-01-01'), endsOn: day('2026-12-31') }),
			totals(0, 0, 0, 0)
		);
		const { timeElapsed, gapPoints } = sumSituations([...portfolio, later]);
		expect({ timeElapsed, gapPoints }).toEqual({
			timeElapsed: sumSituations(portfolio).timeElapsed,
			gapPoints: sumSituations(portfolio).gapPoints
		});
	});
});

describe('the formula of a figure, with its numbers,', () => {
	it('for an envelope with a plan', () => {
		const formulas = FIGURE_SLUGS.map(
			(slug) => `${slug} | ${plain(renderFormula(slug, logementDAbord, day(ON), trend))}`
		);
		expect(formulas).toEqual([
			'promis | dotations en vigueur au 30 juin 2022 = 988 000 €',
			'engage | engagements au 30 juin 2022 = 700 000 €',
			'recu | encaissements au 30 juin 2022 = 741 000 €',
			'verse | versements au 30 juin 2022 = 782 000 €',
			'reste-a-engager | 988 000 € − 782 000 € versés = 206 000 €',
			'engage-non-verse | 700 000 € engagés, tous versés = 0 €',
			'reste-a-verser | 988 000 € − 782 000 € = 206 000 €',
			'taux-execution | 782 000 € ÷ 988 000 € = 79,1 %',
			'taux-plan | 782 000 € ÷ 741 000 € d’échéances dues = 105,5 %',
			'temps-ecoule | 546 jours ÷ 730 jours = 74,8 %',
			'ecart | 79,1 % − 75,0 %, avant arrondi = + 4,1 pts',
			'tendance | 782 000 € + 740 000 € par mois × 6,0 mois ≈ 28 100 000 € (entre 25 400 000 € et 29 600 000 €)'
		]);
	});

	it('for an envelope without a plan or a trend', () => {
		const formula = (slug: (typeof FIGURE_SLUGS)[number]) =>
			plain(renderFormula(slug, programmes, day(ON), null));
		expect(formula('reste-a-engager')).toBe('15 000 000 € − 12 784 130 € engagés = 2 215 870 €');
		expect(formula('engage-non-verse')).toBe('12 784 130 € − 10 680 130 € = 2 104 000 €');
		expect(formula('taux-plan')).toBe('aucun échéancier = n. d.');
		expect(formula('tendance')).toBe('moins de trois mois de données = n. d.');
		expect(formula('ecart')).toBe('71,2 % − 83,2 %, avant arrondi = − 12,0 pts');
	});

	it('for the portfolio adds amounts and makes rates from the sums', () => {
		const sum = sumSituations(portfolio);
		const formulas = FIGURE_SLUGS.map(
			(slug) => `${slug} | ${plain(renderSumFormula(slug, portfolio, sum, trend))}`
		);
		expect(formulas).toEqual([
			'promis | 15 000 000 € + 15 000 000 € + 988 000 € = 30 988 000 €',
			'engage | 13 000 000 € + 12 784 130 € + 700 000 € = 26 484 130 €',
			'recu | 741 000 € = 741 000 €',
			'verse | 12 150 320 € + 10 680 130 € + 782 000 € = 23 612 450 €',
			'reste-a-engager | 2 000 000 € + 2 215 870 € + 206 000 € = 4 421 870 €',
			'engage-non-verse | 849 680 € + 2 104 000 € + 0 € = 2 953 680 €',
			'reste-a-verser | 2 849 680 € + 4 319 870 € + 206 000 € = 7 375 550 €',
			'taux-execution | 23 612 450 € ÷ 30 988 000 € = 76,2 %',
			'taux-plan | 782 000 € ÷ 741 000 € d’échéances dues = 105,5 %',
			'temps-ecoule | moyenne pondérée par le promis (83,2 % de 15 000 000 € ; 83,2 % de 15 000 000 € ; 74,8 % de 988 000 €) = 82,9 %',
			'ecart | 76,2 % − 82,9 %, avant arrondi = − 6,8 pts',
			'tendance | 23 612 450 € + 740 000 € par mois × 6,0 mois ≈ 28 100 000 € (entre 25 400 000 € et 29 600 000 €)'
		]);
	});

	it('adds no guarantee to money, as the sum does not', () => {
		const visale = situationOn(
			ON,
			envelope({ instrument: 'guarantee' }),
			totals(500_000, 0, 0, 80_000)
		);
		const all = [parcours, visale];
		expect(plain(renderSumFormula('verse', all, sumSituations(all), null))).toBe(
			'12 150 320 € = 12 150 320 €'
		);
	});

	it('takes an overrun away from what the others have left', () => {
		const overrun = situationOn(ON, envelope(), totals(100, 0, 0, 150));
		const left = situationOn(ON, envelope(), totals(100, 0, 0, 20));
		const both = [left, overrun];
		expect(plain(renderSumFormula('reste-a-verser', both, sumSituations(both), null))).toBe(
			'80 € − 50 € = 30 €'
		);
	});

	it('says how many there are where there are too many to write', () => {
		const six = Array.from({ length: 6 }, () => parcours);
		expect(renderSumFormula('promis', six, sumSituations(six), null).split('+')).toHaveLength(6);
		const many = Array.from({ length: 50 }, () => parcours);
		expect(plain(renderSumFormula('promis', many, sumSituations(many), null))).toBe(
			'somme de 50 enveloppes = 750 000 000 €'
		);
	});
});
