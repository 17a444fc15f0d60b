import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, ne, sql, type SQL } from 'drizzle-orm';
import { LEFT_OUT } from '#lib/domain/import-line.ts';
import {
	columnMatches,
	declarations,
	importRows,
	imports,
	users
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type ImportRecord = NonNullable<Awaited<ReturnType<typeof findImport>>>;
export type ImportListed = Awaited<ReturnType<typeof listImports>>[number];
export type ImportLine = Awaited<ReturnType<typeof listImportLines>>[number];

/** A spreadsheet of a declaration; undefined where there is none, or it is not theirs. */
export async function findImport(tx: Transaction, declarationId: string, id: string) {
	const [found] = await tx
		.select()
		.from(imports)
		.where(and(eq(imports.id, id), eq(imports.declarationId, declarationId)));
	return found;
}

/** The same, held until the transaction ends: two who decide on it take turns. */
export async function lockImport(tx: Transaction, declarationId: string, id: string) {
	const [found] = await tx
		.select()
		.from(imports)
		.where(and(eq(imports.id, id), eq(imports.declarationId, declarationId)))
		.for('no key update');
	return found;
}

const LISTED = {
	id: imports.id,
	declarationId: imports.declarationId,
	fileName: imports.fileName,
	fileDigest: imports.fileDigest,
	sizeBytes: imports.sizeBytes,
	state: imports.state,
	lineCount: imports.lineCount,
	problemCount: imports.problemCount,
	createdAt: imports.createdAt,
	appliedAt: imports.appliedAt,
	createdBy: users.name
};

/** The spreadsheets that were given for a declaration, the latest first. */
export const listImports = (tx: Transaction, declarationId: string) =>
	tx
		.select(LISTED)
		.from(imports)
		.leftJoin(users, eq(users.id, imports.createdBy))
		.where(eq(imports.declarationId, declarationId))
		.orderBy(desc(imports.createdAt), asc(imports.id))
		.limit(50);

/** How many spreadsheets a declaration holds; those that were set aside make room. */
export async function countImports(tx: Transaction, declarationId: string): Promise<number> {
	const [row] = await tx
		.select({ count: sql`count(*)`.mapWith(Number) })
		.from(imports)
		.where(and(eq(imports.declarationId, declarationId), ne(imports.state, 'discarded')));
	return row?.count ?? 0;
}

/** Where the same content was given before, for this declaration or another of the organisation. */
export const listSameFile = (
	tx: Transaction,
	{ id, fileDigest }: { id: string; fileDigest: string }
) =>
	tx
		.select({
			...LISTED,
			number: declarations.number,
			periodStartsOn: declarations.periodStartsOn,
			periodEndsOn: declarations.periodEndsOn
		})
		.from(imports)
		.innerJoin(declarations, eq(declarations.id, imports.declarationId))
		.leftJoin(users, eq(users.id, imports.createdBy))
		.where(and(eq(imports.fileDigest, fileDigest), ne(imports.id, id)))
		.orderBy(desc(imports.createdAt), asc(imports.id))
		.limit(5);

export type LineFilter = 'all' | 'problems' | 'skipped';

const FILTERS: Record<LineFilter, SQL | undefined> = {
	all: undefined,
	problems: and(isNotNull(importRows.problems), isNull(importRows.skipped)),
	skipped: isNotNull(importRows.skipped)
};

/** Lines from the one after a number on, as many as a page holds. */
export const listImportLines = (
	tx: Transaction,
	importId: string,
	page: { filter: LineFilter; after: number; limit: number }
) =>
	tx
		.select({
			number: importRows.lineNumber,
			cells: importRows.cells,
			rowKey: importRows.rowKey,
			amountCents: importRows.amountCents,
			fields: importRows.fields,
			skipped: importRows.skipped,
			problems: importRows.problems
		})
		.from(importRows)
		.where(
			and(
				eq(importRows.importId, importId),
				gt(importRows.lineNumber, page.after),
				FILTERS[page.filter]
			)
		)
		.orderBy(asc(importRows.lineNumber))
		.limit(page.limit);

/** How many lines count, are left out, and by whom. */
export async function countLines(tx: Transaction, importId: string) {
	const [counts] = await tx
		.select({
			all: sql`count(*)`.mapWith(Number),
			problems: sql`count(*) filter (where ${FILTERS.problems})`.mapWith(Number),
			skipped: sql`count(*) filter (where ${FILTERS.skipped})`.mapWith(Number),
			leftOut: sql`count(*) filter (where ${importRows.skipped} = ${LEFT_OUT})`.mapWith(Number)
		})
		.from(importRows)
		.where(eq(importRows.importId, importId));
	return counts ?? { all: 0, problems: 0, skipped: 0, leftOut: 0 };
}

const COUNTED = isNull(importRows.skipped);

/** What the lines without a problem come to, row by row. Null where none says an amount: it is not zero. */
export const sumByRow = (tx: Transaction, importId: string) =>
	tx
		.select({
			rowKey: sql<string>`${importRows.rowKey}`,
			amountCents: sql<
				string | null
			>`(sum(${importRows.amountCents}) filter (where ${importRows.problems} is null))::text`,
			lines: sql`count(*)`.mapWith(Number),
			problems: sql`count(${importRows.problems})`.mapWith(Number)
		})
		.from(importRows)
		.where(and(eq(importRows.importId, importId), COUNTED, isNotNull(importRows.rowKey)))
		.groupBy(importRows.rowKey)
		.orderBy(asc(importRows.rowKey));

/** What they say by field: counts summed; of words, the different ones in the order of the lines. */
export async function listFieldValues(tx: Transaction, importId: string) {
	const { rows } = await tx.execute<{
		key: string;
		sum: string | null;
		texts: string[] | null;
	}>(sql`
		select key,
			sum(case when is_count then value::bigint end)::text as sum,
			(array_agg(value order by first) filter (where not is_count))[1:50] as texts
		from (
			select f.key, f.value, false as is_count,
				min(r.line_number) as first
			from import_rows r cross join lateral jsonb_each_text(r.fields) f
			where r.import_id = ${importId} and r.skipped is null and r.problems is null and f.key not like '%.nombre.%'
			group by f.key, f.value
			union all
			select f.key, sum(f.value::bigint)::text, true, 0
			from import_rows r cross join lateral jsonb_each_text(r.fields) f
			where r.import_id = ${importId} and r.skipped is null and r.problems is null and f.key like '%.nombre.%'
			group by f.key
		) said
		group by key
		order by key`);
	return rows;
}

/** What the organisation said of headings, by their digest. What it made us forget is empty. */
export async function listColumnMatches(
	tx: Transaction
): Promise<Record<string, Record<string, string>>> {
	const rows = await tx
		.select({ digest: columnMatches.headingDigest, matches: columnMatches.matches })
		.from(columnMatches)
		.where(ne(columnMatches.matches, {}))
		.orderBy(desc(columnMatches.updatedAt))
		.limit(200);
	return Object.fromEntries(rows.map(({ digest, matches }) => [digest, matches]));
}

/** The imports that are under way, of those given for a declaration with this content. */
export const listPending = (tx: Transaction, declarationId: string, fileDigest: string) =>
	tx
		.select({ id: imports.id })
		.from(imports)
		.where(
			and(
				eq(imports.declarationId, declarationId),
				eq(imports.fileDigest, fileDigest),
				inArray(imports.state, ['waiting', 'reading', 'matching', 'ready'])
			)
		)
		.orderBy(desc(imports.createdAt))
		.limit(1);
