import { asc, eq, gt } from 'drizzle-orm';
import { daysBetween, type Day } from '#lib/domain/day.ts';
import type { DeclarationState } from '#lib/domain/declaration.ts';
import { dueOn, listPeriods, stateOfPeriod, type Period } from '#lib/domain/period.ts';
import {
	declarationDuties,
	declarations,
	envelopes,
	organisations
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** A period that is owed and that nobody has sent, or that was returned and not sent again. */
export type LatePeriod = {
	envelopeId: string;
	envelope: string;
	organisation: string;
	period: Period;
	dueOn: Day;
	daysLate: number;
	/** What was returned or reopened; null where nothing was ever sent. */
	declaration: { id: string; number: number; state: DeclarationState } | null;
};

/** What is due: late first, then what is due next. */
export type Duties = { late: LatePeriod[]; nextDue: NextDue | null };

/** The next day by which something is due. */
export type NextDue = { organisation: string; envelope: string; period: Period; dueOn: Day };

type DutyRow = Awaited<ReturnType<typeof listDutyRows>>[number];
type SentPeriod = Awaited<ReturnType<typeof listSentPeriods>>[number];

/** Who is late on a day, the longest first, and what is due next. Costs the duties, whatever was declared. */
export async function readDuties(tx: Transaction): Promise<(today: Day) => Duties> {
	const [duties, sent] = await Promise.all([listDutyRows(tx), listSentPeriods(tx)]);
	const byPeriod = new Map(sent.map((one) => [`${one.envelopeId} ${one.startsOn}`, one]));
	return (today) => {
		const all = duties.flatMap((duty) => periodsOf(duty, byPeriod, today));
		const late = all
			.filter(({ state }) => state === 'late')
			.map(({ row }) => row)
			.toSorted((left, right) => right.daysLate - left.daysLate);
		const nextDue = all
			.filter(({ state, row }) => row.dueOn >= today && (state === 'open' || state === 'to_come'))
			.filter(({ row }) => row.declaration?.state !== 'submitted')
			.map(({ row }) => row)
			.toSorted((left, right) => (left.dueOn < right.dueOn ? -1 : 1))[0];
		return { late, nextDue: nextDue ?? null };
	};
}

function periodsOf(
	{ duty, startsOn, endsOn, ...of }: DutyRow,
	sent: ReadonlyMap<string, SentPeriod>,
	today: Day
) {
	return listPeriods({ startsOn, endsOn }, duty).map((period) => {
		const found = sent.get(`${of.envelopeId} ${period.startsOn}`) ?? null;
		const due = dueOn(period, duty);
		return {
			state: stateOfPeriod(period, duty, found?.state ?? null, today),
			row: {
				...of,
				period,
				dueOn: due,
				daysLate: daysBetween(due, today),
				declaration: found && { id: found.id, number: found.number, state: found.state }
			}
		};
	});
}

function listDutyRows(tx: Transaction) {
	return tx
		.select({
			envelopeId: envelopes.id,
			envelope: envelopes.label,
			organisation: organisations.name,
			startsOn: envelopes.startsOn,
			endsOn: envelopes.endsOn,
			duty: {
				frequency: declarationDuties.frequency,
				dueDays: declarationDuties.dueDays,
				startsOn: declarationDuties.startsOn
			}
		})
		.from(declarationDuties)
		.innerJoin(envelopes, eq(envelopes.id, declarationDuties.envelopeId))
		.innerJoin(organisations, eq(organisations.id, envelopes.partnerId))
		.orderBy(asc(organisations.name), asc(envelopes.label), asc(envelopes.id));
}

function listSentPeriods(tx: Transaction) {
	return tx
		.select({
			id: declarations.id,
			number: declarations.number,
			envelopeId: declarations.envelopeId,
			startsOn: declarations.periodStartsOn,
			state: declarations.state
		})
		.from(declarations)
		.innerJoin(declarationDuties, eq(declarationDuties.envelopeId, declarations.envelopeId))
		.where(gt(declarations.submission, 0));
}
