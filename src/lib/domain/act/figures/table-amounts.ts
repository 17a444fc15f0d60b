import { matchesOf, MOST_FIGURES } from '#lib/domain/act/figures/matches.ts';
import type { PlainAmount } from '#lib/domain/act/figures/written-amount.ts';
import {
	isReference,
	numbersIn,
	type WrittenNumber
} from '#lib/domain/act/figures/written-number.ts';
import { linesOf, type Line } from '#lib/domain/act/lines.ts';
import type { ActText, Span } from '#lib/domain/act/text.ts';
import { cents } from '#lib/domain/money.ts';
import { writtenAmount } from '#lib/domain/precision.ts';

const MOST_LINES = 80;
const LONGEST_ROW = 600;
const MOST_TABLES = 400;

const UNIT =
	"(?<unit>m€|k€|md€|m ?euros?|k ?euros?|keur|meur|millions? d'euros?|milliers? d'euros?|milliards? d'euros?|euros?|€)";
/** `(en k€)`, `Montant (€)`, `en milliers d’euros`, where no figure stands before. */
const HEADING = new RegExp(
	`(?:\\ben |[([]|\\b(?:montants?|cout|total|subvention|prix|ht|ttc|credits|ap|cp)s? |\\bunite ?: ?)${UNIT}(?:\\.|,)?(?= ?(?:[)\\]:|\\n;]|ht|ttc|$| {2}))`,
	'g'
);
const HEADING_OF_CELL = new RegExp(HEADING.source);
const NO_MONEY =
	/%|taux|\bpart\b|nombre|\bnb|nbre|effectif|annee|date|\bn°|\bno\b|numero|compte|article|chapitre|code|quantit|surface|\bm[2²]|superficie|population|habitants|duree|\betp|quotient|indice|points?\b/;

type Cell = Span & { text: string };

/** The amounts of tables whose heading says once in which unit they count. */
export function amountsOfTables(text: ActText): PlainAmount[] {
	const found: PlainAmount[] = [];
	let end = 0;
	for (const heading of matchesOf(text.plain, HEADING, MOST_TABLES)) {
		if (heading.index < end || found.length > MOST_FIGURES) continue;
		const table = tableUnder(text, heading, worthOf(heading.groups?.unit ?? ''));
		found.push(...table.amounts);
		end = table.end;
	}
	return found;
}

function worthOf(unit: string): bigint {
	if (/^md|^milliard/.test(unit)) return 100_000_000_000n;
	if (/^k|^millier/.test(unit)) return 100_000n;
	return unit.startsWith('m') ? 100_000_000n : 100n;
}

type Table = { amounts: PlainAmount[]; end: number };

function tableUnder(text: ActText, heading: RegExpExecArray, unitCents: bigint): Table {
	const { plain } = text;
	const head = lineAround(plain, heading.index);
	const none = { amounts: [], end: heading.index + heading[0].length };
	if (!head || /\d ?$/.test(plain.slice(Math.max(0, heading.index - 3), heading.index)))
		return none;
	const lines = linesOf(
		plain,
		head.end + 1,
		Math.min(plain.length, head.end + MOST_LINES * 120)
	).slice(0, MOST_LINES);
	let columns = columnsOf(text, head);
	const amounts: PlainAmount[] = [];
	let [rows, others, end] = [0, 0, none.end];
	for (const line of lines) {
		const cells = cellsOf(text, line);
		const numbers = cells.flatMap((cell, index) => numberOf(text, cell, index) ?? []);
		if (numbers.length === 0) {
			if (line.text.trim() === '' || /^[\s|:-]*$/.test(line.text)) others += rows > 0 ? 1 : 0;
			else if (rows === 0 && cells.length > 1) columns = narrowed(columns, cells);
			else others += 2;
			if (others > (rows > 0 ? 2 : 6)) break;
			continue;
		}
		others = 0;
		const allowed = allowedIn(columns, cells.length);
		const taken = numbers.filter(({ column }) => allowed(column));
		for (const { number } of taken) {
			const amount = writtenAmount(number.whole, number.decimals, unitCents);
			if (!amount) continue;
			const { valueCents, precisionCents } = amount;
			const sign = number.negative ? -1n : 1n;
			amounts.push({
				start: number.start,
				end: number.end,
				cents: cents(valueCents * sign),
				precisionCents
			});
		}
		rows += taken.length > 0 ? 1 : 0;
		end = line.end;
	}
	return { amounts, end };
}

