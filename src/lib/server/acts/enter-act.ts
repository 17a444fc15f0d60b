import type { ActToEnter, EnteredDeliberation, Entering } from '#lib/server/acts/act.ts';
import { enterAgreements } from '#lib/server/acts/enter-agreements.ts';
import { enterDeliberation } from '#lib/server/acts/enter-deliberation.ts';
import { enterEnvelopes } from '#lib/server/acts/enter-envelopes.ts';
import { enterIndicators } from '#lib/server/acts/enter-indicators.ts';
import {
	enterDistricts,
	enterProgramme,
	enterUndertakings,
	type EnteredProgramme
} from '#lib/server/acts/enter-programme.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type EnteredAct = {
	deliberation: EnteredDeliberation;
	/** Null for an act that is kept and cited, and of which no money comes. */
	programme: EnteredProgramme | null;
};

/**
 * Enters an act and all that becomes of it: the one writer of both the acts that we ship and those
 * that were read at the desk. The entries of the ledger are left to whoever calls, since an act of
 * the past is posted as it was recorded then, and one of today by `postEntries`.
 */
export async function enterAct(
	tx: Transaction,
	act: ActToEnter,
	entering: Entering
): Promise<EnteredAct> {
	const { plan, books } = act;
	const deliberation = await enterDeliberation(tx, act, entering);
	const { programme: planned } = plan;
	if (!planned) return { deliberation, programme: null };

	const id = await enterProgramme(tx, planned, books, deliberation, entering);
	const agreementId = await enterAgreements(tx, id, planned.agreements, books, deliberation);
	await enterUndertakings(tx, id, planned.undertakings, books, deliberation, entering);
	const entered = await enterEnvelopes(tx, {
		programmeId: id,
		planned: planned.envelopes,
		agreementId,
		passages: new Map(act.passages.map((passage) => [passage.key, passage])),
		books,
		deliberation,
		entering
	});
	const indicators = await enterIndicators(
		tx,
		id,
		planned.indicators,
		books,
		entered,
		deliberation,
		entering
	);
	const districts = await enterDistricts(tx, id, planned.districts, books, deliberation);
	return { deliberation, programme: { id, ...entered, indicators, districts } };
}
