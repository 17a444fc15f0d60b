import { randomUUID } from 'node:crypto';
import type {
	ActToEnter,
	CitedAct,
	DecisionItem,
	DeliberationHead,
	EnteredDeliberation,
	Entering
} from '#lib/server/acts/act.ts';
import { enterCitations } from '#lib/server/acts/enter-citations.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import { decisions, deliberations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/**
 * Enters an act with its decisions and its citations. One that is in the books already does not
 * change: what is not cited of it yet is added to what is.
 */
export async function enterDeliberation(
	tx: Transaction,
	{ head, decisions: decided, passages }: ActToEnter,
	entering: Entering
): Promise<EnteredDeliberation> {
	const act = isInBooks(head) ? head : await enterHead(tx, head, decided, entering);
	return {
		id: act.id,
		sittingOn: act.sittingOn,
		...(await enterCitations(tx, act, passages))
	};
}

const isInBooks = (head: DeliberationHead | CitedAct): head is CitedAct => 'citations' in head;

/** Councillors are counted; their names stay in the text. */
async function enterHead(
	tx: Transaction,
	head: DeliberationHead,
	decided: readonly DecisionItem[],
	{ by, recordedAt }: Entering
): Promise<CitedAct> {
	const id = randomUUID();
	const { sittingOn } = head;
	const entered = recordedAt ? { enteredAt: recordedAt(sittingOn) } : {};
	await insertRows(tx, deliberations, [{ id, ...head, ...entered, enteredBy: by }]);
	await insertRows(
		tx,
		decisions,
		decided.map((decision, index) => ({
			...decision,
			deliberationId: id,
			position: index + 1
		}))
	);
	return { id, sittingOn, citations: [] };
}
