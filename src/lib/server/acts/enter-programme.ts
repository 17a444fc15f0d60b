import { randomUUID } from 'node:crypto';
import type { PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import type { Writing } from '#lib/server/acts/act.ts';
import type { EnteredEnvelopes } from '#lib/server/acts/enter-envelopes.ts';
import { moveProgrammeDays } from '#lib/server/acts/move-last-day.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import { programmes } from '#lib/server/db/schema/index.ts';

/** Identifiers by the labels that the plan gives, and what is still to be posted. */
export type EnteredProgramme = EnteredEnvelopes & {
	id: string;
	indicators: ReadonlyMap<string, string>;
	districts: ReadonlyMap<string, string>;
};

/** Enters a programme, or moves the last day of one that is there already. Answers with its identifier. */
export async function enterProgramme(
	writing: Writing,
	{ of, horizon, visible }: PlannedProgramme
): Promise<string> {
	const { tx, deliberation, entering } = writing;
	const hoped = horizon && {
		endsOn: horizon.endsOn,
		citationId: deliberation.cite(horizon.passage).citationId
	};
	if (of.kind === 'existing') {
		await moveProgrammeDays(writing, of.programmeId, of.endsOn, hoped);
		return of.programmeId;
	}
	const { slug, name, summary, startsOn, endsOn } = of;
	const id = randomUUID();
	const validatedAt = visible ? entering.shownAt(deliberation.sittingOn) : null;
	await insertRows(tx, programmes, [
		{
			id,
			slug,
			name,
			summary,
			startsOn,
			endsOn,
			horizonEndsOn: hoped?.endsOn ?? null,
			horizonCitationId: hoped?.citationId ?? null,
			validatedAt
		}
	]);
	return id;
}