function lineAround(plain: string, at: number): Line | null {
	const start = plain.lastIndexOf('\n', at) + 1;
	if (at - start > LONGEST_ROW) return null;
	const [line] = linesOf(plain, start, Math.min(plain.length, start + LONGEST_ROW));
	return line ?? null;
}

/** Which columns count in the unit: null where the heading speaks for all but those that say otherwise. */
type Columns = {
	count: number | null;
	inUnit: ReadonlySet<number> | null;
	other: ReadonlySet<number>;
};

function columnsOf(text: ActText, head: Line): Columns {
	const cells = cellsOf(text, head);
	const other = new Set(
		cells.flatMap(({ text: words }, index) => (NO_MONEY.test(words) ? [index] : []))
	);
	if (cells.length < 2) return { count: null, inUnit: null, other: new Set() };
	const marked = cells.flatMap(({ text: words }, index) =>
		HEADING_OF_CELL.test(`${words}\n`) ? [index] : []
	);
	const isForAll = marked.length === 0 || (marked.length === 1 && marked[0] === 0);
	return { count: cells.length, inUnit: isForAll ? null : new Set(marked), other };
}

/** A line of names under the heading says what its columns hold. */
function narrowed(columns: Columns, cells: readonly Cell[]): Columns {
	if (columns.inUnit) return columns;
	const other = cells.flatMap(({ text: words }, index) => (NO_MONEY.test(words) ? [index] : []));
	return { count: cells.length, inUnit: null, other: new Set(other) };
}

function allowedIn({ count, inUnit, other }: Columns, cells: number): (column: number) => boolean {
	if (count === null || count === cells) {
		return (column) => (inUnit ? inUnit.has(column) : !other.has(column));
	}
	// The cells do not stand under their names: sure only where every column counts alike.
	const isUniform = other.size === 0 && (inUnit === null || inUnit.size >= count - 1);
	return () => isUniform;
}

/** Cells are parted by tabs, strokes, or spaces in a row. */
function cellsOf({ source, at }: ActText, line: Line): Cell[] {
	if (line.text.length > LONGEST_ROW) return [];
	const cells: Cell[] = [];
	let start = line.start;
	const close = (end: number, next: number) => {
		const text = line.text.slice(start - line.start, end - line.start);
		cells.push({ start, end, text: text.trim() });
		start = next;
	};
	for (let place = line.start; place < line.end; place += 1) {
		const unit = source.charAt(at(place));
		const isGap =
			/\s/u.test(unit) && /\s/u.test(source.charAt(at(place + 1))) && place + 1 < line.end;
		if (unit === '\t' || unit === '|') close(place, place + 1);
		else if (isGap && unit !== '\n') {
			close(place, place + 2);
			while (start < line.end && source.charAt(at(start)) === ' ') start += 1;
			place = start - 1;
		}
	}
	close(line.end, line.end);
	const isFramed = line.text.trim().startsWith('|');
	return isFramed ? cells.slice(1, cells.at(-1)?.text === '' ? -1 : undefined) : cells;
}

type CellNumber = { number: WrittenNumber & { negative: boolean }; column: number };

/** The number that a cell holds, alone, or after a name where tabs were lost; years and codes are none. */
function numberOf(text: ActText, cell: Cell, column: number): CellNumber | null {
	const { plain } = text;
	const numbers = numbersIn(text, cell.start, cell.end);
	const [number] = numbers;
	if (!number || numbers.length > 1 || number.broken || number.end > cell.end) return null;
	if (plain.slice(number.end, cell.end).trim() !== '') return null;
	const before = plain.slice(cell.start, number.start);
	const isAlone = /^ *[-+]? ?$/.test(before);
	const isAfterName =
		column === 0 && /[a-z)] ?[:.]* $/.test(before) && !isReference(plain, number.start);
	if (!isAlone && !isAfterName) return null;
	if (number.whole.length > 1 && number.whole.startsWith('0')) return null;
	const isYear =
		number.groups === 0 && number.decimals === '' && /^(?:19|20)\d\d$/.test(number.whole);
	const isCode = column === 0 && isAlone;
	if (isYear || isCode) return null;
	const negative = isAlone && before.includes('-');
	return {
		number: {
			...number,
			start: negative ? plain.lastIndexOf('-', number.start) : number.start,
			negative
		},
		column
	};
}
