import { eq, sql } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import { explainCut, findCut } from '#lib/domain/duty-preview.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { listPeriods, type Frequency, type Period } from '#lib/domain/period.ts';
import { canSetDuty } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import { recordChange } from '#lib/server/audit/record-change.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { envelopes } from '#lib/server/db/schema/index.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { listBegunPeriods } from '#lib/server/declarations/queries.ts';

/** How often the partner of an envelope declares, how long after the end of a period, from when, and how finely. */
export type TypedDuty = {
	frequency: Frequency;
	dueDays: number;
	startsOn: Day;
	byOperation: boolean;
};

/**
 * Finance says how often an envelope is declared. Declarations that were begun keep their periods. Set to
 * what it is already, it leaves no trace.
 */
export async function setDeclarationDuty(
	context: Context,
	envelopeId: string,
	{ frequency, dueDays, startsOn, byOperation }: TypedDuty
): Promise<void> {
	const { actor } = context;
	if (!canSetDuty(actor)) {
		throw new Refusal('Seule la direction des finances règle le rythme des déclarations.', {
			kind: 'forbidden'
		});
	}
	try {
		await inTransaction(context, async (tx) => {
			const [envelope] = isIdentifier(envelopeId)
				? await tx.select().from(envelopes).where(eq(envelopes.id, envelopeId))
				: [];
			if (!envelope) throw new Refusal('Cette enveloppe n’existe pas.', { kind: 'not-found' });
			if (startsOn > envelope.endsOn) {
				throw new Refusal(
					typeset('Les déclarations commencent au plus tard le dernier jour de l’enveloppe.'),
					{ field: 'startsOn' }
				);
			}
			await refuseCutting(tx, envelopeId, listPeriods(envelope, { frequency, startsOn }));
			const { rowCount } = await tx.execute(sql`
				insert into declaration_duties as d
					(envelope_id, frequency, due_days, starts_on, by_operation, set_by)
				values (${envelopeId}, ${frequency}, ${dueDays}, ${startsOn}, ${byOperation}, ${actor.id})
				on conflict (envelope_id) do update set frequency = excluded.frequency,
					due_days = excluded.due_days, starts_on = excluded.starts_on,
					by_operation = excluded.by_operation, set_by = excluded.set_by, set_at = now()
				where (d.frequency, d.due_days, d.starts_on, d.by_operation) is distinct from
					(excluded.frequency, excluded.due_days, excluded.starts_on, excluded.by_operation)`);
			if (rowCount === 0) return;
			await recordChange(tx, {
				actorId: actor.id,
				action: 'set_duty',
				subjectType: 'envelope',
				subjectId: envelopeId,
				details: { frequency, dueDays, startsOn, byOperation }
			});
		});
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}

/** A day that was begun in one period is not asked again in another: it would be in the ledger twice, or never. */
async function refuseCutting(
	tx: Transaction,
	envelopeId: string,
	periods: Period[]
): Promise<void> {
	const cut = findCut(periods, await listBegunPeriods(tx, envelopeId));
	if (cut) throw new Refusal(explainCut(cut), { field: 'startsOn' });
}
