import { randomUUID } from 'node:crypto';
import type { AgreementReference, PlannedAgreement } from '#lib/domain/act/plan/plan.ts';
import type { Writing } from '#lib/server/acts/act.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import { agreements } from '#lib/server/db/schema/index.ts';

/** The identifier of an agreement that something of a plan comes from. */
export type AgreementIds = (reference: AgreementReference | null) => string;

/**
 * Enters what was signed. An amendment points to its root, also where the plan points to another
 * amendment of it, and takes the next rank.
 */
export async function enterAgreements(
	{ tx, books, deliberation }: Writing,
	programmeId: string,
	planned: readonly PlannedAgreement[]
): Promise<AgreementIds> {
	const ids = new Map(planned.map(({ key }) => [key, randomUUID() as string]));
	const idOf: AgreementIds = (reference) => {
		const id =
			reference && ('planned' in reference ? ids.get(reference.planned) : reference.agreementId);
		if (!id) throw new Error('an envelope comes from an agreement');
		return id;
	};
	const ranks = new Map(books.agreements.map(({ id, lastRank }) => [id, lastRank]));
	const rows = planned.map(({ key, passage, amends, adoptedHere, title, ...days }) => {
		const rootId = amends ? idOf(amends) : null;
		const rank = rootId === null ? 0 : (ranks.get(rootId) ?? 0) + 1;
		if (rootId !== null) ranks.set(rootId, rank);
		return {
			id: idOf({ planned: key }),
			programmeId,
			title,
			rank,
			rootAgreementId: rootId,
			deliberationId: adoptedHere ? deliberation.id : null,
			citationId: deliberation.cite(passage).citationId,
			...days
		};
	});
	await insertRows(tx, agreements, rows);
	return idOf;
}
