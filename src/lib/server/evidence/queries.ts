import { and, asc, eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { declarationFiles, declarations, users } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** A file that stood in a declaration when it was sent, with what became of it since. */
export type SentEvidence = Awaited<ReturnType<typeof listSentEvidence>>[number];

/**
 * Whether a file stood in its declaration when it was sent, the time said or any. The history of a sending is
 * written while the declaration is held, and files come and go only while it is: one is before the other.
 */
const stoodWhenSent = (submission?: SQL | number): SQL => sql`exists (
	select from declaration_events e
	where e.declaration_id = ${declarationFiles.declarationId} and e.action = 'submit'
		and ${submission === undefined ? sql`true` : sql`e.submission = ${submission}`}
		and ${declarationFiles.uploadedAt} < e.at
		and (${declarationFiles.removedAt} is null or ${declarationFiles.removedAt} > e.at)
)`;

/**
 * A file of a declaration that the person may see: one that stands there, or that stood there when it was sent,
 * since money may depend on it. Undefined where there is none.
 */
export async function findEvidence(tx: Transaction, declarationId: string, fileId: string) {
	if (!isIdentifier(declarationId) || !isIdentifier(fileId)) return undefined;
	const [file] = await tx
		.select({
			digest: declarationFiles.digest,
			name: declarationFiles.name,
			mediaType: declarationFiles.mediaType,
			sizeBytes: declarationFiles.sizeBytes
		})
		.from(declarationFiles)
		.where(
			and(
				eq(declarationFiles.id, fileId),
				eq(declarationFiles.declarationId, declarationId),
				or(isNull(declarationFiles.removedAt), stoodWhenSent())
			)
		);
	return file;
}

/** The evidence with which a declaration was sent, also what was taken off since, in the order in which it came. */
export function listSentEvidence(
	tx: Transaction,
	declarationId: string,
	submission: number | SQL<number>
) {
	return tx
		.select({
			id: declarationFiles.id,
			rowKey: declarationFiles.rowKey,
			digest: declarationFiles.digest,
			name: declarationFiles.name,
			mediaType: declarationFiles.mediaType,
			sizeBytes: declarationFiles.sizeBytes,
			uploadedAt: declarationFiles.uploadedAt,
			uploadedBy: users.name,
			removedAt: declarationFiles.removedAt
		})
		.from(declarationFiles)
		.leftJoin(users, eq(users.id, declarationFiles.uploadedBy))
		.where(and(eq(declarationFiles.declarationId, declarationId), stoodWhenSent(submission)))
		.orderBy(asc(declarationFiles.uploadedAt), asc(declarationFiles.id));
}

/** With how many files each of these declarations was sent last; those without one are not named. */
export function countSentEvidence(tx: Transaction, declarationIds: readonly string[]) {
	return tx
		.select({
			id: declarationFiles.declarationId,
			files: sql<number>`count(*)`.mapWith(Number)
		})
		.from(declarationFiles)
		.innerJoin(declarations, eq(declarations.id, declarationFiles.declarationId))
		.where(
			and(
				inArray(declarationFiles.declarationId, [...declarationIds]),
				stoodWhenSent(sql`${declarations.submission}`)
			)
		)
		.groupBy(declarationFiles.declarationId);
}

/**
 * Whether a file came or went after this transaction began. What is sent bears that instant: it would tell of
 * other files than it was sent with.
 */
export async function isEvidenceMoving(tx: Transaction, declarationId: string): Promise<boolean> {
	const { rows } = await tx.execute<{ moving: boolean }>(sql`
		select exists (
			select from declaration_files f
			where f.declaration_id = ${declarationId} and greatest(f.uploaded_at, f.removed_at) >= now()
		) as moving`);
	return rows[0]?.moving ?? false;
}
