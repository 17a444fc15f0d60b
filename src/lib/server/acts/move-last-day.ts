import { sql } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import type { Writing } from '#lib/server/acts/act.ts';

/** What an act hopes for, with its passage; null where it leaves what was hoped as it is. */
export type Horizon = { endsOn: Day; citationId: string };

/**
 * Moves the last day of a programme, its horizon or both, and keeps what they were. A horizon that
 * the act now reaches or passes is no hope any more.
 */
export async function moveProgrammeDays(
	{ tx, deliberation, entering }: Writing,
	programmeId: string,
	endsOn: Day | null,
	horizon: Horizon | null
): Promise<void> {
	if (!endsOn && !horizon) return;
	const hopes = horizon ? sql`true` : sql`p.horizon_ends_on > coalesce(${endsOn}::date, p.ends_on)`;
	await tx.execute(sql`
		with moved as (
			insert into last_day_moves (programme_id, ends_on_before, ends_on_after,
				horizon_ends_on_before, horizon_citation_id_before, horizon_ends_on_after,
				horizon_citation_id_after, deliberation_id, effective_on, recorded_by)
			select p.id, p.ends_on, coalesce(${endsOn}::date, p.ends_on),
				p.horizon_ends_on, p.horizon_citation_id,
				case when ${hopes} then coalesce(${horizon?.endsOn ?? null}::date, p.horizon_ends_on) end,
				case when ${hopes} then coalesce(${horizon?.citationId ?? null}::uuid, p.horizon_citation_id) end,
				${deliberation.id}::uuid, ${deliberation.sittingOn}::date, ${entering.by}::uuid
			from programmes p where p.id = ${programmeId}::uuid
			returning *
		)
		update programmes p set ends_on = m.ends_on_after, horizon_ends_on = m.horizon_ends_on_after,
			horizon_citation_id = m.horizon_citation_id_after
		from moved m where p.id = m.programme_id`);
}

/** Moves the last day of an envelope, and keeps what it was. */
export async function moveEnvelopeDay(
	{ tx, deliberation, entering }: Writing,
	envelopeId: string,
	endsOn: Day
): Promise<void> {
	await tx.execute(sql`
		with moved as (
			insert into last_day_moves (envelope_id, ends_on_before, ends_on_after, deliberation_id,
				effective_on, recorded_by)
			select e.id, e.ends_on, ${endsOn}::date, ${deliberation.id}::uuid,
				${deliberation.sittingOn}::date, ${entering.by}::uuid
			from envelopes e where e.id = ${envelopeId}::uuid
			returning *
		)
		update envelopes e set ends_on = m.ends_on_after from moved m where e.id = m.envelope_id`);
}
