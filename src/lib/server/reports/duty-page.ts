import { and, asc, eq, gt } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import type { DeclarationState } from '#lib/domain/declaration.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import type { Duty, Period } from '#lib/domain/period.ts';
import { todayOf } from '#lib/domain/today.ts';
import type { Context } from '#lib/server/context.ts';
import {
	declarationDuties,
	declarations,
	envelopes,
	organisations,
	programmes,
	users
} from '#lib/server/db/schema/index.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { listBegunPeriods } from '#lib/server/declarations/queries.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

/** What finance sees when it sets how often an envelope is declared. */
export type DutyPage = {
	envelope: {
		id: string;
		label: string;
		startsOn: Day;
		endsOn: Day;
		partner: string;
		programme: string;
		programmeSlug: string;
	};
	/** Null where nothing is set yet. */
	duty: (Duty & { byOperation: boolean; setBy: string | null; setAt: Date }) | null;
	/** The periods that were sent. */
	declared: { startsOn: Day; state: DeclarationState }[];
	/** The periods that were begun, drafts of the partner included: of these only the days are known. */
	begun: Period[];
	today: Day;
};

/** Reads the duty of an envelope in one trip; null where there is no such envelope. */
export async function readDutyPage(context: Context, envelopeId: string): Promise<DutyPage | null> {
	if (!isIdentifier(envelopeId)) return null;
	return inTransaction(context, async (tx) => {
		const [settings, [envelope], [duty], declared, begun] = await Promise.all([
			findSettings(tx),
			tx
				.select({
					id: envelopes.id,
					label: envelopes.label,
					startsOn: envelopes.startsOn,
					endsOn: envelopes.endsOn,
					partner: organisations.name,
					programme: programmes.name,
					programmeSlug: programmes.slug
				})
				.from(envelopes)
				.innerJoin(organisations, eq(organisations.id, envelopes.partnerId))
				.innerJoin(programmes, eq(programmes.id, envelopes.programmeId))
				.where(eq(envelopes.id, envelopeId)),
			tx
				.select({
					frequency: declarationDuties.frequency,
					dueDays: declarationDuties.dueDays,
					startsOn: declarationDuties.startsOn,
					byOperation: declarationDuties.byOperation,
					setBy: users.name,
					setAt: declarationDuties.setAt
				})
				.from(declarationDuties)
				.leftJoin(users, eq(users.id, declarationDuties.setBy))
				.where(eq(declarationDuties.envelopeId, envelopeId)),
			tx
				.select({ startsOn: declarations.periodStartsOn, state: declarations.state })
				.from(declarations)
				.where(and(eq(declarations.envelopeId, envelopeId), gt(declarations.submission, 0)))
				.orderBy(asc(declarations.periodStartsOn)),
			listBegunPeriods(tx, envelopeId)
		]);
		if (!envelope) return null;
		return { envelope, duty: duty ?? null, declared, begun, today: todayOf(settings, context.at) };
	});
}
