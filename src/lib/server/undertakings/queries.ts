import { and, asc, desc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Day } from '#lib/domain/day.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import type { UndertakingStatus } from '#lib/domain/undertaking.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import {
	citations,
	deliberations,
	envelopes,
	organisations,
	programmes,
	undertakingEvents,
	undertakingFiles,
	undertakings,
	users
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { CITED } from '#lib/server/deliberations/queries.ts';

export type UndertakingWithProgramme = Awaited<ReturnType<typeof listAllUndertakings>>[number];
export type UndertakingEventRow = Awaited<ReturnType<typeof listUndertakingEvents>>[number];
export type UndertakingFileRow = Awaited<ReturnType<typeof listUndertakingFiles>>[number];

const WHOLE = {
	id: undertakings.id,
	position: undertakings.position,
	text: undertakings.text,
	status: undertakings.status,
	ownerId: undertakings.ownerId,
	owner: organisations.name,
	reviewOn: undertakings.reviewOn,
	programmeId: undertakings.programmeId,
	programmeSlug: programmes.slug,
	programmeName: programmes.name,
	citationId: undertakings.citationId,
	deliberationId: citations.deliberationId,
	satOn: deliberations.sittingOn,
	citation: CITED
};

/** The undertakings that may be seen, programme after programme, as their acts list them. */
export function listAllUndertakings(tx: Transaction) {
	return selectWhole(tx).orderBy(
		desc(programmes.startsOn),
		asc(programmes.slug),
		asc(undertakings.position)
	);
}

/** An undertaking by its identifier; undefined where there is none or it may not be seen. */
export async function findUndertaking(tx: Transaction, id: string) {
	if (!isIdentifier(id)) return undefined;
	const [row] = await selectWhole(tx).where(eq(undertakings.id, id));
	return row;
}

function selectWhole(tx: Transaction) {
	return tx
		.select(WHOLE)
		.from(undertakings)
		.innerJoin(programmes, eq(programmes.id, undertakings.programmeId))
		.leftJoin(organisations, eq(organisations.id, undertakings.ownerId))
		.leftJoin(citations, eq(citations.id, undertakings.citationId))
		.leftJoin(deliberations, eq(deliberations.id, citations.deliberationId));
}

const speakers = alias(organisations, 'speakers');
const owners = alias(organisations, 'owners');

/** The log of undertakings as far as the reader may see it, in the order in which things were said. */
export function listUndertakingEvents(tx: Transaction, undertakingId: string | readonly string[]) {
	return tx
		.select({
			id: undertakingEvents.id,
			number: undertakingEvents.number,
			undertakingId: undertakingEvents.undertakingId,
			actorId: undertakingEvents.actorId,
			actor: users.name,
			organisationId: undertakingEvents.organisationId,
			organisation: speakers.name,
			at: undertakingEvents.at,
			action: undertakingEvents.action,
			occurredOn: undertakingEvents.occurredOn,
			status: undertakingEvents.status,
			text: undertakingEvents.text,
			ownerId: undertakingEvents.ownerId,
			owner: owners.name,
			reviewOn: undertakingEvents.reviewOn,
			proposalId: undertakingEvents.proposalId,
			fictitious: undertakingEvents.fictitious
		})
		.from(undertakingEvents)
		.leftJoin(users, eq(users.id, undertakingEvents.actorId))
		.leftJoin(speakers, eq(speakers.id, undertakingEvents.organisationId))
		.leftJoin(owners, eq(owners.id, undertakingEvents.ownerId))
		.where(inArray(undertakingEvents.undertakingId, [undertakingId].flat()))
		.orderBy(asc(undertakingEvents.undertakingId), asc(undertakingEvents.number));
}

