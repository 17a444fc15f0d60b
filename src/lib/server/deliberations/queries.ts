import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, lte, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import { foldWords, type DeliberationQuery } from '#lib/domain/deliberation-query.ts';
import { isIdentifier, isSlug } from '#lib/domain/identifier.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import {
	citations,
	decisions,
	deliberations,
	organisations,
	wordsOf
} from '#lib/server/db/schema/index.ts';
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

/** The acts that answer what is asked, the latest sitting first, with the words to look for what was sought in. */
export function listDeliberations(tx: Transaction, query: DeliberationQuery, limit: number) {
	const { after } = query;
	return tx
		.select({
			...SUMMARY,
			searched: query.words
				? sql<string>`left(${deliberations.text}, ${MOST_EXCERPTED})`
				: sql<string>`''`
		})
		.from(deliberations)
		.leftJoin(organisations, eq(organisations.id, deliberations.authorityId))
		.where(and(...conditionsOf(query), after ? isBehind(after) : undefined))
		.orderBy(desc(deliberations.sittingOn), asc(deliberations.slug))
		.limit(limit);
}

/** So much of a text is looked through for the words around what was sought. */
const MOST_EXCERPTED = 200_000;

/** How many acts answer what is asked, on all pages. */
export async function countDeliberations(tx: Transaction, query: DeliberationQuery) {
	const [row] = await tx
		.select({ count: sql<number>`count(*)`.mapWith(Number) })
		.from(deliberations)
		.where(and(...conditionsOf(query)));
	return row?.count ?? 0;
}

/** The themes of the acts, each once, in the order of the alphabet. */
export async function listThemes(tx: Transaction): Promise<string[]> {
	const rows = await tx
		.selectDistinct({ theme: deliberations.theme })
		.from(deliberations)
		.where(isNotNull(deliberations.theme))
		.orderBy(asc(deliberations.theme));
	return rows.flatMap(({ theme }) => (theme === null ? [] : [theme]));
}

function conditionsOf({ words, from, to, programme, theme }: DeliberationQuery): SQL[] {
	return [
		...(words
			? [
					sql`${wordsOf(deliberations)} @@ websearch_to_tsquery('pg_catalog.french', ${foldWords(words)})`
				]
			: []),
		...(from ? [gte(deliberations.sittingOn, from)] : []),
		...(to ? [lte(deliberations.sittingOn, to)] : []),
		...(theme ? [eq(deliberations.theme, theme)] : []),
		...(programme ? [isOfProgramme(programme)] : [])
	];
}

/** An act that adopted an agreement of the programme, or on a sentence of which one of its envelopes rests. */
const isOfProgramme = (slug: string): SQL => sql`exists (
	select from programmes p where p.slug = ${slug} and (
		exists (select from agreements a where a.programme_id = p.id and a.deliberation_id = ${deliberations.id})
		or exists (
			select from envelopes e join citations c on c.id = e.citation_id
			where e.programme_id = p.id and c.deliberation_id = ${deliberations.id}
		)
	)
)`;

const isBehind = ({ sittingOn, slug }: DeliberationPlace): SQL | undefined =>
	or(
		lt(deliberations.sittingOn, sittingOn),
		and(eq(deliberations.sittingOn, sittingOn), gt(deliberations.slug, slug))
	);

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
				after ? isBehind(after) : undefined
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
