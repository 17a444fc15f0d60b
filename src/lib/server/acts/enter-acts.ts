import type { Day } from '#lib/domain/day.ts';
import { ACTION_LOGEMENT_PROGRAMME } from '#lib/server/acts/action-logement.ts';
import type { Party, PromisedProgramme } from '#lib/server/acts/act.ts';
import { enterDeliberation } from '#lib/server/acts/enter-deliberation.ts';
import { enterProgramme, type EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import { LOGEMENT_D_ABORD_PROGRAMME } from '#lib/server/acts/logement-d-abord.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** In whose name an act is entered, for whom, and at what instant given the day of its sitting. */
export type Entering = {
	by: string;
	at: (sittingOn: Day) => Date;
	parties: Record<Party, string>;
};

export type EnteredActs = { actionLogement: EnteredProgramme; logementDAbord: EnteredProgramme };

/** Enters the two deliberations word for word, and the programmes that come from them. Nothing here is fictitious. */
export async function enterActs(tx: Transaction, entering: Entering): Promise<EnteredActs> {
	return {
		actionLogement: await enterAct(tx, ACTION_LOGEMENT_PROGRAMME, entering),
		logementDAbord: await enterAct(tx, LOGEMENT_D_ABORD_PROGRAMME, entering)
	};
}

async function enterAct(
	tx: Transaction,
	programme: PromisedProgramme,
	entering: Entering
): Promise<EnteredProgramme> {
	const deliberation = await enterDeliberation(tx, programme.act, entering);
	return enterProgramme(tx, programme, deliberation, entering);
}
