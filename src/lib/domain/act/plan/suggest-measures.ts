import type { PlannedEnvelope, PlannedMeasure } from '#lib/domain/act/plan/plan.ts';
import { lineOf, type ActHead, type PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { labelOfWords } from '#lib/domain/act/plan/suggest-label.ts';
import type { Instrument } from '#lib/domain/envelope.ts';
import { likeness } from '#lib/domain/act/plan/suggest-likeness.ts';

/**
 * The lines of use that the act enumerates, nested as it nests them, in the envelope of whose purpose
 * the words before the list speak; by the key of the envelope.
 */
export function suggestMeasures(
	{ text }: ActHead,
	passages: readonly PlanPassage[],
	envelopes: readonly PlannedEnvelope[]
): Map<string, PlannedMeasure[]> {
	const listed = passages.filter(({ role }) => role === 'item' || role === 'objective');
	const measures = new Map<string, PlannedMeasure[]>();
	const [first] = listed;
	if (!first || envelopes.length === 0) return measures;
	const introduced = text.slice(Math.max(0, first.start - 1500), first.start);
	const [home] = envelopes
		.filter(({ of }) => of.kind === 'new')
		.sort((left, right) => speaksOf(introduced, right) - speaksOf(introduced, left));
	if (!home) return measures;

	const tops = listed.filter((one) => topOf(one, listed, text) === null);
	measures.set(
		home.key,
		tops.map((top) => ({
			...measureOf(top),
			children: childrenOf(top, listed, passages, text).map(measureOf)
		}))
	);
	return measures;
}

const speaksOf = (words: string, { of }: PlannedEnvelope): number =>
	of.kind === 'new' ? likeness(words, of.label) : 0;

/** What stands under a measure in the list; else what its own line counts apart: `dont 2 072 garanties VISALE`. */
function childrenOf(
	top: PlanPassage,
	listed: readonly PlanPassage[],
	passages: readonly PlanPassage[],
	text: string
): PlanPassage[] {
	const children = listed.filter((one) => topOf(one, listed, text) === top);
	if (children.length > 0) return children;
	return passages.filter(
		(one) =>
			one.value.type === 'count' &&
			one.value.of !== null &&
			sharesLine(text, one, top) &&
			/\bdont $/i.test(text.slice(one.start - 5, one.start))
	);
}

/** What a listed passage stands under, at the top; two levels are enough for a tree of measures. */
function topOf(
	passage: PlanPassage,
	listed: readonly PlanPassage[],
	text: string
): PlanPassage | null {
	const above =
		listed.find(({ key }) => key === passage.partOf) ??
		listed.find((one) => one.start < passage.start && sharesLine(text, one, passage));
	if (!above) return null;
	return topOf(above, listed, text) ?? above;
}

const sharesLine = (text: string, left: PlanPassage, right: PlanPassage): boolean =>
	lineOf(text, left).start === lineOf(text, right).start;

export const measureOf = ({ key, quote, value }: PlanPassage): PlannedMeasure => {
	const label = labelOfWords(value.type === 'count' ? (value.of ?? quote) : quote);
	return {
		key: `mesure-${key}`,
		label,
		passage: key,
		instrument: INSTRUMENTS.find(([pattern]) => pattern.test(label))?.[1] ?? null,
		children: []
	};
};

const INSTRUMENTS: readonly [RegExp, Instrument][] = [
	[/\bgaranties?\b/i, 'guarantee'],
	[/\bprêts?\b/i, 'loan']
];

/** Measures with what they stand under, in the order of reading. */
export const flattenMeasures = (
	measures: readonly PlannedMeasure[],
	depth = 0
): { measure: PlannedMeasure; depth: number }[] =>
	measures.flatMap((measure) => [
		{ measure, depth },
		...flattenMeasures(measure.children, depth + 1)
	]);
