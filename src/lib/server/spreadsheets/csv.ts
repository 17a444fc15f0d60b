import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { SheetLine } from '#lib/domain/import-cell.ts';
import { MOST_COLUMNS } from '#lib/domain/import-table.ts';
import { MOST_CELL_LETTERS, MOST_RECORD_BYTES, refuseFile } from './limits.ts';
import { findEncoding, readText, type Encoding } from './text-file.ts';
import { cellTooLong } from './workbook.ts';

const MARKS = [';', '\t', ','] as const;

/** A text file, and whether commas stand between its cells: then a decimal comma may cut an amount in two. */
export async function openCsv(
	path: string
): Promise<{ isComma: boolean; read: () => AsyncGenerator<SheetLine> }> {
	const encoding = await findEncoding(path);
	const { mark, isSaid } = await findMark(readText(path, encoding));
	return { isComma: mark === ',', read: () => readLines(path, encoding, mark, isSaid) };
}

/** The lines of a text file, those without anything left out, numbered as a spreadsheet shows them. */
async function* readLines(
	path: string,
	encoding: Encoding,
	mark: string,
	isSaid: boolean
): AsyncGenerator<SheetLine> {
	const parser = Readable.from(readText(path, encoding), {
		objectMode: true,
		highWaterMark: 1
	}).pipe(
		parse({
			delimiter: mark,
			relax_column_count: true,
			skip_empty_lines: false,
			max_record_size: MOST_RECORD_BYTES
		})
	);
	let number = 0;
	try {
		for await (const record of parser) {
			number += 1;
			if (number === 1 && isSaid) continue;
			const cells = (record as string[]).slice(0, MOST_COLUMNS).map(unguarded);
			if (cells.some((cell) => cell.length > MOST_CELL_LETTERS)) throw cellTooLong();
			if (cells.some((cell) => cell !== '')) yield { number, cells };
		}
	} catch (error) {
		if (error instanceof CsvError) throw explain(error, number + 1);
		throw error;
	} finally {
		parser.destroy();
	}
}

/**
 * What stands between the cells: the mark that cuts the first lines into the same number of cells, and the
 * most of them. A first line `sep=;` says it, as some spreadsheets write it.
 */
async function findMark(
	pieces: AsyncGenerator<string>
): Promise<{ mark: (typeof MARKS)[number]; isSaid: boolean }> {
	let head = '';
	for await (const piece of pieces) {
		head += piece;
		if (head.length > 64 * 1024) break;
	}
	const said = /^sep=([;,\t])\r?\n/i.exec(head)?.[1];
	const mark = MARKS.find((each) => each === said);
	if (mark) return { mark, isSaid: true };
	const counts = MARKS.map((each) => ({ each, score: scoreOf(head, each) }));
	const best = counts.reduce((left, right) => (right.score > left.score ? right : left));
	return { mark: best.each, isSaid: false };
}

/** How many lines share the most usual number of marks outside quotes, times that number. */
function scoreOf(head: string, mark: string): number {
	const numbers = new Map<number, number>();
	let [count, isQuoted, lines] = [0, false, 0];
	for (const letter of head) {
		if (letter === '"') isQuoted = !isQuoted;
		else if (!isQuoted && letter === mark) count += 1;
		else if (!isQuoted && letter === '\n') {
			if (count > 0) numbers.set(count, (numbers.get(count) ?? 0) + 1);
			count = 0;
			lines += 1;
			if (lines > 200) break;
		}
	}
	if (count > 0) numbers.set(count, (numbers.get(count) ?? 0) + 1);
	return Math.max(0, ...[...numbers].map(([marks, times]) => times * Math.min(marks, 3)));
}

/** Text that begins like a formula is written behind an apostrophe: see `write-csv.ts`. */
const unguarded = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

function explain(error: CsvError, line: number) {
	if (error.code === 'CSV_MAX_RECORD_SIZE') {
		return refuseFile(
			`La ligne ${line} de ce fichier est démesurée : des guillemets ne s’y ferment peut-être pas. Enregistrez-le de nouveau en .csv depuis votre tableur, puis donnez-le.`
		);
	}
	return refuseFile(
		`La ligne ${line} de ce fichier a des guillemets qui ne se ferment pas, ou au milieu d’une cellule. Enregistrez-le de nouveau en .csv ou en .xlsx depuis votre tableur, puis donnez-le.`
	);
}
