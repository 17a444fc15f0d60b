import { and, asc, desc, eq, inArray, lt, lte } from 'drizzle-orm';
import { passageAround, type Passage } from '#lib/domain/act/passage.ts';
import type { Day } from '#lib/domain/day.ts';
import type { EnvelopeSituation, Measures } from '#lib/domain/envelope.ts';
import { FIGURES, isCountedIn, type FigureSlug } from '#lib/domain/figure.ts';
import { renderFormula, renderSumFormula } from '#lib/domain/figure-formula.ts';
import { isIdentifier, isSlug } from '#lib/domain/identifier.ts';
import type { EntryKind } from '#lib/domain/ledger.ts';
import type { Cents } from '#lib/domain/money.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { sumSituations } from '#lib/domain/situation-sum.ts';
import type { Trend } from '#lib/domain/trend.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import type { Context } from '#lib/server/context.ts';
import { citations, deliberations, entries } from '#lib/server/db/schema/index.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import type { EnvelopeScope } from '#lib/server/envelopes/queries.ts';
import { readViewpoint, type SeenFrom } from '#lib/server/http/viewpoint.ts';
import { trendOf } from '#lib/server/reports/portfolio.ts';
import { findMeasureTotals } from '#lib/server/reports/measure-totals.ts';
import { readSituations } from '#lib/server/reports/situations.ts';

/** Where a figure comes from: its definition, its formula with numbers, the entries and the sentences under it. */
export type FigureReport = {
	seen: SeenFrom;
	slug: FigureSlug;
	/** What the figure is of: an envelope, a programme, or all envelopes. */
	of: { label: string; href: string };
	value: string;
	formula: string;
	/** Each envelope with its own value, where the figure is of several. */
	parts: { id: string; label: string; value: string }[];
	/** The kinds of entries that make the figure, with how many there are and a few of the latest. */
	kinds: EntryKind[];
	latest: LatestEntry[];
	sentences: CitedSentence[];
};

export type LatestEntry = {
	id: bigint;
	kind: EntryKind;
	envelopeId: string;
	effectiveOn: Day;
	label: string;
	amountCents: Cents;
	fictitious: boolean;
};

/** The sentence of an act on which an allocation rests. */
export type CitedSentence = {
	entryId: bigint;
	amountCents: Cents;
	effectiveOn: Day;
	citationId: string;
	deliberationId: string;
	title: string;
	satOn: Day;
	passage: Passage;
};

const LATEST = 5;

/** What the entries of each kind have to do with a figure. */
const KINDS_OF_FIGURE: Record<FigureSlug, EntryKind[]> = {
	promis: ['allocation'],
	engage: ['commitment'],
	recu: ['receipt'],
	verse: ['disbursement'],
	'reste-a-engager': ['allocation', 'commitment', 'disbursement'],
	'engage-non-verse': ['commitment', 'disbursement'],
	'reste-a-verser': ['allocation', 'disbursement'],
	'taux-execution': ['disbursement', 'allocation'],
	'taux-plan': ['disbursement'],
	'temps-ecoule': [],
	ecart: ['disbursement', 'allocation'],
	tendance: ['disbursement']
};

/**
 * Reads where a figure comes from, as seen from a viewpoint. Refuses, as not found, what is of nothing that
 * the reader may see, and what is recorded nowhere in it: the received off budget, the promise of a measure.
 */
export function readFigure(
	context: Context,
	slug: FigureSlug,
	parameters: URLSearchParams
): Promise<FigureReport> {
	return inTransaction(context, async (tx) => {
		const seen = await readViewpoint(tx, parameters, context.at);
		const scope = readScope(parameters);
		const [envelopes, measure] = await Promise.all([
			readSituations(tx, seen.viewpoint, seen.settings.thresholds, scope),
			findMeasureTotals(tx, seen.viewpoint, scope.envelopeId, parameters.get('mesure'))
		]);
		const situations = envelopes.map(({ situation }) =>
			measure ? { ...situation, ...measure.totals } : situation
		);
		const only = scope.envelopeId === undefined ? undefined : situations[0];
		const counted = situations.filter((situation) => isCountedIn(slug, situation));
		const isReceivedNowhere = slug === 'recu' && counted.length === 0;
		const isOfNoMeasure = Boolean(parameters.get('mesure')) && !isOfMeasure(slug, measure);
		if (situations.length === 0 || isReceivedNowhere || isOfNoMeasure) {
			throw new Refusal('Il n’y a rien à cette adresse que vous puissiez voir.', {
				kind: 'not-found'
			});
		}
		const ids = (only ? [only] : counted).map(({ id }) => id);
		const kinds = KINDS_OF_FIGURE[slug];
		const [latest, sentences] = await Promise.all([
			listLatest(tx, ids, kinds, seen.viewpoint, measure?.ids ?? null),
			kinds.includes('allocation') ? listSentences(tx, ids, seen.viewpoint) : []
		]);
		const sum = sumSituations(situations);
		const definition = FIGURES[slug];
		const trendOfThose = (those: readonly string[], { disbursedCents }: Measures): Trend | null =>
			slug === 'tendance'
				? trendOf(
						envelopes.filter(({ facts }) => those.includes(facts.id)),
						disbursedCents,
						seen.asOf
					)
				: null;
		const trend = trendOfThose(ids, only ?? sum);
		return {
			seen,
			slug,
			of: nameScope(scope, situations, measure?.label ?? null),
			value: definition.show(only ?? sum, trend),
			formula: only
				? renderFormula(slug, only, seen.asOf, trend)
				: renderSumFormula(slug, situations, sum, trend),
			parts: only
				? []
				: counted.map((part) => ({
						id: part.id,
						label: part.label,
						value: definition.show(part, trendOfThose([part.id], part))
					})),
			kinds,
			latest,
			sentences
		};
	});
}

