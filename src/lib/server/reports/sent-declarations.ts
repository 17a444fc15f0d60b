import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Day } from '#lib/domain/day.ts';
import { declaredKind, type DeclarationRow } from '#lib/domain/declaration.ts';
import { buildDeclarationRows } from '#lib/domain/declaration-rows.ts';
import type { Circuit, EnvelopeTotals } from '#lib/domain/envelope.ts';
import { cents, type Cents } from '#lib/domain/money.ts';
import {
	communes,
	declarationCounts,
	declarationDuties,
	declarationEvents,
	declarationLines,
	declarations,
	envelopeBalances,
	envelopes,
	indicators,
	measures,
	observations,
	operations
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { countSentEvidence } from '#lib/server/evidence/queries.ts';

/** What is known of a declaration before its lines are read. */
export type SentDeclaration = {
	id: string;
	envelopeId: string;
	circuit: Circuit;
	submission: number;
	periodStartsOn: Day;
	periodEndsOn: Day;
};

/** A line of a declaration, with the names of what it is about. */
export type SentLineRow = Awaited<ReturnType<typeof listLines>>[number];
export type SentCountRow = Awaited<ReturnType<typeof listCounts>>[number];

/** What an envelope asks, of which reference the act speaks, and what it has left. */
export type EnvelopeAsked = {
	rows: DeclarationRow[];
	/** Amount and count of the reference period by measure, with the indicator that counts. */
	baselines: ReadonlyMap<string, Baseline>;
	totals: EnvelopeTotals | null;
	dueDays: number | null;
};

export type Baseline = { amountCents: Cents; count: number; indicatorId: string };

/** All that a look at several declarations needs, read in one trip whatever their number. */
export type SentBooks = {
	/** Of these declarations, every time they were sent, and of what was accepted on their envelopes. */
	lines: SentLineRow[];
	counts: SentCountRow[];
	envelopes: ReadonlyMap<string, EnvelopeAsked>;
	/** With how many files each was sent last, by declaration. */
	fileCounts: ReadonlyMap<string, number>;
	/** When each was sent for the first time. */
	firstSentAt: ReadonlyMap<string, Date>;
	/** By line that corrects a period: what the ledger holds of it. Nothing where nothing is booked. */
	held: ReadonlyMap<string, Cents>;
};

/** Reads what was sent in some declarations, and what finance compares it with. */
export async function readSent(
	tx: Transaction,
	list: readonly SentDeclaration[]
): Promise<SentBooks> {
	const ids = list.map(({ id }) => id);
	const envelopeIds = [...new Set(list.map(({ envelopeId }) => envelopeId))];
	if (ids.length === 0) return NOTHING_SENT;
	const [lines, counts, fileCounts, firstSent, held, asked] = await Promise.all([
		listLines(tx, ids, envelopeIds),
		listCounts(tx, ids, envelopeIds),
		countSentEvidence(tx, ids),
		listFirstSent(tx, ids),
		listHeld(tx, ids),
		readAsked(tx, envelopeIds)
	]);
	return {
		lines,
		counts,
		envelopes: asked,
		fileCounts: new Map(fileCounts.map(({ id, files }) => [id, files])),
		firstSentAt: new Map(firstSent.map(({ id, at }) => [id, at])),
		held: new Map(held.map(({ id, amount }) => [id, cents(amount)]))
	};
}

const NOTHING_SENT: SentBooks = {
	lines: [],
	counts: [],
	envelopes: new Map(),
	fileCounts: new Map(),
	firstSentAt: new Map(),
	held: new Map()
};

const newCommune = alias(communes, 'new_commune');

/** Theirs, every time they were sent; and what stands accepted on the same envelopes. */
const comparable = (ids: readonly string[], envelopeIds: readonly string[]) =>
	or(
		inArray(declarations.id, [...ids]),
		and(
			inArray(declarations.envelopeId, [...envelopeIds]),
			eq(declarations.state, 'accepted'),
			eq(declarationLines.submission, declarations.submission)
		)
	);

function listLines(tx: Transaction, ids: readonly string[], envelopeIds: readonly string[]) {
	return tx
		.select({
			declarationId: declarations.id,
			envelopeId: declarations.envelopeId,
			state: declarations.state,
			lastSubmission: declarations.submission,
			periodStartsOn: declarations.periodStartsOn,
			periodEndsOn: declarations.periodEndsOn,
			id: declarationLines.id,
			submission: declarationLines.submission,
			rowKey: declarationLines.rowKey,
			measureId: declarationLines.measureId,
			measure: measures.label,
			operation: operations.name,
			newOperationName: declarationLines.newOperationName,
			newOperationLandlord: declarationLines.newOperationLandlord,
			commune: newCommune.name,
			amountCents: declarationLines.amountCents,
			comment: declarationLines.comment,
			correctsFrom: declarationLines.correctsFrom,
			correctsTo: declarationLines.correctsTo
		})
		.from(declarationLines)
		.innerJoin(declarations, eq(declarations.id, declarationLines.declarationId))
		.leftJoin(measures, eq(measures.id, declarationLines.measureId))
		.leftJoin(operations, eq(operations.id, declarationLines.operationId))
		.leftJoin(newCommune, eq(newCommune.code, declarationLines.newOperationCommune))
		.where(comparable(ids, envelopeIds))
		.orderBy(
			asc(declarations.periodStartsOn),
			asc(declarations.id),
			asc(declarationLines.submission),
			asc(declarationLines.position)
		);
}

function listCounts(tx: Transaction, ids: readonly string[], envelopeIds: readonly string[]) {
	return tx
		.select({
			lineId: declarationCounts.lineId,
			indicatorId: declarationCounts.indicatorId,
			indicator: indicators.label,
			unit: indicators.unit,
			product: declarationCounts.product,
			stage: declarationCounts.stage,
			commune: newCommune.name,
			number: declarationCounts.number
		})
		.from(declarationCounts)
		.innerJoin(declarationLines, eq(declarationLines.id, declarationCounts.lineId))
		.innerJoin(declarations, eq(declarations.id, declarationLines.declarationId))
		.innerJoin(indicators, eq(indicators.id, declarationCounts.indicatorId))
		.leftJoin(newCommune, eq(newCommune.code, declarationCounts.communeCode))
		.where(comparable(ids, envelopeIds))
		.orderBy(
			asc(declarationCounts.lineId),
			asc(indicators.position),
			sql`array_position(array['programmed', 'approved', 'started', 'delivered'], ${declarationCounts.stage})`,
			sql`array_position(array['PLAI', 'PLUS', 'PLS', 'LI'], ${declarationCounts.product})`,
			asc(declarationCounts.communeCode)
		);
}

function listFirstSent(tx: Transaction, ids: readonly string[]) {
	return tx
		.select({
			id: declarationEvents.declarationId,
			at: sql<Date>`min(${declarationEvents.at})`.mapWith(declarationEvents.at)
		})
		.from(declarationEvents)
		.where(
			and(
				inArray(declarationEvents.declarationId, [...ids]),
				eq(declarationEvents.action, 'submit')
			)
		)
		.groupBy(declarationEvents.declarationId);
}

/**
 * What the ledger holds of the period that a line corrects, in the same operation or line of use. What the
 * line itself became is left aside, so that it reads the same before and after it is accepted.
 */
async function listHeld(tx: Transaction, ids: readonly string[]) {
	const { rows } = await tx.execute<{ id: string; amount: string }>(sql`
		select l.id, sum(e.amount_cents)::text as amount
		from declaration_lines l
		join envelopes v on v.id = l.envelope_id
		join entries e on e.envelope_id = l.envelope_id
			and e.kind = case v.circuit
				when 'earmarked_revenue' then ${declaredKind('earmarked_revenue')}
				else ${declaredKind('off_budget')} end
			and e.effective_on between l.corrects_from and l.corrects_to
			and (l.operation_id is null or e.operation_id = l.operation_id)
			and (l.operation_id is not null or l.measure_id is null or e.measure_id = l.measure_id)
		left join entries reversed on reversed.id = e.reverses_entry_id
		where l.declaration_id in ${[...ids]} and l.amount_cents < 0 and l.corrects_from is not null
			and l.new_operation_name is null
			and coalesce(e.declaration_line_id, reversed.declaration_line_id) is distinct from l.id
		group by l.id
		having sum(e.amount_cents) <> 0`);
	return rows;
}

/** What each envelope asks and has, with the reference of its act. */
async function readAsked(
	tx: Transaction,
	envelopeIds: readonly string[]
): Promise<Map<string, EnvelopeAsked>> {
	const ids = [...envelopeIds];
	const [envelopeRows, measureRows, operationRows, indicatorRows, references] = await Promise.all([
		tx
			.select({
				id: envelopes.id,
				label: envelopes.label,
				circuit: envelopes.circuit,
				byOperation: declarationDuties.byOperation,
				dueDays: declarationDuties.dueDays,
				promisedCents: envelopeBalances.promisedCents,
				committedCents: envelopeBalances.committedCents,
				receivedCents: envelopeBalances.receivedCents,
				disbursedCents: envelopeBalances.disbursedCents
			})
			.from(envelopes)
			.leftJoin(declarationDuties, eq(declarationDuties.envelopeId, envelopes.id))
			.leftJoin(envelopeBalances, eq(envelopeBalances.envelopeId, envelopes.id))
			.where(inArray(envelopes.id, ids)),
		tx
			.select()
			.from(measures)
			.where(inArray(measures.envelopeId, ids))
			.orderBy(asc(measures.position)),
		tx
			.select()
			.from(operations)
			.where(inArray(operations.envelopeId, ids))
			.orderBy(asc(operations.name)),
		tx
			.select()
			.from(indicators)
			.where(inArray(indicators.envelopeId, ids))
			.orderBy(asc(indicators.position)),
		listReferences(tx, ids)
	]);
	return new Map(
		envelopeRows.map(({ id, label, circuit, byOperation, dueDays, ...balance }) => {
			const own = <Row extends { envelopeId: string | null }>(rows: readonly Row[]) =>
				rows.filter(({ envelopeId }) => envelopeId === id);
			const rows = buildDeclarationRows({
				label,
				circuit,
				byOperation: byOperation ?? false,
				measures: own(measureRows),
				operations: own(operationRows),
				indicators: own(indicatorRows)
			});
			return [
				id,
				{ rows, dueDays, baselines: baselinesOf(own(references)), totals: totalsOf(balance) }
			] as const;
		})
	);
}

/** Values of the reference period of the lines of use, amounts and counts. */
function listReferences(tx: Transaction, envelopeIds: string[]) {
	return tx
		.select({
			envelopeId: indicators.envelopeId,
			measureId: indicators.measureId,
			indicatorId: indicators.id,
			amountCents: observations.amountCents,
			number: observations.number
		})
		.from(observations)
		.innerJoin(indicators, eq(indicators.id, observations.indicatorId))
		.where(
			and(
				inArray(indicators.envelopeId, envelopeIds),
				eq(observations.kind, 'baseline'),
				sql`not exists (
					select from observations newer where newer.replaces_observation_id = ${observations.id}
				)`
			)
		)
		.orderBy(asc(indicators.position), asc(observations.id));
}

function baselinesOf(
	references: Awaited<ReturnType<typeof listReferences>>
): Map<string, Baseline> {
	const ofMeasures = Map.groupBy(references, ({ measureId }) => measureId ?? '');
	ofMeasures.delete('');
	return new Map(
		[...ofMeasures].flatMap(([measureId, own]) => {
			const money = own.find(({ amountCents }) => amountCents !== null)?.amountCents;
			const count = own.find(({ number }) => number !== null && Number.isInteger(number));
			if (!money || !count?.number) return [];
			const { indicatorId, number } = count;
			return [[measureId, { amountCents: money, count: number, indicatorId }] as const];
		})
	);
}

function totalsOf(balance: {
	[Name in keyof EnvelopeTotals]: Cents | null;
}): EnvelopeTotals | null {
	const { promisedCents, committedCents, receivedCents, disbursedCents } = balance;
	if (
		promisedCents === null ||
		committedCents === null ||
		receivedCents === null ||
		disbursedCents === null
	) {
		return null;
	}
	return { promisedCents, committedCents, receivedCents, disbursedCents };
}
