import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { MOST_EVIDENCE_FILES } from '#lib/domain/evidence.ts';
import { buildImportedCells } from '#lib/domain/import-sum.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { listCells, listEvidence } from '#lib/server/declarations/queries.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';
import { findOwnImport } from '#lib/server/imports/find-own-import.ts';
import { findSums } from '#lib/server/imports/find-sums.ts';
import { countLines, type ImportRecord } from '#lib/server/imports/queries.ts';
import { readImportedDigest } from '#lib/server/imports/read-imported-digest.ts';

/** The spreadsheet, and the digest of what the person looked over; null where nobody says what they saw. */
export type Application = { declarationId: string; importId: string; seenDigest: string | null };

/**
 * Puts what a spreadsheet says into the draft: its fields, the file as evidence and the history, all or
 * nothing. Not while a line has a problem: a sum without it would look complete and be wrong. The person
 * leaves the line out on purpose, or corrects the file. Twice is once.
 */
export async function applyImport(context: Context, ids: Application): Promise<void> {
	try {
		await inTransaction(context, async (tx) => {
			const { declaration, found } = await findOwnImport(tx, context, ids, ['ready']);
			const [{ cells: draft }, sums, counts] = await Promise.all([
				listCells(tx, declaration.id),
				findSums(tx, found.id),
				countLines(tx, found.id)
			]);
			refuseProblems(counts.problems);
			const imported = buildImportedCells(sums, draft);
			if (imported.cells.size === 0) {
				throw new Refusal(
					typeset(
						'Ce tableur ne contient rien à reprendre : aucune ligne n’y dit de montant ni de nombre.'
					)
				);
			}
			if (ids.seenDigest !== null && ids.seenDigest !== readImportedDigest(imported)) {
				throw new Refusal(
					typeset(
						'Le brouillon ou le tableur a changé entre-temps : regardez ci-dessous ce qui serait repris et remplacé, puis recommencez.'
					),
					{ kind: 'conflict' }
				);
			}
			await writeCells(tx, declaration.id, context.actor.id, imported.cells);
			await attachFile(tx, context, declaration.id, found);
			await recordDeclarationEvent(tx, {
				declarationId: declaration.id,
				actorId: context.actor.id,
				action: 'import',
				submission: declaration.submission,
				details: {
					name: found.fileName,
					digest: found.fileDigest,
					lines: counts.all - counts.skipped,
					skipped: counts.skipped,
					fields: imported.cells.size,
					replaced: imported.replaced.length
				}
			});
			await tx.execute(
				sql`update imports set state = 'applied', applied_at = now() where id = ${found.id}`
			);
		});
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}

function refuseProblems(problems: number): void {
	if (problems === 0) return;
	throw new Refusal(
		typeset(
			`${formatCount(problems)} ${plural(problems, 'ligne')} ${problems > 1 ? 'ont' : 'a'} un problème : corrigez le fichier et donnez-le de nouveau, ou laissez ${problems > 1 ? 'ces lignes' : 'cette ligne'} de côté.`
		),
		{ field: 'problemes' }
	);
}

async function writeCells(
	tx: Transaction,
	declarationId: string,
	actorId: string,
	cells: ReadonlyMap<string, string>
): Promise<void> {
	const rows = JSON.stringify([...cells].map(([key, value]) => ({ key, value })));
	await tx.execute(sql`
		insert into declaration_cells (declaration_id, key, value, updated_by)
		select ${declarationId}::uuid, given.key, given.value, ${actorId}::uuid
		from jsonb_to_recordset(${rows}::jsonb) as given (key text, value text)
		on conflict on constraint declaration_cells_pkey do update
		set value = excluded.value, updated_by = excluded.updated_by, updated_at = clock_timestamp()`);
}

/** The file proves what was taken from it. Its content is kept already; the same content again is the same file. */
async function attachFile(
	tx: Transaction,
	{ actor }: Context,
	declarationId: string,
	file: ImportRecord
): Promise<void> {
	const files = await listEvidence(tx, declarationId);
	if (files.some(({ digest }) => digest === file.fileDigest)) return;
	if (files.length >= MOST_EVIDENCE_FILES) {
		throw new Refusal(
			typeset(
				`Une déclaration a ${MOST_EVIDENCE_FILES} justificatifs au plus, et le tableur en est un : retirez-en un d’abord.`
			)
		);
	}
	await tx.execute(sql`
		insert into declaration_files
			(id, declaration_id, row_key, digest, name, media_type, size_bytes, uploaded_by)
		values (${randomUUID()}, ${declarationId}, null, ${file.fileDigest}, ${file.fileName},
			${file.mediaType}, ${file.sizeBytes}, ${actor.id})`);
}
