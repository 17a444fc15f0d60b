import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Day } from '#lib/domain/day.ts';
import type { DeclarationRow } from '#lib/domain/declaration.ts';
import { buildDeclarationRows } from '#lib/domain/declaration-rows.ts';
import type { Circuit, EnvelopeTotals } from '#lib/domain/envelope.ts';
import type { Cents } from '#lib/domain/money.ts';
import {
	communes,
	declarationCounts,
	declarationDuties,
	declarationEvents,
	declarationFiles,
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
	/** Evidence that was not removed, by declaration. */
	fileCounts: ReadonlyMap<string, number>;
	/** When each was sent for the first time. */
	firstSentAt: ReadonlyMap<string, Date>;
};

/** Reads what was sent in some declarations, and what finance compares it with. */
export async function readSent(
	tx: Transaction,
	list: readonly SentDeclaration[]
): Promise<SentBooks> {
	const ids = list.map(({ id }) => id);
	const envelopeIds = [...new Set(list.map(({ envelopeId }) => envelopeId))];
	if (ids.length === 0) return NOTHING_SENT;
	const [lines, counts, fileCounts, firstSent, asked] = await Promise.all([
		listLines(tx, ids, envelopeIds),
		listCounts(tx, ids, envelopeIds),
		countFiles(tx, ids),
		listFirstSent(tx, ids),
		readAsked(tx, envelopeIds)
	]);
	return {
		lines,
		counts,
		envelopes: asked,
		fileCounts: new Map(fileCounts.map(({ id, files }) => [id, files])),
		firstSentAt: new Map(firstSent.map(({ id, at }) => [id, at]))
	};
}

const NOTHING_SENT: SentBooks = {
	lines: [],
	counts: [],
	envelopes: new Map(),
	fileCounts: new Map(),
	firstSentAt: new Map()
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

function countFiles(tx: Transaction, ids: readonly string[]) {
	return tx
		.select({
			id: declarationFiles.declarationId,
			files: sql<number>`count(*)`.mapWith(Number)
		})
		.from(declarationFiles)
		.where(
			and(inArray(declarationFiles.declarationId, [...ids]), isNull(declarationFiles.removedAt))
		)
		.groupBy(declarationFiles.declarationId);
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
