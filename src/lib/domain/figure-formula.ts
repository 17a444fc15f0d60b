import { daysOfPeriod } from '#lib/domain/assessment.ts';
import { formatDay, type Day } from '#lib/domain/day.ts';
import type { EnvelopeSituation, Measures } from '#lib/domain/envelope.ts';
import { FIGURES, isCountedIn, type FigureSlug } from '#lib/domain/figure.ts';
import { formatEuros, sumCents, type Cents } from '#lib/domain/money.ts';
import { formatCount, formatMagnitude, MINUS, plural } from '#lib/domain/numeral.ts';
import { formatRate } from '#lib/domain/rate.ts';
import type { Trend } from '#lib/domain/trend.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The formula of a figure with the numbers of one envelope: `12 150 320 € ÷ 15 000 000 € = 81,0 %`. */
export function renderFormula(
	slug: FigureSlug,
	situation: EnvelopeSituation,
	asOf: Day,
	trend: Trend | null
): string {
	return equate(slug, envelopeTerms(slug, situation, asOf, trend), situation, trend);
}

/** The formula of a figure over several envelopes: amounts are added, rates are made from the sums. */
export function renderSumFormula(
	slug: FigureSlug,
	situations: readonly EnvelopeSituation[],
	sum: Measures,
	trend: Trend | null
): string {
	const counted = situations.filter((situation) => isCountedIn(slug, situation));
	return equate(slug, sumTerms(slug, counted, sum, trend), sum, trend);
}

/** What is computed from terms that are shown rounded is about its result, not equal to it. */
function equate(slug: FigureSlug, terms: string, measures: Measures, trend: Trend | null): string {
	const sign = slug === 'tendance' && trend ? '≈' : '=';
	return typeset(`${terms} ${sign} ${FIGURES[slug].show(measures, trend)}${range(slug, trend)}`);
}

function sumTerms(
	slug: FigureSlug,
	counted: readonly EnvelopeSituation[],
	sum: Measures,
	trend: Trend | null
): string {
	switch (slug) {
		case 'temps-ecoule':
			return weightedTerms(counted);
		case 'taux-plan':
			return planTerms(sumCents(counted.map((part) => part.disbursedCents)), sum);
		default:
			return rateTerms(slug, sum, trend) ?? addedTerms(slug, counted);
	}
}

function envelopeTerms(
	slug: FigureSlug,
	situation: EnvelopeSituation,
	asOf: Day,
	trend: Trend | null
): string {
	const { promisedCents, committedCents, disbursedCents } = situation;
	switch (slug) {
		case 'promis':
			return `dotations en vigueur au ${formatDay(asOf)}`;
		case 'engage':
			return `engagements au ${formatDay(asOf)}`;
		case 'recu':
			return `encaissements au ${formatDay(asOf)}`;
		case 'verse':
			return `versements au ${formatDay(asOf)}`;
		case 'reste-a-engager':
			return committedCents > disbursedCents
				? `${formatEuros(promisedCents)} ${MINUS} ${formatEuros(committedCents)} engagés`
				: `${formatEuros(promisedCents)} ${MINUS} ${formatEuros(disbursedCents)} versés`;
		case 'engage-non-verse':
			return committedCents > disbursedCents
				? `${formatEuros(committedCents)} ${MINUS} ${formatEuros(disbursedCents)}`
				: `${formatEuros(committedCents)} engagés, tous versés`;
		case 'reste-a-verser':
			return `${formatEuros(promisedCents)} ${MINUS} ${formatEuros(disbursedCents)}`;
		case 'taux-plan':
			return planTerms(disbursedCents, situation);
		case 'temps-ecoule': {
			const { gone, length } = daysOfPeriod(situation.startsOn, situation.endsOn, asOf);
			return `${days(gone)} ÷ ${days(length)}`;
		}
		default:
			return rateTerms(slug, situation, trend) ?? '';
	}
}

/** The formulas that read the same for one envelope and for several; null for the other figures. */
function rateTerms(slug: FigureSlug, measures: Measures, trend: Trend | null): string | null {
	const { promisedCents, disbursedCents } = measures;
	switch (slug) {
		case 'taux-execution':
			return `${formatEuros(disbursedCents)} ÷ ${formatEuros(promisedCents)}`;
		case 'ecart':
			// Said, because the two shares as they are shown may differ by a tenth of a point more or less.
			return `${formatRate(measures.executionRate)} ${MINUS} ${formatRate(measures.expectedRate)}, avant arrondi`;
		case 'tendance':
			return trend === null ? 'moins de trois mois de données' : trendTerms(disbursedCents, trend);
		default:
			return null;
	}
}

/** `782 000 € ÷ 741 000 € d’échéances dues`, of the envelopes that have a plan. */
const planTerms = (disbursedCents: Cents, { instalmentsDueCents }: Measures): string =>
	instalmentsDueCents === null
		? 'aucun échéancier'
		: `${formatEuros(disbursedCents)} ÷ ${formatEuros(instalmentsDueCents)} d’échéances dues`;

function trendTerms(disbursedCents: Measures['disbursedCents'], trend: Trend): string {
	const months = `${formatMagnitude(trend.monthsLeft, 1)} mois`;
	return `${formatEuros(disbursedCents)} + ${formatEuros(trend.monthlyRateCents)} par mois × ${months}`;
}

const range = (slug: FigureSlug, trend: Trend | null): string =>
	slug === 'tendance' && trend
		? ` (entre ${formatEuros(trend.lowCents)} et ${formatEuros(trend.highCents)})`
		: '';

/** `15 000 000 € + 15 000 000 € + 988 000 €`; beyond six envelopes, how many there are. */
function addedTerms(slug: FigureSlug, situations: readonly EnvelopeSituation[]): string {
	if (situations.length > MOST_TERMS) return severalEnvelopes('somme', situations.length);
	const terms = situations.map((situation) => FIGURES[slug].show(situation, null));
	return terms.join(' + ').replaceAll(`+ ${MINUS}`, MINUS) || 'aucune enveloppe';
}

/** The weights beside the shares: `83,2 % de 15 000 000 €`. */
function weightedTerms(situations: readonly EnvelopeSituation[]): string {
	const mean = 'moyenne pondérée par le promis';
	if (situations.length > MOST_TERMS) return severalEnvelopes(mean, situations.length);
	const terms = situations.map(
		({ timeElapsed, promisedCents }) =>
			`${formatRate(timeElapsed)} de ${formatEuros(promisedCents)}`
	);
	return terms.length === 0 ? 'aucune enveloppe' : `${mean} (${terms.join(' ; ')})`;
}

const MOST_TERMS = 6;

const severalEnvelopes = (operation: string, count: number): string =>
	`${operation} de ${formatCount(count)} enveloppes`;

const days = (count: number): string => `${formatCount(count)} ${plural(count, 'jour')}`;
