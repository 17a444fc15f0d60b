import { sql, type SQL } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import { envelopes, programmes } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** Until when a programme goes, and what was hoped for beyond. */
export type ProgrammeDays = {
	endsOn: Day;
	horizonEndsOn: Day | null;
	horizonCitationId: string | null;
	horizonDeliberationId: string | null;
	horizonQuote: string | null;
	horizonSatOn: Day | null;
};

/** The last day of an envelope, in a query of envelopes: as it was from the viewpoint. */
export const envelopeEndsOn = (viewpoint: Viewpoint): SQL<Day> => sql<Day>`coalesce((
	select ${lastDay(viewpoint)} from last_day_moves m where m.envelope_id = ${envelopes.id}
), ${envelopes.endsOn})`;

/** What was hoped for beyond the last day, in a query of programmes: as it was from the viewpoint. */
export const programmeHorizon = (viewpoint: Viewpoint): SQL<Day | null> => sql<Day | null>`case
	when exists (select from last_day_moves m where m.programme_id = ${programmes.id}) then (
		select ${ofHorizon('ends_on', viewpoint)} from last_day_moves m
		where m.programme_id = ${programmes.id} ${standing(viewpoint)}
	)::text
	else ${programmes.horizonEndsOn}::text end`;

/**
 * The days of programmes as they were from a viewpoint, by programme: of those only that an act has
 * moved. Of all others the row says them.
 */
export async function listMovedDays(
	tx: Transaction,
	viewpoint: Viewpoint,
	programmeIds: readonly string[]
): Promise<Map<string, ProgrammeDays>> {
	const { rows } = await tx.execute<ProgrammeDays & { id: string }>(sql`
		select p.id, p.ends_on::text as "endsOn", h.ends_on::text as "horizonEndsOn",
			h.citation_id as "horizonCitationId", c.deliberation_id as "horizonDeliberationId",
			c.quote as "horizonQuote", d.sitting_on::text as "horizonSatOn"
		from (
			select m.programme_id as id, ${lastDay(viewpoint)} as ends_on from last_day_moves m
			where m.programme_id = any (${sql.param([...programmeIds])}::uuid[])
			group by m.programme_id
		) p
		join lateral (
			select ${ofHorizon('ends_on', viewpoint)} as ends_on,
				${ofHorizon('citation_id', viewpoint)} as citation_id
			from last_day_moves m where m.programme_id = p.id ${standing(viewpoint)}
		) h on true
		left join citations c on c.id = h.citation_id
		left join deliberations d on d.id = c.deliberation_id`);
	return new Map(rows.map(({ id, ...days }) => [id, days]));
}

/** Whether the viewpoint sees the move: its act had sat, and it was recorded. */
const isSeen = ({ asOf, knownAt }: Viewpoint): SQL =>
	knownAt === null
		? sql`m.effective_on <= ${asOf}::date`
		: sql`(m.effective_on <= ${asOf}::date and m.recorded_at < ${knownAt.toISOString()}::timestamptz)`;

/** Last days only move later: the first of all, or the latest that an act gave which is seen. */
const lastDay = (viewpoint: Viewpoint): SQL => sql`greatest(
	min(m.ends_on_before), max(m.ends_on_after) filter (where ${isSeen(viewpoint)})
)`;

const ofHorizon = (column: 'ends_on' | 'citation_id', viewpoint: Viewpoint): SQL => {
	const [before, after] = [`m.horizon_${column}_before`, `m.horizon_${column}_after`];
	return sql`case when ${isSeen(viewpoint)} then ${sql.raw(after)} else ${sql.raw(before)} end`;
};

/** The last move that is seen, whose "after" stands; where none is, the first of all, whose "before" does. */
const standing = (viewpoint: Viewpoint): SQL => sql`
	order by ${isSeen(viewpoint)} desc, case when ${isSeen(viewpoint)} then -m.id else m.id end limit 1`;
