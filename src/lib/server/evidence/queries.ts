import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { declarationFiles } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** A file of a declaration that the person may see and that was not removed; undefined where there is none. */
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
				isNull(declarationFiles.removedAt)
			)
		);
	return file;
}

/** The evidence that stood in a declaration at an instant, also what was taken off since, in the order in which it came. */
export function listEvidenceAt(tx: Transaction, declarationId: string, at: Date) {
	return tx
		.select({
			id: declarationFiles.id,
			rowKey: declarationFiles.rowKey,
			digest: declarationFiles.digest,
			name: declarationFiles.name,
			mediaType: declarationFiles.mediaType,
			sizeBytes: declarationFiles.sizeBytes,
			removedAt: declarationFiles.removedAt
		})
		.from(declarationFiles)
		.where(
			and(
				eq(declarationFiles.declarationId, declarationId),
				lte(declarationFiles.uploadedAt, at),
				or(isNull(declarationFiles.removedAt), gt(declarationFiles.removedAt, at))
			)
		)
		.orderBy(asc(declarationFiles.uploadedAt), asc(declarationFiles.id));
}
