import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { readings, users } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type ReadingSummary = Awaited<ReturnType<typeof listOpenReadings>>[number];
export type ReadingRow = NonNullable<Awaited<ReturnType<typeof findReading>>>;

const count = (of: SQL): SQL<number> =>
	sql<number>`(select count(*) from reading_proposals p where p.reading_id = ${readings.id} and ${of})`.mapWith(
		Number
	);

/** The title as somebody corrected it or as it was read; null where none was. */
const TITLE = sql<string | null>`(
	select coalesce(p.kept_value, p.read_value) ->> 'text' from reading_proposals p
	where p.reading_id = ${readings.id} and p.role = 'title' and p.choice is distinct from 'refused'
	order by p.choice is null, coalesce(p.kept_start, p.read_start), p.id limit 1)`;

const SUMMARY = {
	id: readings.id,
	state: readings.state,
	deliberationId: readings.deliberationId,
	title: TITLE,
	/** How the text begins, for one without a title. */
	beginning: sql<string>`left(${readings.text}, 120)`,
	source: readings.source,
	fileName: readings.fileName,
	createdAt: readings.createdAt,
	createdBy: users.name,
	updatedAt: readings.updatedAt,
	proposals: count(sql`true`),
	decided: count(sql`p.choice is not null`)
};

/** The readings under way, the one that was worked on last first. */
export function listOpenReadings(tx: Transaction) {
	return tx
		.select(SUMMARY)
		.from(readings)
		.leftJoin(users, eq(users.id, readings.createdBy))
		.where(eq(readings.state, 'open'))
		.orderBy(desc(readings.updatedAt), desc(readings.id));
}

/** A reading with its text; undefined where there is none. */
export async function findReading(tx: Transaction, id: string) {
	if (!isIdentifier(id)) return undefined;
	const [row] = await tx
		.select({
			...SUMMARY,
			text: readings.text,
			textDigest: readings.textDigest,
			fileDigest: readings.fileDigest,
			fileSizeBytes: readings.fileSizeBytes,
			revision: readings.revision
		})
		.from(readings)
		.leftJoin(users, eq(users.id, readings.createdBy))
		.where(eq(readings.id, id));
	return row;
}

/** The reading under way of exactly this text, by its digest. */
export async function findOpenReadingOf(tx: Transaction, textDigest: string) {
	const [row] = await tx
		.select(SUMMARY)
		.from(readings)
		.leftJoin(users, eq(users.id, readings.createdBy))
		.where(and(eq(readings.state, 'open'), eq(readings.textDigest, textDigest)))
		.orderBy(desc(readings.updatedAt), desc(readings.id))
		.limit(1);
	return row;
}

/** The file in which an act was given; undefined for a text that was pasted. */
export async function findOriginal(tx: Transaction, id: string) {
	if (!isIdentifier(id)) return undefined;
	const [row] = await tx
		.select({
			digest: sql<string>`${readings.fileDigest}`,
			name: sql<string>`${readings.fileName}`,
			sizeBytes: sql<number>`${readings.fileSizeBytes}`.mapWith(Number),
			source: readings.source
		})
		.from(readings)
		.where(and(eq(readings.id, id), isNotNull(readings.fileDigest)));
	return row;
}

/** The reading under way that opens an act again. */
export async function findOpenCiting(tx: Transaction, deliberationId: string) {
	const [row] = await tx
		.select({ id: readings.id })
		.from(readings)
		.where(and(eq(readings.state, 'open'), eq(readings.deliberationId, deliberationId)))
		.orderBy(desc(readings.updatedAt), desc(readings.id))
		.limit(1);
	return row;
}

/** The reading from which an act was entered, where it came in a file. */
export async function findOriginalOf(tx: Transaction, deliberationId: string) {
	const [row] = await tx
		.select({ readingId: readings.id, name: sql<string>`${readings.fileName}` })
		.from(readings)
		.where(
			and(
				eq(readings.state, 'entered'),
				eq(readings.deliberationId, deliberationId),
				isNotNull(readings.fileDigest)
			)
		)
		.orderBy(readings.createdAt, readings.id)
		.limit(1);
	return row ?? null;
}
