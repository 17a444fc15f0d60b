import { buildYearRows, compareToBaseline, type BaselineRow } from '#lib/domain/chart.ts';
import type { DwellingCount } from '#lib/domain/dwelling.ts';
import type { Day } from '#lib/domain/day.ts';
import { isCash, type EnvelopeSituation } from '#lib/domain/envelope.ts';
import type { Reference } from '#lib/domain/indicator.ts';
import {
	buildMeasureLines,
	type MeasureFacts,
	type MeasureLine,
	type MeasureNode
} from '#lib/domain/measure-line.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { summariseUndertakings } from '#lib/domain/undertaking.ts';
import { citationLink, citedAmount, citedNumber } from '#lib/server/reports/citation-link.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { listMeasureTotals } from '#lib/server/envelopes/queries.ts';
import { readViewpoint } from '#lib/server/http/viewpoint.ts';
import {
	listIndicators,
	listObservations,
	type IndicatorRow,
	type ObservationRow
} from '#lib/server/indicators/queries.ts';
import { listMovedDays } from '#lib/server/programmes/list-moved-days.ts';
import {
	findProgramme,
	listAgreements,
	listDistricts,
	listMeasures,
	listOperations,
	listUndertakings,
	type MeasureRow
} from '#lib/server/programmes/queries.ts';
import { buildPortfolio } from '#lib/server/reports/portfolio.ts';
import { readSituations } from '#lib/server/reports/situations.ts';
import { listStandings } from '#lib/server/undertakings/queries.ts';

/** An envelope on the page of its programme. */
export type ProgrammeEnvelope = {
	situation: EnvelopeSituation;
	purpose: string;
	citation: ReturnType<typeof citationLink>;
	measures: MeasureLine[];
	/** The values of indicators that belong to no measure, as sentences of the act give them. */
	references: Reference[];
	/** Aids by measure against the reference period; empty where nothing was counted in it. */
	aids: BaselineRow[];
	referencePeriod: { startsOn: Day; endsOn: Day } | null;
	dwellings: DwellingCount[];
	operations: Awaited<ReturnType<typeof listOperations>>;
};

/** A programme as seen from a viewpoint. Refuses, as not found, one that does not exist or may not be seen. */
export function readProgramme(context: Context, slug: string, parameters: URLSearchParams) {
	return inTransaction(context, async (tx) => {
		const [seen, programme] = await Promise.all([
			readViewpoint(tx, parameters, context.at),
			findProgramme(tx, slug)
		]);
		if (!programme) throw new Refusal('Ce programme n’existe pas.', { kind: 'not-found' });
		const { viewpoint } = seen;
		const scope = { programmeSlug: slug };
		const [
			envelopes,
			measureTotals,
			measures,
			indicators,
			observations,
			operations,
			agreements,
			undertakings,
			standings,
			districts,
			movedDays
		] = await Promise.all([
			readSituations(tx, viewpoint, seen.settings.thresholds, scope),
			listMeasureTotals(tx, viewpoint, scope),
			listMeasures(tx, programme.id),
			listIndicators(tx, programme.id),
			listObservations(tx, programme.id, viewpoint),
			listOperations(tx, programme.id, viewpoint),
			listAgreements(tx, programme.id),
			listUndertakings(tx, programme.id),
			listStandings(tx, viewpoint, scope),
			listDistricts(tx, programme.id),
			listMovedDays(tx, viewpoint, [programme.id])
		]);
		const asSeen = { ...programme, ...movedDays.get(programme.id) };
		const { sum, plannedCents, endsOn, cumulative, trend } = buildPortfolio(envelopes, seen.asOf);
		const cash = envelopes.filter(({ facts }) => isCash(facts));
		const disbursed = new Map(
			[...measureTotals].map(([id, totals]) => [id, totals.disbursedCents] as const)
		);
		const facts = factsByMeasure(indicators, observations);
		return {
			seen,
			programme: { ...asSeen, horizonCitation: horizonLink(asSeen) },
			sum,
			plannedCents,
			endsOn,
			cumulative,
			trend,
			years: buildYearRows(
				cash.map(({ plan }) => plan),
				cash.flatMap(({ months }) => months),
				seen.asOf
			),
			envelopes: envelopes.map(({ facts: row, situation }): ProgrammeEnvelope => {
				const nodes = measures.filter(({ envelopeId }) => envelopeId === row.id).map(toNode);
				const lines = buildMeasureLines(nodes, disbursed, facts);
				const own = indicators.filter(({ envelopeId }) => envelopeId === row.id);
				return {
					situation,
					purpose: row.purpose,
					citation: citationLink(row),
					measures: lines,
					references: listReferences(own, observations),
					aids: lines
						.filter(({ baselineCount }) => baselineCount !== null)
						.map((line) =>
							compareToBaseline(line.label, line.baselineCount?.value ?? null, line.actualCount)
						),
					referencePeriod: periodOf(own, observations),
					dwellings: countDwellings(own, observations),
					operations: operations.filter(({ envelopeId }) => envelopeId === row.id)
				};
			}),
			agreements: agreements.map((agreement) => ({
				...agreement,
				citation: citationLink({ ...agreement, deliberationId: agreement.citationDeliberationId })
			})),
			undertakingSummary: summariseUndertakings(standings.map(({ status }) => status)),
			undertakings: undertakings.map((undertaking) => ({
				...undertaking,
				status: standings.find(({ id }) => id === undertaking.id)?.status ?? null,
				citation: citationLink({ ...undertaking, quote: undertaking.text })
			})),
			districts: districts.map((district) => ({ ...district, citation: citationLink(district) }))
		};
	});
}

