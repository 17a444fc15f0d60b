import { nameCell, type Cells } from '#lib/domain/declaration-cell.ts';
import { newOperationRows } from '#lib/domain/declaration-rows.ts';
import type { DeclarationShape } from '#lib/domain/declaration.ts';
import type { Context } from '#lib/server/context.ts';
import type { EvidenceFile } from '#lib/server/declarations/queries.ts';
import { readDraftPage } from '#lib/server/reports/declaration-draft.ts';

/** A line that a file can prove, by its name. */
export type ProvableRow = { key: string; label: string };

/** A file as its organisation sees it, with the name of what it proves; null is the whole. */
export type AttachedFile = EvidenceFile & { row: string | null };

/** The files of a draft and what they can be attached to; null where there is no such draft of the person’s. */
export async function readEvidencePage(context: Context, id: string) {
	const page = await readDraftPage(context, id);
	if (!page) return null;
	const { declaration, editable, shape, cells, files, lastSavedAt, at } = page;
	const rows = listProvableRows(shape, cells);
	const labels = new Map(rows.map(({ key, label }) => [key, label]));
	return {
		declaration: {
			id: declaration.id,
			envelope: declaration.envelope,
			period: { startsOn: declaration.periodStartsOn, endsOn: declaration.periodEndsOn }
		},
		editable,
		rows,
		files: files.map((file): AttachedFile => ({
			...file,
			// A new operation that was emptied since still names its row.
			row: file.rowKey === null ? null : (labels.get(file.rowKey) ?? 'ligne vidée depuis')
		})),
		lastSavedAt,
		at
	};
}

/** The rows of the form, with the new operations that have a name. */
function listProvableRows(shape: DeclarationShape, cells: Cells): ProvableRow[] {
	const added = newOperationRows(shape)
		.map(({ key }) => ({ key, label: cells.get(nameCell(key))?.trim() ?? '' }))
		.filter(({ label }) => label !== '');
	return [...shape.rows.map(({ key, label }) => ({ key, label })), ...added];
}
