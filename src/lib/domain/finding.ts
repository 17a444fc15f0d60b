import type { BaselineRow, YearRow } from '#lib/domain/chart.ts';
import { formatDay, type Day } from '#lib/domain/day.ts';
import type { Measures } from '#lib/domain/envelope.ts';
import {
	countDwellings,
	STAGE_LABELS,
	type DwellingCount,
	type Stage
} from '#lib/domain/dwelling.ts';
import { absoluteCents, formatEurosShort, subtractCents, type Cents } from '#lib/domain/money.ts';
import { formatCount, NARROW_SPACE, plural } from '#lib/domain/numeral.ts';
import { formatRate, ratio } from '#lib/domain/rate.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What a page or a chart shows, said in one French sentence made from the numbers. */

/** The title of the dashboard: `Au 30 juin 2022, 23,6 M€ sont versés sur les 31,0 M€ promis.` */
export function findingOfPortfolio(sum: Measures, asOf: Day): string {
	const { disbursedCents, promisedCents } = sum;
	const date = `Au ${formatDay(asOf)}`;
	if (promisedCents === 0n) return `${date}, aucune promesse n’est encore en vigueur.`;
	const promised = `${isSeveral(promisedCents) ? 'les' : 'le'} ${formatEurosShort(promisedCents)} promis`;
	if (disbursedCents === 0n) return `${date}, rien n’est encore versé sur ${promised}.`;
	return `${date}, ${agreed(disbursedCents, 'est versé', 'sont versés')} sur ${promised}.`;
}

/** The title of a programme: `Action Logement : 22,8 M€ versés sur 30 M€`. */
export function findingOfProgramme(
	name: string,
	{ disbursedCents, promisedCents }: Measures
): string {
	if (promisedCents === 0n) return typeset(`${name} : pas encore en vigueur`);
	return typeset(
		`${name} : ${agreed(disbursedCents, 'versé', 'versés')} sur ${formatEurosShort(promisedCents)}`
	);
}

/** Cumulative disbursements against the plan. Within one hundredth of the plan they keep to it. */
export function findingOfPace(disbursedCents: Cents, plannedCents: Cents): string {
	const gapCents = subtractCents(disbursedCents, plannedCents);
	const gap = absoluteCents(gapCents);
	if (disbursedCents === 0n && plannedCents === 0n)
		return 'Rien n’était prévu ni versé à cette date';
	if (gap * 100n <= plannedCents) return 'Le versé suit le prévu';
	return gapCents > 0n
		? `Le versé devance le prévu de ${formatEurosShort(gap)}`
		: `Le versé est en retard de ${formatEurosShort(gap)} sur le prévu`;
}

/** Planned against disbursed by year: which years that are over reached what was planned for them. */
export function findingOfYears(rows: readonly YearRow[], asOf: Day): string {
	const planned = rows.filter(({ plannedCents }) => plannedCents > 0n);
	const over = planned.filter(({ year }) => `${year}-12-31` <= asOf);
	const reached = over.filter(
		({ plannedCents, disbursedCents }) => disbursedCents !== null && disbursedCents >= plannedCents
	);
	if (planned.length === 0) return 'Aucune année n’a de montant prévu';
	if (over.length === 0) return 'Aucune année n’est encore achevée';
	const year = over.length === planned.length ? 'année' : 'année achevée';
	if (reached.length === over.length) return `Chaque ${year} atteint le montant prévu`;
	if (reached.length === 0) return `Aucune ${year} n’atteint le montant prévu`;
	const others = over.filter((row) => !reached.includes(row)).map((row) => String(row.year));
	const verb = reached.length === 1 ? 'atteint' : 'atteignent';
	const years = listInFrench(reached.map((row) => String(row.year)));
	return `${years} ${verb} le montant prévu, pas ${others.join(', ').replace(/, (?=\d+$)/, ' ni ')}`;
}

/** Measures against their reference period: how many are above it. */
export function findingOfBaseline(rows: readonly BaselineRow[], reference: string): string {
	const known = rows.filter(({ change }) => change !== null);
	const above = known.filter(({ change }) => change !== null && change >= 0).length;
	if (known.length === 0) return `Rien ne peut encore être comparé à ${reference}`;
	if (above === known.length) return `Toutes les mesures atteignent le niveau de ${reference}`;
	if (above === 0) return `Aucune mesure n’atteint le niveau de ${reference}`;
	const measures = `${formatCount(above)} ${plural(above, 'mesure')} sur ${formatCount(known.length)}`;
	return `${measures} ${above === 1 ? 'atteint' : 'atteignent'} le niveau de ${reference}`;
}

/** Dwellings at one stage: the social ones with the share of the most social, the intermediate ones apart. */
export function findingOfDwellings(counts: readonly DwellingCount[], stage: Stage): string {
	const { social, intermediate, verySocial } = countDwellings(counts, stage);
	const label = STAGE_LABELS[stage];
	if (social + intermediate === 0) return `Aucun logement ${agree(label, 0)} à cette date`;
	const share = formatRate(ratio(BigInt(verySocial), BigInt(social)));
	const socialPart = `${dwellings(social, 'social', 'sociaux')} ${agree(label, social)}`;
	const withShare = verySocial === 0 ? socialPart : `${socialPart}, dont ${share} en PLAI`;
	return typeset(
		intermediate === 0
			? withShare
			: `${withShare} ; à part, ${dwellings(intermediate, 'intermédiaire', 'intermédiaires')}`
	);
}

const dwellings = (count: number, singular: string, severalForm: string): string =>
	`${formatCount(count)} ${plural(count, 'logement')} ${plural(count, singular, severalForm)}`;

/** `livrés` → `livré` for a single one. */
const agree = (label: string, count: number): string =>
	count < 2 ? label.replace(/és$/, 'é') : label;

/** `23,6 M€ sont versés`; French keeps the singular below two: `1,9 M€ est versé`. */
export const agreed = (amount: Cents, singular: string, severalForm: string): string =>
	`${formatEurosShort(amount)} ${isSeveral(amount) ? severalForm : singular}`;

/** Whether an amount, as it is shown in short, reads as more than one. */
function isSeveral(amount: Cents): boolean {
	const shown = formatEurosShort(absoluteCents(amount)).replaceAll(NARROW_SPACE, '');
	return Number.parseFloat(shown.replace(',', '.')) >= 2;
}

/** `2020`, `2020 et 2021`, `2020, 2021 et 2022`. */
const listInFrench = (words: readonly string[]): string =>
	new Intl.ListFormat('fr', { type: 'conjunction' }).format(words);
