import { and, asc, eq, lt, lte, sql } from 'drizzle-orm';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import { citations, deliberations, indicators, observations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type IndicatorRow = Awaited<ReturnType<typeof listIndicators>>[number];
export type ObservationRow = Awaited<ReturnType<typeof listObservations>>[number];

export function listIndicators(tx: Transaction, programmeId: string) {
	return tx
		.select()
		.from(indicators)
		.where(eq(indicators.programmeId, programmeId))
		.orderBy(asc(indicators.position));
}

/**
 * The values of a programme's indicators as seen from a viewpoint: periods that ended by the day,
 * recorded before the instant, and not replaced by then. Baselines and targets are seen from any day.
 */
export function listObservations(tx: Transaction, programmeId: string, viewpoint: Viewpoint) {
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
			operationId: observations.operationId,
			provisional: observations.provisional,
			fictitious: observations.fictitious,
			citationId: observations.citationId,
			deliberationId: citations.deliberationId,
			quote: citations.quote,
			satOn: deliberations.sittingOn
		})
		.from(observations)
		.innerJoin(indicators, eq(indicators.id, observations.indicatorId))
		.leftJoin(citations, eq(citations.id, observations.citationId))
		.leftJoin(deliberations, eq(deliberations.id, citations.deliberationId))
		.where(
			and(
				eq(indicators.programmeId, programmeId),
				sql`(${observations.kind} = 'target' or ${lte(observations.periodEndsOn, asOf)})`,
				knownAt ? lt(observations.recordedAt, knownAt) : undefined,
				sql`not exists (
					select from observations newer
					where newer.replaces_observation_id = ${observations.id}
						and (${known}::timestamptz is null or newer.recorded_at < ${known}::timestamptz)
				)`
			)
		)
		.orderBy(asc(indicators.position), asc(observations.periodEndsOn), asc(observations.id));
}
