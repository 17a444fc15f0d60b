import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import type { Writing } from '#lib/server/acts/act.ts';
import type { EnteredEnvelopes } from '#lib/server/acts/enter-envelopes.ts';
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
	const hoped: Hoped = {
		horizonEndsOn: horizon?.endsOn ?? null,
		horizonCitationId: horizon ? deliberation.cite(horizon.passage).citationId : null
	};
	if (of.kind === 'existing') {
		await moveDays(writing, of, horizon ? hoped : null);
		return of.programmeId;
	}
	const { slug, name, summary, startsOn, endsOn } = of;
	const id = randomUUID();
	const validatedAt = visible ? entering.shownAt(deliberation.sittingOn) : null;
	await insertRows(tx, programmes, [
		{ id, slug, name, summary, startsOn, endsOn, ...hoped, validatedAt }
	]);
	return id;
}

type Hoped = Pick<typeof programmes.$inferInsert, 'horizonEndsOn' | 'horizonCitationId'>;

/** A horizon that the act now reaches or passes is no hope any more. */
async function moveDays(
	{ tx, books }: Writing,
	{ programmeId, endsOn }: Extract<PlannedProgramme['of'], { kind: 'existing' }>,
	hoped: Hoped | null
): Promise<void> {
	const horizonEndsOn = books.programme?.horizonEndsOn ?? null;
	const isReached = endsOn !== null && horizonEndsOn !== null && horizonEndsOn <= endsOn;
	const changes = {
		...(endsOn ? { endsOn } : {}),
		...(hoped ?? (isReached ? { horizonEndsOn: null, horizonCitationId: null } : {}))
	};
	if (Object.keys(changes).length === 0) return;
	await tx.update(programmes).set(changes).where(eq(programmes.id, programmeId));
}
