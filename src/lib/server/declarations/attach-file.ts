import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { newOperationRows } from '#lib/domain/declaration-rows.ts';
import {
	cleanFileName,
	FILES_ARE_FIXED,
	LARGEST_EVIDENCE_BYTES,
	MOST_EVIDENCE_FILES,
	type EvidenceKind
} from '#lib/domain/evidence.ts';
import { canEditDeclaration, type DeclarationFacts } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/domain/role.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { findOwnToChange } from '#lib/server/declarations/find-own.ts';
import { findShape, listEvidence } from '#lib/server/declarations/queries.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';
import type { FileStore, KeptFile } from '#lib/server/evidence/file-store.ts';
import { recogniseEvidence } from '#lib/server/evidence/recognise.ts';

/** A file as somebody gives it; `rowKey` null is for the declaration as a whole. */
export type GivenFile = { name: string; stream: Readable; rowKey: string | null };

/** What became of it. `isNew` is false where the same content was there already, under that name. */
export type AttachedFile = {
	id: string;
	name: string;
	digest: string;
	sizeBytes: number;
	isNew: boolean;
};

/**
 * A partner attaches a file to its draft. Its content is kept first, under its digest, so that whoever reads of
 * it finds it; no transaction waits while it comes in. The same content again is the same file.
 */
export async function attachFile(
	context: Context,
	store: FileStore,
	declarationId: string,
	given: GivenFile
): Promise<AttachedFile> {
	await checkAttachable(context, declarationId, given.rowKey);
	const name = cleanFileName(given.name);
	let mediaType: EvidenceKind | undefined;
	const kept = await store.keepFile(given.stream, {
		limitBytes: LARGEST_EVIDENCE_BYTES,
		inspect: async (file) => void (mediaType = await recogniseEvidence(file, name))
	});
	if (!mediaType) throw new Error('a kept file was inspected');
	const file = { ...kept, name, mediaType, rowKey: given.rowKey };
	try {
		return await inTransaction(context, (tx) => attach(tx, context.actor, declarationId, file));
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}

/** Whether a file would be taken at all: asked before it is received. */
export async function checkAttachable(
	context: Context,
	declarationId: string,
	rowKey: string | null
): Promise<void> {
	await inTransaction(context, async (tx) => {
		const declaration = await findOwnToChange(tx, context.actor, declarationId);
		refuseUnlessEditable(context.actor, declaration);
		if (rowKey === null) return;
		const shape = await findShape(tx, declaration);
		const rows = [...shape.rows, ...newOperationRows(shape)];
		if (rows.some(({ key }) => key === rowKey)) return;
		throw new Refusal('Cette ligne n’existe pas dans la déclaration.', { field: 'ligne' });
	});
}

type NewFile = KeptFile & { name: string; mediaType: EvidenceKind; rowKey: string | null };

async function attach(
	tx: Transaction,
	actor: Actor,
	declarationId: string,
	{ digest, sizeBytes, name, mediaType, rowKey }: NewFile
): Promise<AttachedFile> {
	const declaration = await findOwnToChange(tx, actor, declarationId);
	refuseUnlessEditable(actor, declaration);
	const files = await listEvidence(tx, declarationId);
	const same = files.find((file) => file.digest === digest);
	if (same) return { id: same.id, name: same.name, digest, sizeBytes, isNew: false };
	if (files.length >= MOST_EVIDENCE_FILES) {
		throw new Refusal(`Une déclaration a ${MOST_EVIDENCE_FILES} justificatifs au plus.`);
	}
	const id = randomUUID();
	await tx.execute(sql`
		insert into declaration_files
			(id, declaration_id, row_key, digest, name, media_type, size_bytes, uploaded_by)
		values (${id}, ${declarationId}, ${rowKey}, ${digest}, ${name}, ${mediaType}, ${sizeBytes},
			${actor.id})`);
	await recordDeclarationEvent(tx, {
		declarationId,
		actorId: actor.id,
		action: 'attach',
		submission: declaration.submission,
		rowKey,
		details: { name, digest, sizeBytes }
	});
	return { id, name, digest, sizeBytes, isNew: true };
}

function refuseUnlessEditable(actor: Actor, declaration: DeclarationFacts): void {
	if (canEditDeclaration(actor, declaration)) return;
	throw new Refusal(FILES_ARE_FIXED, { kind: 'conflict' });
}
