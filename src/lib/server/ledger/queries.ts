import {
	and,
	asc,
	desc,
	eq,
	ilike,
	isNotNull,
	isNull,
	lt,
	lte,
	gte,
	sql,
	type SQL
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { addDays, earlierDay, type Day } from '#lib/domain/day.ts';
import type { EntryKind } from '#lib/domain/ledger.ts';
import type { LedgerCursor } from '#lib/domain/ledger-order.ts';
import type { LedgerQuery } from '#lib/domain/ledger-query.ts';
import { cents, type Cents } from '#lib/domain/money.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import { CITED } from '#lib/server/deliberations/queries.ts';
import {
	citations,
	declarationLines,
	deliberations,
	entries,
	envelopeBalances,
	envelopeCounterparties,
	fiscalYears,
	measures,
	monthTotals,
	operations,
	organisations,
	users
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { branchOf } from '#lib/server/programmes/queries.ts';

export type LedgerEntry = Awaited<ReturnType<typeof listEntries>>[number];

/** The sum and the number of the entries of one kind. */
export type KindTotal = { kind: EntryKind; amountCents: Cents; entryCount: number };

const reversed = alias(entries, 'reversed');
const reversal = alias(entries, 'reversal');

/**
 * A page of the ledger of an envelope, as seen from a viewpoint, in the order asked for. It begins
 * after the entry of the cursor; ask for one more than a page to know whether another follows.
 */
export function listEntries(
	tx: Transaction,
	envelopeId: string,
	query: LedgerQuery,
	viewpoint: Viewpoint,
	limit: number
) {
	return tx
		.select({
			id: entries.id,
			kind: entries.kind,
			amountCents: entries.amountCents,
			effectiveOn: entries.effectiveOn,
			recordedAt: entries.recordedAt,
			fiscalYear: entries.fiscalYear,
			label: entries.label,
			measureId: entries.measureId,
			measure: measures.label,
			operationId: entries.operationId,
			operation: operations.name,
			counterparty: organisations.name,
			recordedBy: users.name,
			deliberationId: entries.deliberationId,
			deliberationSlug: deliberations.slug,
			satOn: deliberations.sittingOn,
			citationId: entries.citationId,
			quote: citations.quote,
			citation: CITED,
			reversesEntryId: entries.reversesEntryId,
			reversesEffectiveOn: reversed.effectiveOn,
			reversedByEntryId: reversal.id,
			reversedByEffectiveOn: reversal.effectiveOn,
			overrunReason: entries.overrunReason,
			/** The declaration that it comes from, by number; whoever sees the entry may know it. */
			declaration: sql<{ id: string; number: number } | null>`
				declaration_of_line(${entries.declarationLineId})`,
			fictitious: entries.fictitious
		})
		.from(entries)
		.leftJoin(measures, eq(measures.id, entries.measureId))
		.leftJoin(operations, eq(operations.id, entries.operationId))
		.leftJoin(organisations, eq(organisations.id, entries.counterpartyId))
		.leftJoin(users, eq(users.id, entries.recordedBy))
		.leftJoin(deliberations, eq(deliberations.id, entries.deliberationId))
		.leftJoin(citations, eq(citations.id, entries.citationId))
		.leftJoin(reversed, eq(reversed.id, entries.reversesEntryId))
		.leftJoin(
			reversal,
			and(
				eq(reversal.reversesEntryId, entries.id),
				lte(reversal.effectiveOn, viewpoint.asOf),
				viewpoint.knownAt ? lt(reversal.recordedAt, viewpoint.knownAt) : undefined
			)
		)
		.where(
			and(
				...seen(envelopeId, viewpoint),
				...asked(query, viewpoint),
				query.after ? beyond(query.after, query.direction) : undefined
			)
		)
		.orderBy(...inOrder(query))
		.limit(limit);
}

/**
 * Sum and number by kind over all the entries that a query asks for, not over one page. Where only
 * kind, measure and days are asked, they come from the monthly totals and cost the same at any size.
 */
export async function sumEntries(
	tx: Transaction,
	envelopeId: string,
	query: LedgerQuery,
	viewpoint: Viewpoint
): Promise<KindTotal[]> {
	const plain =
		query.year === null &&
		query.operationId === null &&
		query.counterpartyId === null &&
		query.text === null &&
		query.reversals === null &&
		query.declaration === null;
	const { rows } = plain
		? await tx.execute<KindTotalRow>(sumOfMonths(envelopeId, query, viewpoint))
		: await tx.execute<KindTotalRow>(sql`
			select ${entries.kind} as kind, sum(${entries.amountCents})::text as amount, count(*)::text as entries
			from ${entries}
			where ${and(...seen(envelopeId, viewpoint), ...asked(query, viewpoint))}
			group by ${entries.kind}`);
	return rows.map((row) => ({
		kind: row.kind,
		amountCents: cents(row.amount),
		entryCount: Number(row.entries)
	}));
}

/** The counters of an envelope over all its entries, whatever their day: what its limit is held against. */
export async function findBalance(tx: Transaction, envelopeId: string | SQL<string>) {
	const [row] = await tx
		.select({
			promisedCents: envelopeBalances.promisedCents,
			committedCents: envelopeBalances.committedCents,
			receivedCents: envelopeBalances.receivedCents,
			disbursedCents: envelopeBalances.disbursedCents
		})
		.from(envelopeBalances)
		.where(eq(envelopeBalances.envelopeId, envelopeId));
	return row;
}

/** The fiscal years that take no new entry. */
export async function listClosedYears(tx: Transaction): Promise<number[]> {
	const rows = await tx.select({ year: fiscalYears.year }).from(fiscalYears);
	return rows.map(({ year }) => year);
}

/**
 * The entries that stand for a declaration: those of the lines that were sent last, unless reversed.
 */
export function listDeclaredEntries(tx: Transaction, declarationId: string) {
	return tx
		.select({
			id: entries.id,
			envelopeId: entries.envelopeId,
			measureId: entries.measureId,
			operationId: entries.operationId,
			counterpartyId: entries.counterpartyId,
			declarationLineId: entries.declarationLineId,
			kind: entries.kind,
			amountCents: entries.amountCents,
			effectiveOn: entries.effectiveOn,
			fiscalYear: entries.fiscalYear,
			reversesEntryId: entries.reversesEntryId,
			/** None: those that were reversed are left out. */
			reversedByEntryId: sql<bigint | null>`null`
		})
		.from(entries)
		.innerJoin(declarationLines, eq(declarationLines.id, entries.declarationLineId))
		.where(
			and(
				eq(declarationLines.declarationId, declarationId),
				isNull(entries.reversesEntryId),
				sql`not exists (select from entries r where r.reverses_entry_id = ${entries.id})`
			)
		)
		.orderBy(asc(entries.id));
}

/** The day and the year of entries, in their order. */
export function listBookings(tx: Transaction, ids: readonly string[]) {
	return tx
		.select({
			id: entries.id,
			effectiveOn: entries.effectiveOn,
			fiscalYear: entries.fiscalYear
		})
		.from(entries)
		.where(sql`${entries.id} = any(${`{${ids.join(',')}}`}::bigint[])`)
		.orderBy(asc(entries.id));
}

/** Who stands on the other side of an envelope's entries, to choose from. */
export function listCounterparties(tx: Transaction, envelopeId: string) {
	return tx
		.select({ id: organisations.id, name: organisations.name })
		.from(envelopeCounterparties)
		.innerJoin(organisations, eq(organisations.id, envelopeCounterparties.organisationId))
		.where(eq(envelopeCounterparties.envelopeId, envelopeId))
		.orderBy(asc(organisations.name));
}

/** The lines of use of an envelope, to choose from, in the order of the act. */
export function listMeasureChoices(tx: Transaction, envelopeId: string) {
	return tx
		.select({ id: measures.id, name: measures.label, parentId: measures.parentId })
		.from(measures)
		.where(eq(measures.envelopeId, envelopeId))
		.orderBy(asc(measures.position));
}

/** The operations of an envelope that the reader may see, to choose from. */
export function listOperationChoices(tx: Transaction, envelopeId: string) {
	return tx
		.select({ id: operations.id, name: operations.name })
		.from(operations)
		.where(eq(operations.envelopeId, envelopeId))
		.orderBy(asc(operations.name));
}

/** The first and the last month in which something happened on an envelope; null for an empty ledger. */
export async function findLedgerSpan(
	tx: Transaction,
	envelopeId: string
): Promise<{ first: Day; last: Day } | null> {
	const [row] = await tx
		.select({
			first: sql<Day | null>`min(${monthTotals.month})::text`,
			last: sql<Day | null>`max(${monthTotals.month})::text`
		})
		.from(monthTotals)
		.where(and(eq(monthTotals.envelopeId, envelopeId), isNull(monthTotals.measureId)));
	return row?.first && row.last ? { first: row.first, last: row.last } : null;
}

type KindTotalRow = { kind: EntryKind; amount: string; entries: string };

function sumOfMonths(envelopeId: string, query: LedgerQuery, viewpoint: Viewpoint): SQL {
	const last = query.to ? earlierDay(query.to, viewpoint.asOf) : viewpoint.asOf;
	const known = viewpoint.knownAt?.toISOString() ?? null;
	const within = sql`m.envelope_id = ${envelopeId}::uuid
		and m.measure_id ${query.measureId ? sql`in ${branchOf(query.measureId)}` : sql`is null`}
		and (${query.kind}::text is null or m.kind = ${query.kind})`;
	const until = (date: Day, sign: number) => sql`
		select m.kind, ${sign}::int * m.amount_cents as amount_cents, ${sign}::int * m.entry_count as entry_count
		from month_amounts(${date}::date, ${known}::timestamptz) m where ${within}`;
	const before = query.from
		? sql`union all ${until(addDays(earlierDay(query.from, addDays(last, 1)), -1), -1)}`
		: sql``;
	return sql`
		select kind, sum(amount_cents)::text as amount, sum(entry_count)::text as entries
		from (${until(last, 1)} ${before}) months
		group by kind having sum(entry_count) <> 0`;
}

function seen(envelopeId: string, { asOf, knownAt }: Viewpoint): (SQL | undefined)[] {
	return [
		eq(entries.envelopeId, envelopeId),
		lte(entries.effectiveOn, asOf),
		knownAt ? lt(entries.recordedAt, knownAt) : undefined
	];
}

function asked(query: LedgerQuery, viewpoint: Viewpoint): (SQL | undefined)[] {
	return [
		query.kind ? eq(entries.kind, query.kind) : undefined,
		query.measureId ? sql`${entries.measureId} in ${branchOf(query.measureId)}` : undefined,
		query.year === null ? undefined : eq(entries.fiscalYear, query.year),
		query.operationId ? eq(entries.operationId, query.operationId) : undefined,
		query.counterpartyId ? eq(entries.counterpartyId, query.counterpartyId) : undefined,
		query.from ? gte(entries.effectiveOn, query.from) : undefined,
		query.to ? lte(entries.effectiveOn, query.to) : undefined,
		query.text ? ilike(entries.label, `%${query.text.replace(/[\\%_]/g, '\\$&')}%`) : undefined,
		query.declaration === null
			? undefined
			: sql`${entries.id} in (select entries_of_declaration(${query.declaration}))`,
		query.reversals === 'only' ? isNotNull(entries.reversesEntryId) : undefined,
		query.reversals === 'hide' ? untouched(viewpoint) : undefined
	];
}

/** Neither a reversal nor reversed, as far as that is seen: what remains when both cancel out. */
const untouched = ({ asOf, knownAt }: Viewpoint): SQL | undefined =>
	and(
		isNull(entries.reversesEntryId),
		sql`not exists (
			select from entries r
			where r.reverses_entry_id = ${entries.id} and r.effective_on <= ${asOf}
				${knownAt ? sql`and r.recorded_at < ${knownAt.toISOString()}::timestamptz` : sql``}
		)`
	);

function beyond(cursor: LedgerCursor, direction: 'asc' | 'desc'): SQL {
	const than = direction === 'asc' ? sql`>` : sql`<`;
	if (cursor.sort === 'saisie') return sql`${entries.id} ${than} ${String(cursor.id)}::bigint`;
	return cursor.sort === 'date'
		? sql`(${entries.effectiveOn}, ${entries.id}) ${than} (${cursor.effectiveOn}::date, ${String(cursor.id)}::bigint)`
		: sql`(${entries.amountCents}, ${entries.id}) ${than} (${String(cursor.amountCents)}::bigint, ${String(cursor.id)}::bigint)`;
}

function inOrder({ sort, direction }: LedgerQuery): SQL[] {
	const turn = direction === 'asc' ? asc : desc;
	if (sort === 'saisie') return [turn(entries.id)];
	return [turn(sort === 'date' ? entries.effectiveOn : entries.amountCents), turn(entries.id)];
}
