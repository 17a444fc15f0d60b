import { and, asc, eq, inArray, lt, lte, not, sql } from 'drizzle-orm';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import { CITED } from '#lib/server/deliberations/queries.ts';
import {
	citations,
	deliberations,
	districts,
	indicators,
	observations,
	operations
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type IndicatorRow = Awaited<ReturnType<typeof listIndicators>>[number];
export type ObservationRow = Awaited<ReturnType<typeof listObservations>>[number];

/** What is counted for a programme, or for several. */
export function listIndicators(tx: Transaction, programmeId: string | readonly string[]) {
	return tx
		.select()
		.from(indicators)
		.where(inArray(indicators.programmeId, [programmeId].flat()))
		.orderBy(asc(indicators.position));
}

/**
 * The values of a programme's indicators as seen from a viewpoint: recorded before the instant and not
 * replaced by then; actual ones of periods that ended by the day. Baselines and targets are what an act
 * says, and are seen from any day.
 */
export function listObservations(
	tx: Transaction,
	programmeId: string | readonly string[],
	viewpoint: Viewpoint
) {
	const { asOf, knownAt } = viewpoint;
	const known = knownAt?.toISOString() ?? null;
	return tx
		.select({
			id: observations.id,
			indicatorId: observations.indicatorId,
			kind: observations.kind,
			periodStartsOn: observations.periodStartsOn,
			periodEndsOn: observations.periodEndsOn,
			amountCents: observations.amountCents,
			number: observations.number,
			product: observations.product,
			stage: observations.stage,
			communeCode: observations.communeCode,
			district: districts.name,
			operationId: observations.operationId,
			operation: operations.name,
			provisional: observations.provisional,
			fictitious: observations.fictitious,
			citationId: observations.citationId,
			deliberationId: citations.deliberationId,
			quote: citations.quote,
			satOn: deliberations.sittingOn,
			citation: CITED
		})
		.from(observations)
		.innerJoin(indicators, eq(indicators.id, observations.indicatorId))
		.leftJoin(districts, eq(districts.id, observations.districtId))
		.leftJoin(operations, eq(operations.id, observations.operationId))
		.leftJoin(citations, eq(citations.id, observations.citationId))
		.leftJoin(deliberations, eq(deliberations.id, citations.deliberationId))
		.where(
			and(
				inArray(indicators.programmeId, [programmeId].flat()),
				sql`(${observations.kind} <> 'actual' or ${lte(observations.periodEndsOn, asOf)})`,
				knownAt ? lt(observations.recordedAt, knownAt) : undefined,
				not(observations.withdrawn),
				sql`not exists (
					select from observations newer
					where newer.replaces_observation_id = ${observations.id}
						and (${known}::timestamptz is null or newer.recorded_at < ${known}::timestamptz)
				)`
			)
		)
		.orderBy(asc(indicators.position), asc(observations.periodEndsOn), asc(observations.id));
}
