import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { formatDay, type Day } from '#lib/domain/day.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { listPeriods } from '#lib/domain/period.ts';
import { canBeginDeclaration } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { todayOf } from '#lib/domain/today.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { findByPeriod, listDuties } from '#lib/server/declarations/queries.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

/**
 * A partner begins the declaration of a period of its envelope, or goes on with the one that a colleague
 * began: two who begin at once get the same. A period can be filled from its first day on.
 */
export async function beginDeclaration(
	context: Context,
	wanted: { envelopeId: string; periodStartsOn: string }
): Promise<string> {
	const { envelopeId } = wanted;
	try {
		return await inTransaction(context, async (tx) => {
			// Whoever sets the rhythm of the envelope and who begins by it take turns: see `days_begun`.
			if (isIdentifier(envelopeId)) await holdDays(tx, envelopeId);
			// Others are not let near the duties at all, and are told what they may know: nothing.
			const [[duty], settings] =
				isIdentifier(envelopeId) && context.actor.role === 'partner'
					? await Promise.all([listDuties(tx, { envelopeId }), findSettings(tx)])
					: [[], null];
			if (!duty || !settings || !canBeginDeclaration(context.actor, duty)) {
				throw new Refusal('Aucune déclaration ne vous est demandée ici.', { kind: 'not-found' });
			}
			const period = listPeriods(duty, duty.duty).find(
				({ startsOn }) => startsOn === wanted.periodStartsOn
			);
			if (!period) throw new Refusal('Cette période ne se déclare pas.', { kind: 'not-found' });
			refuseBefore(period.startsOn, todayOf(settings, context.at));

			const id = randomUUID();
			const { rowCount } = await tx.execute(sql`
				insert into declarations
					(id, envelope_id, organisation_id, period_starts_on, period_ends_on, created_by)
				values (${id}, ${envelopeId}, ${duty.partnerId}, ${period.startsOn}, ${period.endsOn},
					${context.actor.id})
				on conflict on constraint declarations_period_key do nothing`);
			if (rowCount === 0) {
				const existing = await findByPeriod(tx, envelopeId, period.startsOn);
				// Another organisation declared it before this one became the partner of the envelope.
				if (!existing) throw new Refusal('Cette période ne se déclare pas.', { kind: 'not-found' });
				return existing;
			}
			await recordDeclarationEvent(tx, {
				declarationId: id,
				actorId: context.actor.id,
				action: 'create',
				submission: 0
			});
			return id;
		});
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}

const holdDays = (tx: Transaction, envelopeId: string) =>
	tx.execute(
		sql`select pg_advisory_xact_lock(hashtext('tenu.declared_days'), hashtext(${envelopeId}::uuid::text))`
	);

function refuseBefore(startsOn: Day, today: Day): void {
	if (startsOn <= today) return;
	throw new Refusal(
		`Cette période commence le ${formatDay(startsOn)} : revenez à partir de ce jour.`,
		{
			kind: 'conflict'
		}
	);
}
