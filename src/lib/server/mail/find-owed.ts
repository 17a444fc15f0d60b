import { dayInParis, type Day } from '#lib/domain/day.ts';
import { dueOn, listPeriods, stateOfPeriod, type Duty } from '#lib/domain/period.ts';
import type { BegunDeclaration } from '#lib/domain/reminder.ts';
import { todayOf } from '#lib/domain/today.ts';
import { organisations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { listDeclarations, listDuties } from '#lib/server/declarations/queries.ts';
import type { LateDeclaration, WaitingDeclaration } from '#lib/server/mail/reminder-texts.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

/** An envelope of which declarations are owed, with those that were begun. */
export type OwedEnvelope = {
	envelopeId: string;
	envelope: string;
	programme: string;
	partnerId: string;
	organisation: string;
	startsOn: Day;
	endsOn: Day;
	duty: Duty;
	declarations: BegunDeclaration[];
};

/** Which day it is for declarations, what is owed by whom, and what waits for finance. */
export async function findOwed(
	tx: Transaction,
	at: Date
): Promise<{ today: Day; envelopes: OwedEnvelope[]; waiting: WaitingDeclaration[] }> {
	const [settings, duties, declared, names] = await Promise.all([
		findSettings(tx),
		listDuties(tx),
		listDeclarations(tx),
		tx.select({ id: organisations.id, name: organisations.name }).from(organisations)
	]);
	const nameOf = new Map(names.map(({ id, name }) => [id, name]));
	const envelopes = duties.map((owed) => ({
		...owed,
		organisation: nameOf.get(owed.partnerId) ?? '',
		declarations: declared
			.filter(({ envelopeId }) => envelopeId === owed.envelopeId)
			.map(({ periodStartsOn, state, decidedAt }) => ({
				periodStartsOn,
				state,
				decidedOn: decidedAt ? dayInParis(decidedAt) : null
			}))
	}));
	const waiting = declared
		.filter(({ state }) => state === 'submitted')
		.map((one) => ({
			id: one.id,
			number: one.number,
			envelope: one.envelope,
			programme: one.programme,
			organisation: one.organisation,
			period: { startsOn: one.periodStartsOn, endsOn: one.periodEndsOn },
			at: one.submittedAt ?? one.createdAt
		}))
		.sort((left, right) => left.at.getTime() - right.at.getTime());
	return { today: todayOf(settings, at), envelopes, waiting };
}

/** The periods of an envelope that are late, the earliest first. */
export function listLate(owed: OwedEnvelope, today: Day): LateDeclaration[] {
	const { duty, declarations, organisation, envelope } = owed;
	return listPeriods(owed, duty).flatMap((period) => {
		const begun = declarations.find(({ periodStartsOn }) => periodStartsOn === period.startsOn);
		if (stateOfPeriod(period, duty, begun?.state ?? null, today) !== 'late') return [];
		return [{ organisation, envelope, period, dueOn: dueOn(period, duty) }];
	});
}
