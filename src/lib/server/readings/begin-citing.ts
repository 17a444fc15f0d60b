import { sql } from 'drizzle-orm';
import { isCitedAlready } from '#lib/domain/act/desk/cited-already.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import {
	findDeliberation,
	listCitations,
	listDecisions
} from '#lib/server/deliberations/queries.ts';
import { readPasted, refuseOthers, writeReading } from '#lib/server/readings/begin-reading.ts';
import { findOpenCiting } from '#lib/server/readings/queries.ts';

/**
 * Opens an act again, to cite more of it: a reading of its very text, without what is cited already. The act
 * itself never changes. One that is open already is the same reading.
 */
export async function beginCiting(context: Context, key: string): Promise<string> {
	refuseOthers(context);
	const act = await inTransaction(context, async (tx) => {
		const found = await findDeliberation(tx, key);
		if (!found) throw new Refusal('Cette délibération n’existe pas.', { kind: 'not-found' });
		const [citations, decisions] = await Promise.all([
			listCitations(tx, found.id),
			listDecisions(tx, found.id)
		]);
		return { ...found, citations, decisions };
	});
	// An act was kept as a text is taken, so that its places are those of its text.
	const read = await readPasted(act.text);
	if (read.text !== act.text) throw new Error('An act is not read in its very text.');
	const proposals = read.proposals.filter((proposal) => !isCitedAlready(proposal, act));
	try {
		return await inTransaction(context, async (tx) => {
			// Two people who open it at once open the same reading.
			await tx.execute(
				sql`select pg_advisory_xact_lock(hashtext('tenu.citing'), hashtext(${act.id}))`
			);
			const open = await findOpenCiting(tx, act.id);
			if (open) return open.id;
			const { id: deliberationId, text } = act;
			return writeReading(tx, context, { text, source: 'paste', deliberationId, proposals });
		});
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}
