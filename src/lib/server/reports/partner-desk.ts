import type { Day } from '#lib/domain/day.ts';
import { isLate, sayWhatIsDue, type DuePeriod } from '#lib/domain/due.ts';
import { dueOn, listPeriods, stateOfPeriod, type Frequency } from '#lib/domain/period.ts';
import { canBeginDeclaration } from '#lib/domain/policy.ts';
import { todayOf } from '#lib/domain/today.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import {
	listDeclarations,
	listDuties,
	type DeclarationListed
} from '#lib/server/declarations/queries.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

export type DeskPeriod = DuePeriod & {
	/** Of what was sent last, in cents; null where nothing was. */
	amountCents: string | null;
};

/** An envelope that the partner declares, with its periods, the latest first. */
export type DeskEnvelope = {
	id: string;
	envelope: string;
	programme: string;
	frequency: Frequency;
	dueDays: number;
	periods: DeskPeriod[];
};

/** What a partner has to declare and has declared. */
export type PartnerDesk = {
	/** What is due and by when, in one sentence. */
	sentence: string;
	/** Something should have been declared already. */
	isLate: boolean;
	today: Day;
	envelopes: DeskEnvelope[];
};

/** Reads what the organisation of the person declares: its envelopes, and their periods up to the next. */
export function readPartnerDesk(context: Context): Promise<PartnerDesk> {
	return inTransaction(context, async (tx) => {
		const [settings, duties, declarations] = await Promise.all([
			findSettings(tx),
			listDuties(tx),
			listDeclarations(tx)
		]);
		const today = todayOf(settings, context.at);
		const envelopes = duties
			.filter((duty) => canBeginDeclaration(context.actor, { partnerId: duty.partnerId }))
			.map((duty) => ({
				id: duty.envelopeId,
				envelope: duty.envelope,
				programme: duty.programme,
				frequency: duty.duty.frequency,
				dueDays: duty.duty.dueDays,
				periods: periodsOf(duty, declarations, today)
			}));
		const isOverdue = envelopes.some(isLate);
		return { sentence: sayWhatIsDue(envelopes), isLate: isOverdue, today, envelopes };
	});
}

type Duty = Awaited<ReturnType<typeof listDuties>>[number];

/** All that has begun, and the first that has not. A declaration outlives a change of the duty. */
function periodsOf(
	{ envelopeId, startsOn, endsOn, duty }: Duty,
	declarations: readonly DeclarationListed[],
	today: Day
): DeskPeriod[] {
	const own = declarations.filter((declaration) => declaration.envelopeId === envelopeId);
	const asked = listPeriods({ startsOn, endsOn }, duty);
	const begun = asked.filter((period, index) => {
		const before = asked[index - 1];
		return period.startsOn <= today || !before || before.startsOn <= today;
	});
	const known = new Set(begun.map((period) => period.startsOn));
	const earlier = own
		.filter(({ periodStartsOn }) => !known.has(periodStartsOn))
		.map(({ periodStartsOn, periodEndsOn }) => ({
			startsOn: periodStartsOn,
			endsOn: periodEndsOn
		}));
	return [...begun, ...earlier]
		.sort((left, right) => (left.startsOn < right.startsOn ? 1 : -1))
		.map((period) => {
			const declaration = own.find(({ periodStartsOn }) => periodStartsOn === period.startsOn);
			return {
				period,
				dueOn: dueOn(period, duty),
				state: stateOfPeriod(period, duty, declaration?.state ?? null, today),
				declaration: declaration
					? { id: declaration.id, number: declaration.number, state: declaration.state }
					: null,
				amountCents: declaration?.amountCents ?? null
			};
		});
}
