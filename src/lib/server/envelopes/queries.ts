import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import type { EnvelopeFacts, EnvelopeTotals } from '#lib/domain/envelope.ts';
import type { EntryKind } from '#lib/domain/ledger.ts';
import { cents, NO_CENTS } from '#lib/domain/money.ts';
import type { AgreedInstalment } from '#lib/domain/plan.ts';
import type { MonthAmount } from '#lib/domain/month-amount.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import { CITED, type CitedPassage } from '#lib/server/deliberations/queries.ts';
import {
	agreements,
	citations,
	deliberations,
	envelopes,
	organisations,
	programmes
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { envelopeEndsOn, programmeHorizon } from '#lib/server/programmes/list-moved-days.ts';

/** Which envelopes are asked for: all that may be seen, those of a programme, or one. */
export type EnvelopeScope = { programmeSlug?: string; envelopeId?: string };

/** What an envelope is, with the sentence that promised it. */
export type EnvelopeRow = EnvelopeFacts & {
	purpose: string;
	partnerId: string;
	quote: string | null;
	satOn: Day | null;
	citation: CitedPassage | null;
};

/** One planned payment of an envelope. */
export type PlannedInstalment = AgreedInstalment & { envelopeId: string };

/** What an envelope disbursed in a month. */
export type EnvelopeMonth = MonthAmount & { envelopeId: string };

/** What stands for an organisation that the person may not see. */
export const HIDDEN_ORGANISATION = 'organisme non visible';

/** Envelopes in the order of their programmes, then of the act. */
export async function listEnvelopes(
	tx: Transaction,
	viewpoint: Viewpoint,
	scope: EnvelopeScope = {}
): Promise<EnvelopeRow[]> {
	const rows = await tx
		.select({
			id: envelopes.id,
			label: envelopes.label,
			purpose: envelopes.purpose,
			circuit: envelopes.circuit,
			strength: envelopes.strength,
			instrument: envelopes.instrument,
			funder: organisations.name,
			partnerId: envelopes.partnerId,
			programmeSlug: programmes.slug,
			programmeName: programmes.name,
			startsOn: envelopes.startsOn,
			endsOn: envelopeEndsOn(viewpoint),
			inForceOn: sql<Day | null>`case when ${isEntered(sql`${agreements.deliberationId}`, viewpoint)}
				then ${agreements.effectiveOn}::text end`,
			horizonEndsOn: programmeHorizon(viewpoint),
			hasSuccessor: sql<boolean>`exists (
				select from agreements a
				where a.programme_id = ${envelopes.programmeId} and a.ends_on > ${envelopeEndsOn(viewpoint)}
					and a.effective_on <= ${viewpoint.asOf}
					and ${isEntered(sql`a.deliberation_id`, viewpoint)}
			)`,
			citationId: envelopes.citationId,
			deliberationId: citations.deliberationId,
			quote: citations.quote,
			satOn: deliberations.sittingOn,
			citation: CITED
		})
		.from(envelopes)
		.innerJoin(programmes, eq(programmes.id, envelopes.programmeId))
		.innerJoin(agreements, eq(agreements.id, envelopes.agreementId))
		.leftJoin(organisations, eq(organisations.id, envelopes.funderId))
		.leftJoin(citations, eq(citations.id, envelopes.citationId))
		.leftJoin(deliberations, eq(deliberations.id, citations.deliberationId))
		.where(
			and(
				scope.programmeSlug === undefined ? undefined : eq(programmes.slug, scope.programmeSlug),
				scope.envelopeId === undefined ? undefined : eq(envelopes.id, scope.envelopeId)
			)
		)
		.orderBy(asc(programmes.startsOn), asc(programmes.name), asc(envelopes.position));
	return rows.map(({ instrument, funder, ...row }) => ({
		...row,
		funder: funder ?? HIDDEN_ORGANISATION,
		...(instrument ? { instrument } : {})
	}));
}

/** The four sums of each envelope, from a viewpoint. An envelope without entries is not listed. */
export async function listEnvelopeTotals(
	tx: Transaction,
	viewpoint: Viewpoint,
	scope: EnvelopeScope = {}
): Promise<Map<string, EnvelopeTotals>> {
	const { rows } = await tx.execute<{ envelope_id: string; kind: EntryKind; amount: string }>(sql`
		select m.envelope_id, m.kind, sum(m.amount_cents)::text as amount
		from ${monthAmounts(viewpoint)} m
		where m.measure_id is null ${withinScope(scope)}
		group by m.envelope_id, m.kind`);
	const totals = new Map<string, EnvelopeTotals>();
	for (const { envelope_id, kind, amount } of rows) {
		const sums = totals.get(envelope_id) ?? { ...NO_TOTALS };
		sums[TOTAL_OF_KIND[kind]] = cents(amount);
		totals.set(envelope_id, sums);
	}
	return totals;
}

/** Disbursed by envelope and month, from a viewpoint, in the order of the months. */
export async function listMonthlyDisbursements(
	tx: Transaction,
	viewpoint: Viewpoint,
	scope: EnvelopeScope = {}
): Promise<EnvelopeMonth[]> {
	const { rows } = await tx.execute<{ envelope_id: string; month: Day; amount: string }>(sql`
		select m.envelope_id, m.month::text as month, sum(m.amount_cents)::text as amount
		from ${monthAmounts(viewpoint)} m
		where m.measure_id is null and m.kind = 'disbursement' ${withinScope(scope)}
		group by m.envelope_id, m.month
		order by m.month, m.envelope_id`);
	return rows.map((row) => ({
		envelopeId: row.envelope_id,
		month: row.month,
		amountCents: cents(row.amount)
	}));
}

/** Sums by measure and kind, from a viewpoint. Measures are leaves or parents: each has its own entries only. */
export async function listMeasureTotals(
	tx: Transaction,
	viewpoint: Viewpoint,
	scope: EnvelopeScope
): Promise<Map<string, EnvelopeTotals>> {
	const { rows } = await tx.execute<{ measure_id: string; kind: EntryKind; amount: string }>(sql`
		select m.measure_id, m.kind, sum(m.amount_cents)::text as amount
		from ${monthAmounts(viewpoint)} m
		where m.measure_id is not null ${withinScope(scope)}
		group by m.measure_id, m.kind`);
	const totals = new Map<string, EnvelopeTotals>();
	for (const { measure_id, kind, amount } of rows) {
		const sums = totals.get(measure_id) ?? { ...NO_TOTALS };
		sums[TOTAL_OF_KIND[kind]] = cents(amount);
		totals.set(measure_id, sums);
	}
	return totals;
}

/**
 * All that agreements planned whose acts are known from the viewpoint, with the day each applies from:
 * the domain says which is in force.
 */
export async function listInstalments(
	tx: Transaction,
	viewpoint: Viewpoint,
	scope: EnvelopeScope = {}
): Promise<PlannedInstalment[]> {
	const { rows } = await tx.execute<{
		envelope_id: string;
		agreement_id: string;
		agreed_on: Day;
		rank: number;
		due_on: Day;
		amount: string;
	}>(sql`
		select m.envelope_id, m.agreement_id, a.effective_on::text as agreed_on, a.rank,
			m.due_on::text as due_on, m.amount_cents::text as amount
		from instalments m
		join agreements a on a.id = m.agreement_id
		where ${isEntered(sql`a.deliberation_id`, viewpoint)} ${withinScope(scope)}
		order by m.envelope_id, m.due_on, a.effective_on`);
	return rows.map((row) => ({
		envelopeId: row.envelope_id,
		agreementId: row.agreement_id,
		agreedOn: row.agreed_on,
		rank: row.rank,
		dueOn: row.due_on,
		amountCents: cents(row.amount)
	}));
}

export const NO_TOTALS: EnvelopeTotals = {
	promisedCents: NO_CENTS,
	committedCents: NO_CENTS,
	receivedCents: NO_CENTS,
	disbursedCents: NO_CENTS
};

const TOTAL_OF_KIND: Record<EntryKind, keyof EnvelopeTotals> = {
	allocation: 'promisedCents',
	commitment: 'committedCents',
	receipt: 'receivedCents',
	disbursement: 'disbursedCents'
};

const monthAmounts = ({ asOf, knownAt }: Viewpoint): SQL =>
	sql`month_amounts(${asOf}::date, ${knownAt?.toISOString() ?? null}::timestamptz)`;

/**
 * Whether the act of an agreement had been entered by the instant of the viewpoint: before, nobody knew
 * what it plans nor that it follows another. An agreement without an act was always known.
 */
const isEntered = (deliberationId: SQL, { knownAt }: Viewpoint): SQL =>
	knownAt === null
		? sql`true`
		: sql`not exists (
			select from deliberations act
			where act.id = ${deliberationId} and act.entered_at >= ${knownAt.toISOString()}::timestamptz
		)`;

function withinScope({ programmeSlug, envelopeId }: EnvelopeScope): SQL {
	if (envelopeId !== undefined) return sql`and m.envelope_id = ${envelopeId}::uuid`;
	if (programmeSlug === undefined) return sql``;
	return sql`and m.envelope_id in (
		select e.id from envelopes e join programmes p on p.id = e.programme_id
		where p.slug = ${programmeSlug}
	)`;
}
