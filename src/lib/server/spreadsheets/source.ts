import type { SheetLine } from '#lib/domain/import-cell.ts';
import { asBroken, openArchive } from './archive.ts';
import { openCsv } from './csv.ts';
import { refuseFile } from './limits.ts';
import { readSheet } from './sheet.ts';
import { readWorkbook } from './workbook.ts';

export type SpreadsheetKind = 'xlsx' | 'csv';

/** A sheet, which can be read from its first line as often as needed; a text file is one without a name. */
export type SourceSheet = { name: string | null; read: () => AsyncGenerator<SheetLine> };

export type Source = { sheets: readonly SourceSheet[]; isComma: boolean; close: () => void };

/** Opens a file that was given, whichever of the two it is. */
export async function openSource(path: string, kind: SpreadsheetKind): Promise<Source> {
	if (kind === 'xlsx') return openWorkbook(path);
	const { isComma, read } = await openCsv(path);
	return { sheets: [{ name: null, read }], isComma, close: () => undefined };
}

async function openWorkbook(path: string): Promise<Source> {
	try {
		const archive = await openArchive(path);
		try {
			const workbook = await readWorkbook(archive);
			if (workbook.sheets.length === 0) {
				throw refuseFile(
					'Ce classeur n’a aucune feuille visible. Affichez celle qui compte, puis donnez-le.'
				);
			}
			// Damage shows here, before a line is read: a changed byte is never read as an amount.
			for (const { part } of workbook.sheets) await archive.check(part);
			const sheets = workbook.sheets.map(({ name, part }) => ({
				name,
				read: () => refusing(readSheet(archive, workbook, part))
			}));
			return { sheets, isComma: false, close: () => archive.close() };
		} catch (error) {
			archive.close();
			throw error;
		}
	} catch (error) {
		throw asBroken(error);
	}
}

async function* refusing(lines: AsyncGenerator<SheetLine>): AsyncGenerator<SheetLine> {
	try {
		yield* lines;
	} catch (error) {
		throw asBroken(error);
	}
}
