import type { PlannedUndertaking } from '#lib/domain/act/plan/plan.ts';
import { partyOf, type Writing } from '#lib/server/acts/act.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import { undertakings } from '#lib/server/db/schema/index.ts';

/** Enters promises in words: their text is the passage itself. */
export async function enterUndertakings(
	{ tx, deliberation, books, entering }: Writing,
	programmeId: string,
	planned: readonly PlannedUndertaking[]
): Promise<void> {
	const last = books.programme?.lastUndertaking ?? 0;
	await insertRows(
		tx,
		undertakings,
		planned.map(({ passage, owner }, index) => {
			const { quote, citationId } = deliberation.cite(passage);
			return {
				programmeId,
				position: last + index + 1,
				text: quote,
				citationId,
				ownerId: owner ? partyOf(entering, owner) : null
			};
		})
	);
}
