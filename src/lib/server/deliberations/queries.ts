import { and, asc, desc, eq, gt, inArray, lt, lte, or, sql } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import { isIdentifier, isSlug } from '#lib/domain/identifier.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import { citations, decisions, deliberations, organisations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type DeliberationSummary = Awaited<ReturnType<typeof listDeliberations>>[number];
export type CitationRow = Awaited<ReturnType<typeof listCitations>>[number];
export type DecisionRow = Awaited<ReturnType<typeof listDecisions>>[number];
export type DeliberationRow = Awaited<ReturnType<typeof listDeliberationPage>>[number];

/** A passage as whatever rests on it shows it; null where nothing is cited. */
export const CITED = {
	id: citations.id,
	deliberationId: citations.deliberationId,
	quote: citations.quote,
	startOffset: citations.startOffset,
	endOffset: citations.endOffset
};

export type CitedPassage = {
	id: string;
	deliberationId: string;
	quote: string;
	startOffset: number;
	endOffset: number;
};

/** Where a list of acts goes on: after this one. */
export type DeliberationPlace = { sittingOn: Day; slug: string };

/** What in the application rests on a sentence, and where to see it. */
export type CitationUse = { citationId: string; label: string; href: string };

const SUMMARY = {
	id: deliberations.id,
	slug: deliberations.slug,
	number: deliberations.number,
	sittingOn: deliberations.sittingOn,
	convenedOn: deliberations.convenedOn,
	theme: deliberations.theme,
	title: deliberations.title,
	authority: organisations.name,
	votesFor: deliberations.votesFor,
	votesAgainst: deliberations.votesAgainst,
	abstentions: deliberations.abstentions,
	notVoting: deliberations.notVoting,
	citationCount: sql<number>`(
		select count(*) from citations c where c.deliberation_id = ${deliberations.id}
	)`.mapWith(Number)
};

const WHOLE = {
	...SUMMARY,
	president: deliberations.president,
	secretary: deliberations.secretary,
	text: deliberations.text,
	textDigest: deliberations.textDigest,
	members: deliberations.members,
	inOffice: deliberations.inOffice,
	present: deliberations.present,
	proxies: deliberations.proxies,
	absent: deliberations.absent,
	namesCounted: deliberations.namesCounted
};

/** Acts, the latest sitting first. */
export function listDeliberations(tx: Transaction) {
	return tx
		.select(SUMMARY)
		.from(deliberations)
		.leftJoin(organisations, eq(organisations.id, deliberations.authorityId))
		.orderBy(desc(deliberations.sittingOn), asc(deliberations.slug));
}

/** Acts that had been voted by the day of the viewpoint and entered by its instant, whole, the latest sitting first. */
export function listDeliberationPage(
	tx: Transaction,
	{ asOf, knownAt }: Viewpoint,
	after: DeliberationPlace | null,
	limit: number
) {
	return tx
		.select(WHOLE)
		.from(deliberations)
		.leftJoin(organisations, eq(organisations.id, deliberations.authorityId))
		.where(
			and(
				lte(deliberations.sittingOn, asOf),
				knownAt ? lt(deliberations.enteredAt, knownAt) : undefined,
				after
					? or(
							lt(deliberations.sittingOn, after.sittingOn),
							and(eq(deliberations.sittingOn, after.sittingOn), gt(deliberations.slug, after.slug))
						)
					: undefined
			)
		)
		.orderBy(desc(deliberations.sittingOn), asc(deliberations.slug))
		.limit(limit);
}

/** An act by its identifier or by its name in an address; what cannot be either is looked up nowhere. */
export async function findDeliberation(tx: Transaction, key: string) {
	if (!isIdentifier(key) && !isSlug(key)) return undefined;
	const [row] = await tx
		.select(WHOLE)
		.from(deliberations)
		.leftJoin(organisations, eq(organisations.id, deliberations.authorityId))
		.where(isIdentifier(key) ? eq(deliberations.id, key) : eq(deliberations.slug, key));
	return row;
}

/** The spans of an act, or of several, that carry a value, in the order of the text. */
export function listCitations(tx: Transaction, deliberationId: string | readonly string[]) {
	return tx
		.select()
		.from(citations)
		.where(inArray(citations.deliberationId, [deliberationId].flat()))
		.orderBy(asc(citations.startOffset), desc(citations.endOffset), asc(citations.id));
}

/** What an act, or several, decided, item by item. */
export function listDecisions(tx: Transaction, deliberationId: string | readonly string[]) {
	return tx
		.select()
		.from(decisions)
		.where(inArray(decisions.deliberationId, [deliberationId].flat()))
		.orderBy(asc(decisions.position));
}

/** Everything shown in the application that rests on a sentence of an act: the way back from the text. */
export async function listCitationUses(
	tx: Transaction,
	deliberationId: string
): Promise<CitationUse[]> {
	const { rows } = await tx.execute<{ citation_id: string; label: string; href: string }>(sql`
		with cited as (select id from citations where deliberation_id = ${deliberationId}::uuid)
		select citation_id, label, href from (
			select e.citation_id, 'enveloppe « ' || e.label || ' »' as label, '/enveloppes/' || e.id as href
			from envelopes e
			union all
			select u.citation_id, 'engagement réciproque nº ' || u.position,
				'/programmes/' || p.slug || '#engagements'
			from undertakings u join programmes p on p.id = u.programme_id
			union all
			select o.citation_id, 'indicateur « ' || i.label || ' »', '/programmes/' || p.slug
			from observations o
			join indicators i on i.id = o.indicator_id join programmes p on p.id = i.programme_id
			union all
			select t.citation_id, 'échéance du ' || to_char(t.due_on, 'DD/MM/YYYY'), '/enveloppes/' || t.envelope_id
			from instalments t
			union all
			select m.citation_id, 'mesure « ' || m.label || ' »',
				'/enveloppes/' || m.envelope_id || '?mesure=' || m.id || '#grand-livre'
			from measures m
			union all
			select p.horizon_citation_id, 'horizon du programme « ' || p.name || ' »', '/programmes/' || p.slug
			from programmes p
			union all
			select a.citation_id, 'convention « ' || a.title || ' »', '/programmes/' || p.slug || '#conventions'
			from agreements a join programmes p on p.id = a.programme_id
			union all
			select d.citation_id, 'quartier « ' || q.name || ' »', '/programmes/' || p.slug
			from programme_districts d
			join districts q on q.id = d.district_id join programmes p on p.id = d.programme_id
		) uses
		where citation_id in (select id from cited)
		order by citation_id, label`);
	return rows.map(({ citation_id, label, href }) => ({ citationId: citation_id, label, href }));
}
