import type {
	PlannedEnvelope,
	PlannedIndicator,
	PlannedMeasure,
	PlannedProgramme,
	PlannedValue
} from '#lib/domain/act/plan/plan.ts';
import {
	isFigure,
	isWithin,
	lineOf,
	isSum,
	sayPassage,
	type ActHead,
	type PlanPassage
} from '#lib/domain/act/plan/plan-passage.ts';
import { labelOfWords } from '#lib/domain/act/plan/suggest-label.ts';
import { likeness } from '#lib/domain/act/plan/suggest-likeness.ts';
import { flattenMeasures } from '#lib/domain/act/plan/suggest-measures.ts';
import { periodOf, type YearsRead } from '#lib/domain/act/plan/suggest-period.ts';
import { foldName } from '#lib/domain/name.ts';

/**
 * The figures of reference and the targets of an act: each count, amount and share that is no promised
 * sum and for which a period is written. Shares stay shares: no count is ever made of them.
 */
export function suggestIndicators(
	head: ActHead,
	programme: PlannedProgramme,
	passages: readonly PlanPassage[]
): PlannedIndicator[] {
	const rows = listFigures(programme, passages).flatMap((passage, order) => {
		const period = periodBefore(passage, passages);
		if (!period) return [];
		const home = homeOf(passage, head.text, programme, passages);
		return [
			{ passage, order, home, indicator: indicatorOf(passage, home, period, head, passages) }
		];
	});
	// A figure of which nothing says whose it is goes with the one before it.
	rows.forEach((row, index) => {
		const before = rows[index - 1];
		if (row.home.envelope === null && before) {
			row.home = { envelope: before.home.envelope, measure: null };
			row.indicator = { ...row.indicator, envelope: before.home.envelope?.key ?? null };
		}
	});
	const rank = ({ envelope }: PlannedIndicator): number =>
		programme.envelopes.findIndex(({ key }) => key === envelope);
	const sorted = rows
		.map(({ indicator }) => indicator)
		.sort(
			(left, right) => rank(left) - rank(right) || Number(left.included) - Number(right.included)
		);
	return mergeShares(sorted);
}

/** Every figure of the body that no envelope is made of, whether it is proposed or not. */
export function listFigures(
	{ envelopes }: PlannedProgramme,
	passages: readonly PlanPassage[]
): PlanPassage[] {
	const promised = envelopes.flatMap(({ passage, allocations, instalments }) =>
		[
			passage,
			...allocations.map((one) => one.passage),
			...instalments.map((one) => one.passage)
		].filter((key) => key !== null)
	);
	const sums = new Set(passages.filter(({ key }) => promised.includes(key)).map(sayPassage));
	const wholes = passages.filter(({ key }) => promised.includes(key)).map(({ partOf }) => partOf);
	return passages.filter(
		(passage) =>
			isFigure(passage) &&
			// A rate, a ceiling or the end of a range is no value of anything.
			(passage.role !== 'amount' || isSum(passage)) &&
			passage.section !== 'header' &&
			!promised.includes(passage.key) &&
			!wholes.includes(passage.key) &&
			!(isSum(passage) && sums.has(sayPassage(passage)))
	);
}

type Home = { envelope: PlannedEnvelope | null; measure: PlannedMeasure | null };

/** The measure whose words stand beside the figure, else the envelope of whose purpose its paragraph speaks. */
function homeOf(
	passage: PlanPassage,
	text: string,
	{ envelopes }: PlannedProgramme,
	passages: readonly PlanPassage[]
): Home {
	const line = lineOf(text, passage);
	const beside = envelopes.flatMap((envelope) =>
		flattenMeasures(envelope.measures).flatMap(({ measure, depth }) => {
			const words = passages.find(({ key }) => key === measure.passage);
			return words && isWithin(words, line) ? [{ envelope, measure, depth, words }] : [];
		})
	);
	// Inside a line that holds several measures, a count belongs to the words that it counts.
	const own =
		passage.role === 'count'
			? [...beside].sort(
					(left, right) => between(passage, left.words) - between(passage, right.words)
				)[0]
			: beside.find(({ depth }) => depth === 0);
	const home = own ?? beside[0];
	if (home) return { envelope: home.envelope, measure: home.measure };

	const words = text.slice(line.start, line.end);
	const scored = envelopes
		.map((envelope) => ({
			envelope,
			score: envelope.of.kind === 'new' ? likeness(words, envelope.of.label) : 0
		}))
		.sort((left, right) => right.score - left.score);
	const best = scored[0];
	const isOnly = envelopes.length === 1;
	return { envelope: best && (isOnly || best.score > 1) ? best.envelope : null, measure: null };
}

/** How far the words of a measure stand after a count; those that it is itself come first. */
function between(passage: PlanPassage, words: PlanPassage): number {
	if (words.key === passage.key) return -1;
	if (isWithin(passage, words)) return 0;
	return words.start >= passage.end ? words.start - passage.end : Number.MAX_SAFE_INTEGER;
}