/** The evidence of an undertaking as far as the reader may see it, in the order of its log. */
export function listUndertakingFiles(tx: Transaction, undertakingId: string) {
	return tx
		.select({
			id: undertakingFiles.id,
			eventId: undertakingFiles.eventId,
			name: undertakingFiles.name,
			mediaType: undertakingFiles.mediaType,
			sizeBytes: undertakingFiles.sizeBytes,
			digest: undertakingFiles.digest
		})
		.from(undertakingFiles)
		.innerJoin(undertakingEvents, eq(undertakingEvents.id, undertakingFiles.eventId))
		.where(eq(undertakingEvents.undertakingId, undertakingId))
		.orderBy(asc(undertakingEvents.number), asc(undertakingFiles.name), asc(undertakingFiles.id));
}

/** A file of the log of an undertaking; undefined where there is none or it may not be seen. */
export async function findUndertakingFile(tx: Transaction, undertakingId: string, fileId: string) {
	if (!isIdentifier(undertakingId) || !isIdentifier(fileId)) return undefined;
	const [file] = await tx
		.select({
			digest: undertakingFiles.digest,
			name: undertakingFiles.name,
			mediaType: undertakingFiles.mediaType,
			sizeBytes: undertakingFiles.sizeBytes
		})
		.from(undertakingFiles)
		.innerJoin(undertakingEvents, eq(undertakingEvents.id, undertakingFiles.eventId))
		.where(
			and(eq(undertakingFiles.id, fileId), eq(undertakingEvents.undertakingId, undertakingId))
		);
	return file;
}

/** How an undertaking stood from a viewpoint. */
export type Standing = { id: string; programmeId: string; status: UndertakingStatus | null };

/**
 * How the undertakings that had been voted by a day stood on it: the rule of `statusAt`, asked of the
 * database, so that the page of a programme or of all of them costs one statement.
 */
export async function listStandings(
	tx: Transaction,
	{ asOf, knownAt }: Viewpoint,
	scope: { programmeSlug?: string } = {}
): Promise<Standing[]> {
	const { programmeSlug = null } = scope;
	const { rows } = await tx.execute<{
		id: string;
		programme_id: string;
		status: UndertakingStatus | null;
	}>(sql`
		select u.id, u.programme_id, (
			select e.status from undertaking_events e
			where e.undertaking_id = u.id and e.action in ('confirm', 'decide')
				and e.occurred_on <= ${asOf}::date
				and (${knownAt}::timestamptz is null or e.at < ${knownAt}::timestamptz)
			order by e.occurred_on desc, e.number desc limit 1
		) as status
		from undertakings u
		join programmes p on p.id = u.programme_id
		left join citations c on c.id = u.citation_id
		left join deliberations d on d.id = c.deliberation_id
		where (d.sitting_on is null or d.sitting_on <= ${asOf}::date)
			and (${programmeSlug}::text is null or p.slug = ${programmeSlug}::text)
		order by p.starts_on, p.slug, u.position`);
	return rows.map(({ id, programme_id, status }) => ({ id, programmeId: programme_id, status }));
}

/** Who may be said to keep an undertaking: the parties of its programme, and the authority. */
export function listParties(tx: Transaction, programmeId: string) {
	return tx
		.selectDistinct({ id: organisations.id, name: organisations.name })
		.from(organisations)
		.leftJoin(
			envelopes,
			and(
				eq(envelopes.programmeId, programmeId),
				or(eq(envelopes.funderId, organisations.id), eq(envelopes.partnerId, organisations.id))
			)
		)
		.where(or(isNotNull(envelopes.id), eq(organisations.kind, 'authority')))
		.orderBy(asc(organisations.name));
}

/** Proposals that nobody has answered, and reviews that were due before a day and whose undertaking is not kept. */
export async function countAwaited(
	tx: Transaction,
	today: Day
): Promise<{ proposals: number; overdue: number }> {
	const { rows } = await tx.execute<{ proposals: string; overdue: string }>(sql`
		select (
			select count(*) from undertaking_events p where p.action = 'propose' and not exists (
				select from undertaking_events a where a.proposal_id = p.id
			)
		) as proposals, (
			select count(*) from undertakings u
			where u.review_on < ${today}::date and u.status is distinct from 'kept'
		) as overdue`);
	return { proposals: Number(rows[0]?.proposals), overdue: Number(rows[0]?.overdue) };
}
