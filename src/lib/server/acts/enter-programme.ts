import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { PlannedParty, PlannedProgramme } from '#lib/domain/act/plan.ts';
import type { TouchedBooks, TouchedProgramme } from '#lib/domain/act/touched-books.ts';
import { isSameName } from '#lib/domain/name.ts';
import type { EnteredDeliberation, Entering } from '#lib/server/acts/act.ts';
import type { EnteredEnvelopes } from '#lib/server/acts/enter-envelopes.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import {
	districts,
	programmeDistricts,
	programmes,
	undertakings
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** Identifiers by the labels that the plan gives, and what is still to be posted. */
export type EnteredProgramme = EnteredEnvelopes & {
	id: string;
	indicators: ReadonlyMap<string, string>;
	districts: ReadonlyMap<string, string>;
};

/** Enters a programme, or moves the last day of one that is there already. Answers with its identifier. */
export async function enterProgramme(
	tx: Transaction,
	{ of, horizon, visible }: PlannedProgramme,
	books: TouchedBooks,
	deliberation: EnteredDeliberation,
	entering: Entering
): Promise<string> {
	const hoped = {
		horizonEndsOn: horizon?.endsOn ?? null,
		horizonCitationId: horizon ? deliberation.cite(horizon.passage).citationId : null
	};
	if (of.kind === 'existing') {
		await moveDays(tx, of.programmeId, of.endsOn, horizon ? hoped : null, books.programme);
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

/** A horizon that the act now reaches or passes is no hope any more. */
async function moveDays(
	tx: Transaction,
	id: string,
	endsOn: PlannedProgramme['of']['endsOn'],
	hoped: Pick<typeof programmes.$inferInsert, 'horizonEndsOn' | 'horizonCitationId'> | null,
	programme: TouchedProgramme | null
): Promise<void> {
	const { horizonEndsOn = null } = programme ?? {};
	const isReached = endsOn !== null && horizonEndsOn !== null && horizonEndsOn <= endsOn;
	const changes = {
		...(endsOn ? { endsOn } : {}),
		...(hoped ?? (isReached ? { horizonEndsOn: null, horizonCitationId: null } : {}))
	};
	if (Object.keys(changes).length === 0) return;
	await tx.update(programmes).set(changes).where(eq(programmes.id, id));
}

/** Enters promises in words: their text is the passage itself. */
export async function enterUndertakings(
	tx: Transaction,
	programmeId: string,
	planned: PlannedProgramme['undertakings'],
	{ programme }: TouchedBooks,
	deliberation: EnteredDeliberation,
	entering: Entering
): Promise<void> {
	await insertRows(
		tx,
		undertakings,
		planned.map(({ passage, owner }, index) => {
			const { quote, citationId } = deliberation.cite(passage);
			return {
				programmeId,
				position: (programme?.lastUndertaking ?? 0) + index + 1,
				text: quote,
				citationId,
				ownerId: owner ? partyOf(entering, owner) : null
			};
		})
	);
}

/** Enters the districts that the act names, or names again those that are known. Answers with their identifiers by name. */
export async function enterDistricts(
	tx: Transaction,
	programmeId: string,
	planned: PlannedProgramme['districts'],
	{ districts: known }: TouchedBooks,
	deliberation: EnteredDeliberation
): Promise<ReadonlyMap<string, string>> {
	const rows = planned.map((district) => {
		const there = known.find(
			({ name, communeCode }) =>
				isSameName(name, district.name) && communeCode === district.communeCode
		);
		return { ...district, id: there?.id ?? randomUUID(), there };
	});
	await insertRows(
		tx,
		districts,
		rows
			.filter(({ there }) => !there)
			.map(({ id, name, communeCode }) => ({ id, name, communeCode }))
	);
	await insertRows(
		tx,
		programmeDistricts,
		rows
			.filter(({ there }) => !there?.isNamed)
			.map(({ id, passage }) => ({
				programmeId,
				districtId: id,
				citationId: deliberation.cite(passage).citationId
			}))
	);
	return new Map(rows.map(({ name, id }) => [name, id]));
}

export function partyOf({ parties }: Entering, party: PlannedParty): string {
	const id = 'organisationId' in party ? party.organisationId : parties[party.newParty];
	if (!id) throw new Error('a party of a plan is an organisation');
	return id;
}