function indicatorOf(
	passage: PlanPassage,
	{ envelope, measure }: Home,
	period: YearsRead,
	head: ActHead,
	passages: readonly PlanPassage[]
): PlannedIndicator {
	const isGuarantee = measure?.instrument === 'guarantee';
	const value: PlannedValue = {
		kind: head.sittingOn !== null && period.endsOn < head.sittingOn ? 'baseline' : 'target',
		passage: passage.key,
		product: productOf(passage),
		startsOn: period.startsOn,
		endsOn: period.endsOn
	};
	return {
		indicatorId: null,
		label: labelOf(passage, measure, isGuarantee, head, passages),
		unit: unitOf(passage),
		envelope: envelope?.key ?? null,
		measure: measure?.key ?? null,
		included: isGuarantee || isIncluded(passage, head, passages),
		values: [value]
	};
}

/** Counted apart (`dont`), or part of a count of something else: households inside a number of aids. */
function isIncluded(
	passage: PlanPassage,
	{ text }: ActHead,
	passages: readonly PlanPassage[]
): boolean {
	if (/\bdont $/i.test(text.slice(passage.start - 5, passage.start))) return true;
	const whole = passages.find(({ key }) => key === passage.partOf);
	const isCounted = passage.role === 'count' && whole?.value.type === 'count';
	return isCounted && unitOf(whole) !== unitOf(passage);
}

function labelOf(
	passage: PlanPassage,
	measure: PlannedMeasure | null,
	isGuarantee: boolean,
	{ text }: ActHead,
	passages: readonly PlanPassage[]
): string {
	const { value } = passage;
	if (productOf(passage)) return 'Répartition des logements par produit';
	if (measure && isGuarantee) return measure.label;
	if (measure) return `${measure.label} : ${value.type === 'amount' ? 'montant' : wordOf(passage)}`;
	if (value.type === 'count' && value.of) return labelOfWords(value.of);
	if (value.type !== 'amount') return '';
	const line = lineOf(text, passage);
	const counted = passages.findLast(
		(one) => one.value.type === 'count' && one.end <= passage.start && one.start >= line.start
	);
	const of = counted?.value.type === 'count' ? counted.value.of : null;
	return of
		? `Montant des ${labelOfWords(of).replace(/^./, (letter) => letter.toLowerCase())}`
		: '';
}

const wordOf = (passage: PlanPassage): string =>
	({
		households: 'ménages',
		dwellings: 'logements',
		percent: 'part',
		euros: 'montant',
		aids: 'aides'
	})[unitOf(passage)];

export function unitOf({ value }: PlanPassage): PlannedIndicator['unit'] {
	if (value.type === 'amount') return 'euros';
	if (value.type === 'percentage') return 'percent';
	const of = foldName(value.type === 'count' ? (value.of ?? '') : '');
	if (/^(?:\w+ )?(?:menages?|familles?|foyers?|personnes?|locataires?)\b/.test(of))
		return 'households';
	if (/^(?:\w+ )?(?:logements?|habitations?|maisons?)\b/.test(of)) return 'dwellings';
	return 'aids';
}

export function productOf({ value, quote }: PlanPassage): PlannedValue['product'] {
	if (value.type !== 'percentage' && value.type !== 'count') return null;
	const found = /\b(PLAI|PLUS|PLS|LI)\b/.exec(`${value.of ?? ''} ${quote}`);
	return (found?.[1] as PlannedValue['product']) ?? null;
}

/** The last period written before a figure. */
export function periodBefore(
	{ start }: PlanPassage,
	passages: readonly PlanPassage[]
): YearsRead | null {
	const periods = passages.flatMap((passage) => {
		const period =
			passage.start <= start && passage.section !== 'header' ? periodOf(passage) : null;
		return period ? [{ ...period, at: passage.start }] : [];
	});
	const last = periods.sort((left, right) => left.at - right.at).at(-1);
	return last ? { startsOn: last.startsOn, endsOn: last.endsOn } : null;
}

const isSameValue = (left: PlannedValue, right: PlannedValue): boolean =>
	left.kind === right.kind && left.product === right.product && left.startsOn === right.startsOn;

/** Shares by product of one thing are one indicator with a value each. */
export function mergeShares(indicators: readonly PlannedIndicator[]): PlannedIndicator[] {
	const merged: PlannedIndicator[] = [];
	for (const indicator of indicators) {
		const same = merged.findIndex(
			(one) =>
				one.indicatorId === indicator.indicatorId &&
				one.label === indicator.label &&
				one.unit === indicator.unit &&
				one.envelope === indicator.envelope &&
				one.measure === indicator.measure &&
				!one.values.some((value) => indicator.values.some((other) => isSameValue(value, other)))
		);
		const there = merged[same];
		if (there) merged[same] = { ...there, values: [...there.values, ...indicator.values] };
		else merged.push(indicator);
	}
	return merged;
}
