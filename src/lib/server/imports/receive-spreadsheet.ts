import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { cleanFileName, LARGEST_EVIDENCE_BYTES, type EvidenceKind } from '#lib/domain/evidence.ts';
import { canEditDeclaration } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { findOwnToChange } from '#lib/server/declarations/find-own.ts';
import type { FileStore } from '#lib/server/evidence/file-store.ts';
import { recogniseEvidence } from '#lib/server/evidence/recognise.ts';
import { countImports, listPending } from '#lib/server/imports/queries.ts';
import { refuseFile } from '#lib/server/spreadsheets/limits.ts';

const FIXED = 'Cette déclaration n’est plus modifiable : un tableur ne peut plus y être repris.';

/** How many a declaration takes: more is a loop of somebody’s program. */
const MOST_IMPORTS = 50;

/**
 * A partner gives a spreadsheet for its draft. It is kept first, under its digest; it is read afterwards,
 * behind the request. The same content that is still being looked at is the same import.
 */
export async function receiveSpreadsheet(
	context: Context,
	store: FileStore,
	declarationId: string,
	given: { name: string; stream: Readable }
): Promise<{ id: string; isNew: boolean }> {
	await checkImportable(context, declarationId);
	const name = cleanFileName(given.name);
	let mediaType: EvidenceKind | undefined;
	const kept = await store.keepFile(given.stream, {
		limitBytes: LARGEST_EVIDENCE_BYTES,
		inspect: async (file) => {
			mediaType = await recogniseEvidence(file, name);
			refuseOtherKinds(mediaType);
		}
	});
	if (!mediaType) throw new Error('a kept file was inspected');
	const file = { ...kept, name, mediaType };
	try {
		return await inTransaction(context, (tx) => add(tx, context, declarationId, file));
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}

/** Whether a spreadsheet would be taken at all: asked before it is received. */
export async function checkImportable(context: Context, declarationId: string): Promise<void> {
	await inTransaction(context, async (tx) => {
		await refuseFixed(tx, context, declarationId);
		await refuseTooMany(tx, declarationId);
	});
}

/** Its declaration is held until the transaction ends: two who give at once are counted one after the other. */
async function refuseFixed(
	tx: Transaction,
	{ actor }: Context,
	declarationId: string
): Promise<void> {
	const declaration = await findOwnToChange(tx, actor, declarationId);
	if (!canEditDeclaration(actor, declaration)) {
		throw new Refusal(typeset(FIXED), { kind: 'conflict' });
	}
}

async function refuseTooMany(tx: Transaction, declarationId: string): Promise<void> {
	if ((await countImports(tx, declarationId)) < MOST_IMPORTS) return;
	throw new Refusal(
		typeset(
			`Une déclaration prend ${MOST_IMPORTS} tableurs au plus : mettez de côté ceux qui ne servent plus.`
		)
	);
}

/** A workbook or a table in text. An OpenDocument sheet is evidence, but is not read. */
function refuseOtherKinds(kind: EvidenceKind): void {
	if (mediaKindOf(kind)) return;
	throw refuseFile(
		kind === 'application/vnd.oasis.opendocument.spreadsheet'
			? 'Un tableur .ods n’est pas lu : enregistrez-le en .xlsx ou .csv, puis donnez-le.'
			: 'Ce fichier n’est pas un tableur : donnez un fichier .xlsx ou .csv. Un autre document se joint comme justificatif.'
	);
}

/** How a kept file is read; null where it is no spreadsheet. */
export function mediaKindOf(mediaType: string): 'xlsx' | 'csv' | null {
	if (mediaType === 'text/csv') return 'csv';
	return mediaType === 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
		? 'xlsx'
		: null;
}

async function add(
	tx: Transaction,
	context: Context,
	declarationId: string,
	file: { digest: string; sizeBytes: number; name: string; mediaType: string }
): Promise<{ id: string; isNew: boolean }> {
	await refuseFixed(tx, context, declarationId);
	const [pending] = await listPending(tx, declarationId, file.digest);
	if (pending) return { id: pending.id, isNew: false };
	await refuseTooMany(tx, declarationId);
	const id = randomUUID();
	await tx.execute(sql`
		insert into imports (id, declaration_id, file_digest, file_name, media_type, size_bytes, created_by)
		values (${id}, ${declarationId}, ${file.digest}, ${file.name}, ${file.mediaType},
			${file.sizeBytes}, ${context.actor.id})`);
	return { id, isNew: true };
}
