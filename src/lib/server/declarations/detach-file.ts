import { sql } from 'drizzle-orm';
import { FILES_ARE_FIXED } from '#lib/domain/evidence.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { canEditDeclaration } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findOwnToChange } from '#lib/server/declarations/find-own.ts';
import { listEvidence } from '#lib/server/declarations/queries.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';

/**
 * A partner takes a file off its draft. The row stays, as removed, and the content stays under its digest: it may
 * have been part of what was sent before. Attached again, it is a new row. Answers its name.
 */
export async function detachFile(
	context: Context,
	declarationId: string,
	fileId: string
): Promise<string> {
	return inTransaction(context, async (tx) => {
		const declaration = await findOwnToChange(tx, context.actor, declarationId);
		if (!canEditDeclaration(context.actor, declaration)) {
			throw new Refusal(FILES_ARE_FIXED, { kind: 'conflict' });
		}
		const files = isIdentifier(fileId) ? await listEvidence(tx, declarationId) : [];
		const file = files.find(({ id }) => id === fileId);
		if (!file) {
			throw new Refusal('Ce justificatif n’est plus dans la déclaration.', { kind: 'not-found' });
		}
		await tx.execute(sql`
			update declaration_files set removed_by = ${context.actor.id}, removed_at = now()
			where id = ${fileId}`);
		await recordDeclarationEvent(tx, {
			declarationId,
			actorId: context.actor.id,
			action: 'detach',
			submission: declaration.submission,
			rowKey: file.rowKey,
			details: { name: file.name, digest: file.digest, sizeBytes: file.sizeBytes }
		});
		return file.name;
	});
}
