import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { openFileStore, type FileStore } from '#lib/server/evidence/file-store.ts';
import { countLines, findImport, listImportLines } from '#lib/server/imports/queries.ts';
import { readImport } from '#lib/server/imports/read-import.ts';
import { receiveSpreadsheet } from '#lib/server/imports/receive-spreadsheet.ts';

export type Cell = string | number | Date | null | { formula: string; result?: number };

/** A folder of files that goes with the test. */
export function openFolder(): { files: FileStore; folder: string; remove: () => void } {
	const folder = mkdtempSync(join(tmpdir(), 'tenu-imports-'));
	return {
		files: openFileStore(folder),
		folder,
		remove: () => rmSync(folder, { recursive: true, force: true })
	};
}

/** A workbook as another program writes it, sheet by sheet. */
export async function workbook(sheets: Record<string, Cell[][]>): Promise<Buffer> {
	const book = new ExcelJS.Workbook();
	for (const [name, rows] of Object.entries(sheets)) book.addWorksheet(name).addRows(rows);
	return Buffer.from(await book.xlsx.writeBuffer());
}

/** Gives a file for a draft and has it read, as the job does. */
export async function give(
	context: Context,
	files: FileStore,
	declarationId: string,
	name: string,
	content: Buffer | string
): Promise<string> {
	const stream = Readable.from([Buffer.from(content)]);
	const { id } = await receiveSpreadsheet(context, files, declarationId, { name, stream });
	await readImport({ db: context.db, files }, { importId: id, actorId: context.actor.id });
	return id;
}

/** An import as one reviews it: its state, and a line of text a line. */
export async function review(
	context: Context,
	declarationId: string,
	importId: string
): Promise<string[]> {
	return inTransaction(context, async (tx) => {
		const found = await findImport(tx, declarationId, importId);
		const counts = await countLines(tx, importId);
		const page = { filter: 'all' as const, after: 0, limit: 100 };
		const lines = await listImportLines(tx, importId, page);
		return [
			`${found?.state} ${counts.all}${found?.problem ? ` : ${found.problem}` : ''}`,
			...lines.map((line) => {
				const problems = (line.problems ?? []).map(
					({ column, message }) => `${column}: ${message}`
				);
				return plain([line.number, line.amountCents, line.skipped, ...problems].join(' | '));
			})
		];
	});
}

/** With spaces that one can type. */
export const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ');
