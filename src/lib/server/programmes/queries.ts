import { and, asc, eq, gt, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import { isSlug } from '#lib/domain/identifier.ts';
import { cents, type Cents } from '#lib/domain/money.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import { CITED } from '#lib/server/deliberations/queries.ts';
import {
	agreements,
	citations,
	communes,
	deliberations,
	districts,
	envelopes,
	measures,
	operations,
	organisations,
	programmeDistricts,
	programmes,
	undertakings
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type AgreementRow = Awaited<ReturnType<typeof listAgreements>>[number];
export type UndertakingRow = Awaited<ReturnType<typeof listUndertakings>>[number];
export type ProgrammeRow = Awaited<ReturnType<typeof listProgrammePage>>[number];
export type MeasureRow = Awaited<ReturnType<typeof listMeasures>>[number];

/** Where a list of programmes goes on: after this one. */
export type ProgrammePlace = { startsOn: Day; slug: string };

/** Programmes that may be seen, some at a time, the earliest first; those that start together come in the order of their addresses. */
export function listProgrammePage(tx: Transaction, after: ProgrammePlace | null, limit: number) {
	return tx
		.select()
		.from(programmes)
		.where(
			after
				? or(
						gt(programmes.startsOn, after.startsOn),
						and(eq(programmes.startsOn, after.startsOn), gt(programmes.slug, after.slug))
					)
				: undefined
		)
		.orderBy(asc(programmes.startsOn), asc(programmes.slug))
		.limit(limit);
}

/** A programme by its name in an address; what cannot be such a name is looked up nowhere. */
export async function findProgramme(tx: Transaction, slug: string) {
	if (!isSlug(slug)) return undefined;
	const [row] = await tx
		.select({
			id: programmes.id,
			slug: programmes.slug,
			name: programmes.name,
			summary: programmes.summary,
			startsOn: programmes.startsOn,
			endsOn: programmes.endsOn,
			horizonEndsOn: programmes.horizonEndsOn,
			horizonCitationId: programmes.horizonCitationId,
			horizonDeliberationId: citations.deliberationId,
			horizonQuote: citations.quote,
			horizonSatOn: deliberations.sittingOn,
			validatedAt: programmes.validatedAt
		})
		.from(programmes)
		.leftJoin(citations, eq(citations.id, programmes.horizonCitationId))
		.leftJoin(deliberations, eq(deliberations.id, citations.deliberationId))
		.where(eq(programmes.slug, slug));
	return row;
}

/** What was signed for a programme, or for several: the root first, then its amendments. */
export function listAgreements(tx: Transaction, programmeId: string | readonly string[]) {
	return tx
		.select({
			id: agreements.id,
			programmeId: agreements.programmeId,
			title: agreements.title,
			rank: agreements.rank,
			rootAgreementId: agreements.rootAgreementId,
			effectiveOn: agreements.effectiveOn,
			startsOn: agreements.startsOn,
			endsOn: agreements.endsOn,
			deliberationId: agreements.deliberationId,
			deliberationSlug: deliberations.slug,
			satOn: deliberations.sittingOn,
			votesFor: deliberations.votesFor,
			votesAgainst: deliberations.votesAgainst,
			abstentions: deliberations.abstentions,
			citationId: agreements.citationId,
			citationDeliberationId: citations.deliberationId,
			quote: citations.quote,
			citation: CITED
		})
		.from(agreements)
		.leftJoin(deliberations, eq(deliberations.id, agreements.deliberationId))
		.leftJoin(citations, eq(citations.id, agreements.citationId))
		.where(inArray(agreements.programmeId, [programmeId].flat()))
		.orderBy(asc(agreements.effectiveOn), asc(agreements.rank));
}

/** The promises in words of a programme, or of several, in the order of the act. */
export function listUndertakings(tx: Transaction, programmeId: string | readonly string[]) {
	return tx
		.select({
			id: undertakings.id,
			programmeId: undertakings.programmeId,
			position: undertakings.position,
			text: undertakings.text,
			status: undertakings.status,
			owner: organisations.name,
			citationId: undertakings.citationId,
			deliberationId: citations.deliberationId,
			satOn: deliberations.sittingOn,
			citation: CITED
		})
		.from(undertakings)
		.leftJoin(organisations, eq(organisations.id, undertakings.ownerId))
		.leftJoin(citations, eq(citations.id, undertakings.citationId))
		.leftJoin(deliberations, eq(deliberations.id, citations.deliberationId))
		.where(inArray(undertakings.programmeId, [programmeId].flat()))
		.orderBy(asc(undertakings.position));
}

/** The districts of urban policy that a programme names, by commune. */
export function listDistricts(tx: Transaction, programmeId: string) {
	return tx
		.select({
			id: districts.id,
			name: districts.name,
			commune: communes.name,
			citationId: programmeDistricts.citationId,
			deliberationId: citations.deliberationId,
			quote: citations.quote,
			satOn: deliberations.sittingOn
		})
		.from(programmeDistricts)
		.innerJoin(districts, eq(districts.id, programmeDistricts.districtId))
		.innerJoin(communes, eq(communes.code, districts.communeCode))
		.leftJoin(citations, eq(citations.id, programmeDistricts.citationId))
		.leftJoin(deliberations, eq(deliberations.id, citations.deliberationId))
		.where(eq(programmeDistricts.programmeId, programmeId))
		.orderBy(asc(communes.name), asc(districts.name));
}

/** The lines of use of the envelopes of a programme, in the order of the act; parents before their children. */
export function listMeasures(tx: Transaction, programmeId: string) {
	return tx
		.select({
			id: measures.id,
			envelopeId: measures.envelopeId,
			parentId: measures.parentId,
			position: measures.position,
			label: measures.label,
			instrument: measures.instrument,
			citationId: measures.citationId,
			deliberationId: citations.deliberationId,
			quote: citations.quote,
			satOn: deliberations.sittingOn
		})
		.from(measures)
		.innerJoin(envelopes, eq(envelopes.id, measures.envelopeId))
		.leftJoin(citations, eq(citations.id, measures.citationId))
		.leftJoin(deliberations, eq(deliberations.id, citations.deliberationId))
		.where(eq(envelopes.programmeId, programmeId))
		.orderBy(asc(envelopes.position), asc(measures.position));
}

/**
 * The identifiers of a measure and of what it includes, as a sub-query: what its sums are made of.
 * Guarantees inside it are left out, since they are not cash.
 */
export const branchOf = (measureId: string): SQL => sql`(
	with recursive branch as (
		select id from measures where id = ${measureId}::uuid
		union all
		select child.id from measures child join branch on child.parent_id = branch.id
		where child.instrument is distinct from 'guarantee'
	)
	select id from branch
)`;

/** Housing developments with what was committed and disbursed on each, from a viewpoint. */
export function listOperations(tx: Transaction, programmeId: string, viewpoint: Viewpoint) {
	const sumOf = (kind: 'commitment' | 'disbursement') =>
		sql<Cents>`(
		select coalesce(sum(x.amount_cents), 0) from entries x
		where x.operation_id = ${operations.id} and x.kind = ${kind}
			and x.effective_on <= ${viewpoint.asOf}
			and (${viewpoint.knownAt?.toISOString() ?? null}::timestamptz is null
				or x.recorded_at < ${viewpoint.knownAt?.toISOString() ?? null}::timestamptz)
	)`.mapWith((text: string) => cents(text));
	return tx
		.select({
			id: operations.id,
			envelopeId: operations.envelopeId,
			name: operations.name,
			landlord: organisations.name,
			commune: communes.name,
			district: districts.name,
			confirmedAt: operations.confirmedAt,
			fictitious: operations.fictitious,
			committedCents: sumOf('commitment'),
			disbursedCents: sumOf('disbursement')
		})
		.from(operations)
		.innerJoin(envelopes, eq(envelopes.id, operations.envelopeId))
		.innerJoin(communes, eq(communes.code, operations.communeCode))
		.leftJoin(districts, eq(districts.id, operations.districtId))
		.leftJoin(organisations, eq(organisations.id, operations.landlordId))
		.where(eq(envelopes.programmeId, programmeId))
		.orderBy(asc(operations.name));
}
