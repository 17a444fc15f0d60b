import { createHash } from 'node:crypto';
import { textOfCell, type SheetLine } from '#lib/domain/import-cell.ts';
import type { FieldChoice } from '#lib/domain/import-field.ts';
import {
	applyMatches,
	findTable,
	isReadable,
	MOST_LINES_BEFORE,
	type ImportColumn
} from '#lib/domain/import-table.ts';
import type { Source, SourceSheet } from './source.ts';
import { refuseFile } from './limits.ts';

/** The table that is read: in which sheet, under which headings, and how its columns were understood. */
export type FoundTable = {
	sheet: SourceSheet;
	headingLines: readonly number[];
	columns: readonly ImportColumn[];
	/** Some of what stands under each heading, to recognise a column by. */
	samples: readonly string[];
	/** Of the headings as they stand: by it, what a person said of them is found again. */
	digest: string;
	isRemembered: boolean;
	isReadable: boolean;
	/** How many cells each line has, where commas stand between them. */
	exactCells: number | null;
};

/** What an organisation said of headings, by their digest; by the place of a column, its field. */
export type RememberedMatches = Readonly<Record<string, Readonly<Record<string, string>>>>;

const MOST_SHEETS = 30;

/** Finds the first sheet whose headings can be read; else the first with anything in it, to be matched by hand. */
export async function findTableIn(
	source: Source,
	choices: readonly FieldChoice[],
	rows: readonly unknown[],
	remembered: RememberedMatches
): Promise<FoundTable> {
	let fallback: FoundTable | null = null;
	for (const sheet of source.sheets.slice(0, MOST_SHEETS)) {
		const head = await readHead(sheet);
		const table = findTable(head, choices);
		if (!table) continue;
		const digest = digestOf(table.columns);
		const matches = remembered[digest];
		const columns = matches ? applyMatches(table.columns, matches) : table.columns;
		const last = table.headingLines.at(-1) ?? 0;
		const heading = head.find(({ number }) => number === last);
		const found: FoundTable = {
			sheet,
			headingLines: table.headingLines,
			columns,
			samples: columns.map(({ index }) => sampleOf(head, last, index)),
			digest,
			isRemembered: matches !== undefined,
			isReadable: isReadable(columns, rows),
			exactCells: source.isComma ? (heading?.cells.length ?? null) : null
		};
		if (found.isReadable) return found;
		fallback ??= found;
	}
	if (fallback) return fallback;
	throw refuseFile(
		'Ce fichier est vide : aucune cellule n’y est remplie. Partez du modèle de cette déclaration.'
	);
}

/** Enough lines to find the headings under what stands before them. */
async function readHead(sheet: SourceSheet): Promise<SheetLine[]> {
	const head: SheetLine[] = [];
	for await (const line of sheet.read()) {
		head.push(line);
		if (head.length > MOST_LINES_BEFORE + 10) break;
	}
	return head;
}

const digestOf = (columns: readonly ImportColumn[]): string =>
	createHash('sha256')
		.update(JSON.stringify(columns.map(({ heading }) => heading)))
		.digest('hex');

const sampleOf = (head: readonly SheetLine[], after: number, index: number): string =>
	head
		.filter(({ number }) => number > after)
		.map(({ cells }) => textOfCell(cells[index]))
		.filter((text) => text !== '')
		.slice(0, 2)
		.map((text) => (text.length > 40 ? `${text.slice(0, 39)}…` : text))
		.join(' · ');
