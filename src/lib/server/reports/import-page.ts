import { isIdentifier } from '#lib/domain/identifier.ts';
import { listFieldChoices } from '#lib/domain/import-field.ts';
import { columnsOf, isUnderWay, tableOf } from '#lib/domain/import-state.ts';
import { buildImportedCells, listImportedRows, totalOf } from '#lib/domain/import-sum.ts';
import type { Cells } from '#lib/domain/declaration-cell.ts';
import { readDraft } from '#lib/forms/declaration.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { askAgain } from '#lib/server/imports/ask-for-reading.ts';
import { findSums } from '#lib/server/imports/find-sums.ts';
import {
	countLines,
	findImport,
	listImportLines,
	listSameFile,
	type ImportRecord,
	type LineFilter
} from '#lib/server/imports/queries.ts';
import { readImportedDigest } from '#lib/server/imports/read-imported-digest.ts';
import { readDraftPage } from '#lib/server/reports/declaration-draft.ts';

export const LINES_A_PAGE = 100;

/** Which lines are looked at: as the address says, else those with a problem, while there are any. */
export type LinesAsked = { filter: LineFilter | null; after: number };

export type ImportPreview = NonNullable<Awaited<ReturnType<typeof readPreview>>>;

/** A spreadsheet as it was understood; null where there is none for this draft of the person’s. */
export async function readImportPage(
	context: Context,
	declarationId: string,
	importId: string,
	asked: LinesAsked
) {
	const page = isIdentifier(importId) ? await readDraftPage(context, declarationId) : null;
	if (!page) return null;
	const { declaration, editable, shape, cells, left, past, lastSavedAt, at } = page;
	const read = await inTransaction(context, async (tx) => {
		const found = await findImport(tx, declarationId, importId);
		if (!found) return null;
		const [same, lines] = await Promise.all([
			listSameFile(tx, found),
			found.state === 'ready' || found.state === 'applied'
				? readPreview(tx, found, shape, cells, asked)
				: null
		]);
		return { found, same, lines };
	});
	if (!read) return null;
	const { found, same, lines } = read;
	if (isUnderWay(found.state) && isLate(found, context.at)) {
		// With the rights of whoever looks: the account of whoever gave it may have been closed meanwhile.
		await askAgain(found.id, context.actor.id, context.at);
	}
	return {
		declaration: {
			id: declaration.id,
			envelope: declaration.envelope,
			period: { startsOn: declaration.periodStartsOn, endsOn: declaration.periodEndsOn }
		},
		editable,
		left,
		past,
		lastSavedAt,
		at,
		given: {
			id: found.id,
			name: found.fileName,
			state: found.state,
			createdAt: found.createdAt,
			appliedAt: found.appliedAt,
			sizeBytes: found.sizeBytes,
			readCount: found.readCount,
			problem: found.problem,
			table: tableOf(found.columns),
			columns: columnsOf(found.columns)
		},
		same,
		choices: listFieldChoices(shape).map(({ field, heading }) => ({ field, heading })),
		preview: lines
	};
}

/** Nobody may have been asked to read it: whoever took it may have died right after. */
const isLate = ({ createdAt }: ImportRecord, at: Date): boolean =>
	at.getTime() - createdAt.getTime() > 15_000;

async function readPreview(
	tx: Transaction,
	found: ImportRecord,
	shape: Parameters<typeof listImportedRows>[0],
	draft: Cells,
	asked: LinesAsked
) {
	const [counts, sums] = await Promise.all([countLines(tx, found.id), findSums(tx, found.id)]);
	const filter = asked.filter ?? (counts.problems > 0 ? 'problems' : 'all');
	const page = { filter, after: asked.after, limit: LINES_A_PAGE + 1 };
	const lines = await listImportLines(tx, found.id, page);
	const imported = buildImportedCells(sums, draft);
	const rows = listImportedRows(shape, sums, draft);
	const labels = new Map(rows.map(({ key, label }) => [key, label]));
	const merged = new Map([...draft, ...imported.cells]);
	return {
		filter,
		counts,
		rows,
		/** Of the lines that count. */
		totalCents: totalOf(rows),
		/** Of the whole draft once they are taken. */
		draftCents: readDraft(shape, merged).totalCents,
		replaced: imported.replaced.map((cell) => ({
			...cell,
			label: labels.get(rowOf(cell.key)) ?? ''
		})),
		/** Of all that would be taken and replaced: whoever takes it says that this is what they saw. */
		digest: readImportedDigest(imported),
		crowded: imported.crowded.map((key) => labels.get(key) ?? key),
		isEmpty: imported.cells.size === 0,
		lines: lines.slice(0, LINES_A_PAGE).map(({ rowKey, ...line }) => ({
			...line,
			row: rowKey === null ? null : (labels.get(rowKey) ?? labelIn(shape, rowKey))
		})),
		next: lines.length > LINES_A_PAGE ? (lines[LINES_A_PAGE - 1]?.number ?? null) : null
	};
}

const rowOf = (key: string): string =>
	key.replace(/\.(montant|commentaire|corrige|nom|bailleur|commune|nombre\..*)$/, '');

const labelIn = (shape: Parameters<typeof listImportedRows>[0], rowKey: string): string =>
	shape.rows.find(({ key }) => key === rowKey)?.label ?? rowKey;
