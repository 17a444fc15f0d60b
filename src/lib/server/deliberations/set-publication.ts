import { sql } from 'drizzle-orm';
import { canEnterActs } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Publication, SeenPublication } from '#lib/forms/publication.ts';
import { recordChange } from '#lib/server/audit/record-change.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { findPublication } from '#lib/server/deliberations/find-publication.ts';
import { refuseEmptied, refuseOvertaken } from '#lib/server/deliberations/refuse-publication.ts';

/** Gives what the publication of an act needs and its text does not say. The act itself never changes. */
export async function setPublication(
	context: Context,
	key: string,
	publication: Publication,
	seen: SeenPublication
): Promise<void> {
	if (!canEnterActs(context.actor)) {
		throw new Refusal('Seule la direction des finances publie les actes.', { kind: 'forbidden' });
	}
	try {
		await inTransaction(context, (tx) => write(tx, context, key, publication, seen));
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}

async function write(
	tx: Transaction,
	{ actor }: Context,
	key: string,
	publication: Publication,
	seen: SeenPublication
): Promise<void> {
	const act = await lockPublication(tx, key);
	if (!act) throw new Refusal('Cette délibération n’existe pas.', { kind: 'not-found' });
	refuseOvertaken(act, publication, seen);
	const { siret, ...given } = publication;
	const isSiretChanged = siret !== seen.siret && siret !== act.siret;
	if (isSiretChanged && siret === null && !seen.withoutSiret) refuseEmptied(act);
	// The number that the act has itself stays the number.
	const number = act.ownNumber === null ? given.number : null;
	await tx.execute(sql`
		insert into deliberation_publications (deliberation_id, number, matter_code, matter_name,
			prefecture_id, prefecture_on, budget_year, budget_name, url, updated_by)
		values (${act.id}, ${number}, ${given.matterCode}, ${given.matterName}, ${given.prefectureId},
			${given.prefectureOn}, ${given.budgetYear}, ${given.budgetName}, ${given.url}, ${actor.id})
		on conflict (deliberation_id) do update set number = excluded.number,
			matter_code = excluded.matter_code, matter_name = excluded.matter_name,
			prefecture_id = excluded.prefecture_id, prefecture_on = excluded.prefecture_on,
			budget_year = excluded.budget_year, budget_name = excluded.budget_name, url = excluded.url,
			updated_by = excluded.updated_by, updated_at = now()`);
	if (isSiretChanged) {
		await tx.execute(sql`update organisations set siret = ${siret} where id = ${act.authorityId}`);
	}
	await recordChange(tx, {
		actorId: actor.id,
		action: 'set_publication',
		subjectType: 'deliberation',
		subjectId: act.id,
		details: { ...given, number, siret: isSiretChanged ? siret : act.siret }
	});
}

/** As it is now, and stays until the end: whoever gives something for an act of the same authority waits. */
async function lockPublication(tx: Transaction, key: string) {
	const act = await findPublication(tx, key);
	if (!act) return undefined;
	await tx.execute(sql`select from organisations where id = ${act.authorityId} for update`);
	return findPublication(tx, key);
}
