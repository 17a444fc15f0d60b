import type { Placed } from '#lib/domain/act/figures/placed-figure.ts';
import type { Span } from '#lib/domain/act/text.ts';

/** A line with its figures. */
export type Row<Figure> = Span & { figures: Figure[] };

/** A line that says it is a total, and above each of its figures those of the lines that it adds up. */
export type TotalRow<Figure> = { total: Figure[]; columns: Figure[][] };

const TOTAL =
	/^[ |"-]*(?:soit )?(?:un |le |pour un )?(?:montant |cout |sous[- ]?)?(?:total|totaux|ensemble)\b/;
const LONGEST_LINE = 240;
const LONGEST_TABLE = 120;

type Sum = Placed<{ cents: bigint }>;

/**
 * The totals of a text under lines that each have as many figures. A total that follows other totals
 * may add those up; what it adds up is then what makes it up.
 */
export function totalRows<Figure extends Sum>(
	plain: string,
	figures: readonly Figure[]
): TotalRow<Figure>[] {
	const found: TotalRow<Figure>[] = [];
	let lines: Row<Figure>[] = [];
	let totals: Row<Figure>[] = [];
	let since: Row<Figure>[] = [];
	for (const row of rowsOf(plain, figures)) {
		const last = lines.at(-1);
		const isOver = last && (lines.length > LONGEST_TABLE || !isNextLine(plain, last, row));
		if (isOver) [lines, totals, since] = [[], [], []];
		if (TOTAL.test(plain.slice(row.start, row.end))) {
			const under = [since, totals, lines.filter((line) => !totals.includes(line))].filter((some) =>
				isRegular(some, row)
			);
			const some =
				under.find((one) => addsUp(one, row)) ?? (totals.length === 0 ? under[0] : undefined);
			if (some) found.push({ total: row.figures, columns: columnsOf(some, row) });
			totals.push(row);
			since = [];
		} else since.push(row);
		lines.push(row);
	}
	return found;
}

function rowsOf<Figure extends Sum>(plain: string, figures: readonly Figure[]): Row<Figure>[] {
	const rows: Row<Figure>[] = [];
	for (const figure of figures) {
		const last = rows.at(-1);
		if (last && figure.plain.start < last.end) {
			last.figures.push(figure);
			continue;
		}
		const { start, end } = lineOf(plain, figure.plain);
		if (end - start < LONGEST_LINE) rows.push({ start, end, figures: [figure] });
	}
	return rows;
}

function lineOf(plain: string, { start, end }: Span): Span {
	const before = plain.slice(Math.max(0, start - LONGEST_LINE), start);
	const after = plain.slice(end, end + LONGEST_LINE);
	const next = after.indexOf('\n');
	return {
		start: start - before.length + before.lastIndexOf('\n') + 1,
		end: end + (next < 0 ? after.length : next)
	};
}

/** One line, at most one without figures, may stand between the lines of a table. */
function isNextLine<Figure>(plain: string, last: Row<Figure>, row: Row<Figure>): boolean {
	const between = plain.slice(last.end, row.start);
	return (
		between.length < 120 && between.split('\n').filter((line) => /[a-z]/.test(line)).length <= 1
	);
}

const isRegular = <Figure>(rows: readonly Row<Figure>[], total: Row<Figure>): boolean =>
	rows.length > 1 && rows.every(({ figures }) => figures.length === total.figures.length);

const addsUp = <Figure extends Sum>(rows: readonly Row<Figure>[], total: Row<Figure>): boolean =>
	total.figures.every(({ figure }, index) => {
		const sum = rows.reduce((some, { figures }) => some + (figures[index]?.figure.cents ?? 0n), 0n);
		return sum === figure.cents;
	});

const columnsOf = <Figure>(rows: readonly Row<Figure>[], total: Row<Figure>): Figure[][] =>
	total.figures.map((_, index) => rows.flatMap(({ figures }) => figures[index] ?? []));