type ProgrammeRow = NonNullable<Awaited<ReturnType<typeof findProgramme>>>;

const horizonLink = (programme: ProgrammeRow) =>
	citationLink({
		citationId: programme.horizonCitationId,
		deliberationId: programme.horizonDeliberationId,
		quote: programme.horizonQuote,
		satOn: programme.horizonSatOn
	});

const toNode = (row: MeasureRow): MeasureNode => ({
	id: row.id,
	parentId: row.parentId,
	label: row.label,
	instrument: row.instrument,
	citation: citationLink(row)
});

/** Amounts and counts of the indicators that measure a line of use. Counts of several periods add up. */
function factsByMeasure(
	indicators: readonly IndicatorRow[],
	observations: readonly ObservationRow[]
): Map<string, MeasureFacts> {
	const ofMeasures = indicators.filter(({ measureId }) => measureId !== null);
	const byMeasure = Map.groupBy(ofMeasures, ({ measureId }) => measureId ?? '');
	return new Map(
		[...byMeasure].map(([measureId, own]) => {
			const money = valuesOf(
				own.filter(({ unit }) => unit === 'euros'),
				observations
			);
			const counts = valuesOf(
				own.filter(({ unit }) => unit !== 'euros'),
				observations
			);
			const actual = counts.filter(({ kind }) => kind === 'actual');
			const first = (values: readonly ObservationRow[], kind: ObservationRow['kind']) =>
				values.find((value) => value.kind === kind);
			return [
				measureId,
				{
					baselineCents: citedAmount(first(money, 'baseline')),
					baselineCount: citedNumber(first(counts, 'baseline')),
					targetCount: citedNumber(first(counts, 'target')),
					actualCount:
						actual.length === 0 ? null : actual.reduce((sum, { number }) => sum + (number ?? 0), 0)
				}
			];
		})
	);
}

function listReferences(
	indicators: readonly IndicatorRow[],
	observations: readonly ObservationRow[]
): Reference[] {
	return indicators
		.filter(({ measureId }) => measureId === null)
		.map((indicator) => ({
			label: indicator.label,
			unit: indicator.unit,
			values: valuesOf([indicator], observations)
				.filter(({ kind }) => kind === 'baseline')
				.map((observation) => ({
					product: observation.product,
					value: citedAmount(observation) ?? citedNumber(observation)
				}))
		}))
		.filter(({ values }) => values.length > 0);
}

/** The period of reference: that of the first baseline. */
function periodOf(indicators: readonly IndicatorRow[], observations: readonly ObservationRow[]) {
	const baseline = valuesOf(indicators, observations).find(({ kind }) => kind === 'baseline');
	if (!baseline) return null;
	return { startsOn: baseline.periodStartsOn, endsOn: baseline.periodEndsOn };
}

/** Dwellings by product and stage. An operation that passed a stage keeps its count there. */
function countDwellings(
	indicators: readonly IndicatorRow[],
	observations: readonly ObservationRow[]
): DwellingCount[] {
	const dwellings = indicators.filter(({ unit }) => unit === 'dwellings');
	const counts = new Map<string, DwellingCount>();
	for (const { kind, product, stage, number } of valuesOf(dwellings, observations)) {
		if (kind !== 'actual' || !product || !stage || number === null) continue;
		const key = `${product} ${stage}`;
		const before = counts.get(key)?.dwellings ?? 0;
		counts.set(key, { product, stage, dwellings: before + number });
	}
	return [...counts.values()];
}

function valuesOf(indicators: readonly IndicatorRow[], observations: readonly ObservationRow[]) {
	const ids = new Set(indicators.map(({ id }) => id));
	return observations.filter(({ indicatorId }) => ids.has(indicatorId));
}
