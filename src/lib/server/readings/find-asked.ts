import { seenAs, type DeskProposal } from '#lib/domain/act/desk/desk.ts';
import { CHOICE_LABELS, ROLE_LABELS } from '#lib/domain/act/desk/proposal-words.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { listProposals } from '#lib/server/readings/list-proposals.ts';

/** A proposal with what the person saw of it when they decided: see `seenAs`. */
export type Asked = { id: string; seen: string };

/**
 * The proposals that a person decides about, as they are now. Where somebody else decided one of
 * them since the page was made, that is said and nothing is overwritten.
 */
export async function findAsked(
	tx: Transaction,
	readingId: string,
	asked: readonly Asked[]
): Promise<DeskProposal[]> {
	if (asked.length === 0 || asked.some(({ id }) => !isIdentifier(id))) throw unknown();
	const found = await listProposals(
		tx,
		readingId,
		asked.map(({ id }) => id)
	);
	const proposals = new Map(found.map((proposal) => [proposal.id, proposal]));
	return asked.map(({ id, seen }) => {
		const proposal = proposals.get(id);
		if (!proposal) throw unknown();
		if (seenAs(proposal) !== seen) throw overtaken(proposal);
		return proposal;
	});
}

export const unknown = (): Refusal =>
	new Refusal('Cette lecture n’est plus là : elle a été retirée entre-temps. Rechargez la page.', {
		kind: 'conflict'
	});

function overtaken({ role, choice, decidedBy }: DeskProposal): Refusal {
	const what = ROLE_LABELS[role];
	const message =
		choice === null
			? `« ${what} » : la décision a été reprise entre-temps. Regardez ce qui est lu, puis décidez.`
			: `« ${what} » : ${decidedBy ?? 'quelqu’un'} en a décidé entre-temps (${CHOICE_LABELS[choice]}). Rien n’a été remplacé ; ce que vous avez saisi est encore là.`;
	return new Refusal(typeset(message), { kind: 'conflict' });
}
