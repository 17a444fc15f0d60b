import { isBlank, textOfCell, type SheetCell, type SheetLine } from '#lib/domain/import-cell.ts';
import type { FieldChoice, ImportField } from '#lib/domain/import-field.ts';
import { guessField, isInThousands } from '#lib/domain/import-heading.ts';

/** A column as it was found, and what it is taken for; null is for nothing. */
export type ImportColumn = { index: number; heading: string; field: ImportField | null };

/** Where the table stands in a sheet: its headings, and its columns from left to right. */
export type ImportTable = {
	/** The lines of the headings, one or two, as the spreadsheet numbers them. */
	headingLines: readonly number[];
	columns: readonly ImportColumn[];
};

/** So many lines may stand before the headings: a title, a logo, a date. */
export const MOST_LINES_BEFORE = 40;
/** Beyond, columns are not looked at. */
export const MOST_COLUMNS = 200;

/**
 * Finds the headings of a table among the first lines of a sheet: the line, or two lines of which the
 * upper one is merged over several columns, whose words say most. Null where no line has words at all.
 */
export function findTable(
	lines: readonly SheetLine[],
	choices: readonly FieldChoice[]
): ImportTable | null {
	const candidates = lines
		.filter(({ cells }) => !isBlank(cells))
		.slice(0, MOST_LINES_BEFORE)
		.flatMap((line, place, all) => {
			const below = all[place + 1];
			const one = { lines: [line.number], headings: headingsOf(line.cells) };
			if (!below || below.number !== line.number + 1 || !isHeading(below.cells)) return [one];
			return [
				one,
				{ lines: [line.number, below.number], headings: merged(line.cells, below.cells) }
			];
		});
	let best: { table: ImportTable; score: number } | null = null;
	for (const { lines: headingLines, headings } of candidates) {
		if (headings.filter(({ heading }) => heading !== '').length === 0) continue;
		const columns = matchColumns(headings, choices);
		const score = scoreOf(columns);
		if (!best || score > best.score) best = { table: { headingLines, columns }, score };
	}
	if (best && best.score > 0) return best.table;
	return guessPlace(lines);
}

/** Whether the columns are enough to read lines: what each is about, and how much or how many. */
export function isReadable(
	columns: readonly Pick<ImportColumn, 'field'>[],
	rows: readonly unknown[]
): boolean {
	const fields = new Set(columns.map(({ field }) => field));
	const says = [...fields].some((field) => field === 'amount' || field?.startsWith('count:'));
	return says && (fields.has('label') || fields.has('key') || rows.length === 1);
}

/** The columns with what a person, or they the last time, said of them. */
export const applyMatches = (
	columns: readonly ImportColumn[],
	matches: Readonly<Record<string, string>>
): ImportColumn[] =>
	columns.map((column) => ({
		...column,
		field: (matches[String(column.index)] ?? null) as ImportField | null
	}));

type Heading = { index: number; heading: string };

const headingsOf = (cells: readonly SheetCell[]): Heading[] =>
	cells
		.slice(0, MOST_COLUMNS)
		.map((cell, index) => ({ index, heading: shorten(textOfCell(cell)) }));

/** The upper heading stands over the columns up to the next one: `Logements agréés` over PLAI, PLUS, PLS. */
function merged(upper: readonly SheetCell[], lower: readonly SheetCell[]): Heading[] {
	let above = '';
	const length = Math.min(Math.max(upper.length, lower.length), MOST_COLUMNS);
	return Array.from({ length }, (_, index) => {
		above = textOfCell(upper[index]) || above;
		const below = textOfCell(lower[index]);
		const own = textOfCell(upper[index]);
		return { index, heading: shorten(below ? `${above} ${below}`.trim() : own) };
	});
}

const shorten = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 120);

/** A line of headings has words, and no figures. */
const isHeading = (cells: readonly SheetCell[]): boolean =>
	cells.some((cell) => textOfCell(cell) !== '') &&
	cells.every((cell) => typeof cell === 'string' && !/^[\d\s.,€+−-]+$/.test(cell.trim())) &&
	cells.every((cell) => typeof cell === 'string');

/**
 * Takes each heading for a field. Where two headings mean the same, the surer one is taken; where they
 * are as sure, none is, and a person says which.
 */
function matchColumns(
	headings: readonly Heading[],
	choices: readonly FieldChoice[]
): ImportColumn[] {
	const guesses = headings.map(({ heading }) =>
		isInThousands(heading) ? null : guessField(heading, choices)
	);
	const surest = new Map<ImportField, { sureness: number; count: number }>();
	for (const guess of guesses) {
		if (!guess) continue;
		const best = surest.get(guess.field);
		if (!best || guess.sureness > best.sureness) {
			surest.set(guess.field, { sureness: guess.sureness, count: 1 });
		} else if (guess.sureness === best.sureness) best.count += 1;
	}
	return headings.map(({ index, heading }, place) => {
		const guess = guesses[place];
		const best = guess && surest.get(guess.field);
		const isTaken = guess && best?.sureness === guess.sureness && best.count === 1;
		return { index, heading, field: isTaken ? guess.field : null };
	});
}

/** More fields are better; what says what it is about and how much counts most. */
function scoreOf(columns: readonly ImportColumn[]): number {
	const fields = new Set(columns.map(({ field }) => field).filter((field) => field !== null));
	if (fields.size === 0) return 0;
	const says = [...fields].some((field) => field === 'amount' || field.startsWith('count:'));
	const names = fields.has('label') || fields.has('key');
	return says || names ? fields.size + (says && names ? 100 : 0) : 0;
}

/** Where nothing is recognised: the first line with two words or more, to be matched by hand. */
function guessPlace(lines: readonly SheetLine[]): ImportTable | null {
	const written = lines.filter(({ cells }) => !isBlank(cells)).slice(0, MOST_LINES_BEFORE);
	const filled = ({ cells }: SheetLine) => cells.filter((cell) => textOfCell(cell) !== '').length;
	const place =
		written.find((line) => filled(line) > 1 && isHeading(line.cells)) ??
		written.find((line) => filled(line) > 1) ??
		written[0];
	return (
		(place && {
			headingLines: [place.number],
			columns: headingsOf(place.cells).map((heading) => ({ ...heading, field: null }))
		}) ??
		null
	);
}
