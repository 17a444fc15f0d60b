import type { ActToEnter, EnteredDeliberation, Entering, Writing } from '#lib/server/acts/act.ts';
import { enterAgreements } from '#lib/server/acts/enter-agreements.ts';
import { enterDeliberation } from '#lib/server/acts/enter-deliberation.ts';
import { enterDistricts } from '#lib/server/acts/enter-districts.ts';
import { enterEnvelopes } from '#lib/server/acts/enter-envelopes.ts';
import { enterIndicators } from '#lib/server/acts/enter-indicators.ts';
import { enterProgramme, type EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import { enterUndertakings } from '#lib/server/acts/enter-undertakings.ts';
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

	const passages = new Map(act.passages.map((passage) => [passage.key, passage]));
	const writing: Writing = { tx, deliberation, passages, books, entering };
	const id = await enterProgramme(writing, planned);
	const agreementId = await enterAgreements(writing, id, planned.agreements);
	await enterUndertakings(writing, id, planned.undertakings);
	const entered = await enterEnvelopes(writing, id, planned.envelopes, agreementId);
	const indicators = await enterIndicators(writing, id, planned.indicators, entered);
	const districts = await enterDistricts(writing, id, planned.districts);
	return { deliberation, programme: { id, ...entered, indicators, districts } };
}