function readScope(parameters: URLSearchParams): EnvelopeScope {
	const envelopeId = parameters.get('enveloppe');
	// What cannot be an identifier is nobody's envelope: it must not widen the figure to all of them.
	if (envelopeId) return isIdentifier(envelopeId) ? { envelopeId } : NOBODY;
	const programmeSlug = parameters.get('programme');
	if (programmeSlug) return isSlug(programmeSlug) ? { programmeSlug } : NOBODY;
	return {};
}

const NOBODY: EnvelopeScope = { envelopeId: '00000000-0000-0000-0000-000000000000' };

/** Of a measure, only what the ledger says by measure: the promise is made to the whole envelope. */
const isOfMeasure = (slug: FigureSlug, measure: unknown): boolean =>
	measure !== null && (slug === 'engage' || slug === 'recu' || slug === 'verse');

function nameScope(
	scope: EnvelopeScope,
	situations: readonly EnvelopeSituation[],
	measure: string | null
) {
	const [first] = situations;
	if (measure && first) {
		return { label: `${measure}, ${first.label}`, href: `/enveloppes/${first.id}` };
	}
	if (scope.envelopeId && first) return { label: first.label, href: `/enveloppes/${first.id}` };
	if (scope.programmeSlug && first) {
		return { label: first.programmeName, href: `/programmes/${first.programmeSlug}` };
	}
	return { label: 'Toutes les enveloppes', href: '/' };
}

async function listLatest(
	tx: Transaction,
	envelopeIds: string[],
	kinds: EntryKind[],
	{ asOf, knownAt }: Viewpoint,
	measureIds: string[] | null
): Promise<LatestEntry[]> {
	if (kinds.length === 0) return [];
	return tx
		.select({
			id: entries.id,
			kind: entries.kind,
			envelopeId: entries.envelopeId,
			effectiveOn: entries.effectiveOn,
			label: entries.label,
			amountCents: entries.amountCents,
			fictitious: entries.fictitious
		})
		.from(entries)
		.where(
			and(
				inArray(entries.envelopeId, envelopeIds),
				inArray(entries.kind, kinds),
				measureIds ? inArray(entries.measureId, measureIds) : undefined,
				lte(entries.effectiveOn, asOf),
				knownAt ? lt(entries.recordedAt, knownAt) : undefined
			)
		)
		.orderBy(desc(entries.effectiveOn), desc(entries.id))
		.limit(LATEST);
}

async function listSentences(
	tx: Transaction,
	envelopeIds: string[],
	{ asOf, knownAt }: Viewpoint
): Promise<CitedSentence[]> {
	const rows = await tx
		.select({
			entryId: entries.id,
			amountCents: entries.amountCents,
			effectiveOn: entries.effectiveOn,
			citationId: citations.id,
			deliberationId: deliberations.id,
			title: deliberations.title,
			satOn: deliberations.sittingOn,
			text: deliberations.text,
			start: citations.startOffset,
			end: citations.endOffset
		})
		.from(entries)
		.innerJoin(citations, eq(citations.id, entries.citationId))
		.innerJoin(deliberations, eq(deliberations.id, citations.deliberationId))
		.where(
			and(
				inArray(entries.envelopeId, envelopeIds),
				eq(entries.kind, 'allocation'),
				lte(entries.effectiveOn, asOf),
				knownAt ? lt(entries.recordedAt, knownAt) : undefined
			)
		)
		.orderBy(asc(entries.effectiveOn), asc(entries.id));
	return rows.map(({ text, start, end, ...row }) => ({
		...row,
		passage: passageAround(text, start, end)
	}));
}
