import type { SheetCell, SheetLine } from '#lib/domain/import-cell.ts';
import { MOST_COLUMNS } from '#lib/domain/import-table.ts';
import type { Archive } from './archive.ts';
import { isBroken, MOST_CELL_LETTERS, MOST_CELLS, tooLargeInside } from './limits.ts';
import { cellTooLong, unescape, type Workbook } from './workbook.ts';
import { attributeOf, XmlScanner } from './xml.ts';

/**
 * The lines of a sheet, one after the other, those without anything left out. A formula is a formula,
 * whatever it came to; a number keeps its stored decimals.
 */
export async function* readSheet(
	archive: Archive,
	workbook: Workbook,
	part: string
): AsyncGenerator<SheetLine> {
	const reader = new SheetReader(workbook);
	const scanner = new XmlScanner(reader);
	const decoder = new TextDecoder('utf-8', { fatal: true });
	const stream = await archive.stream(part);
	try {
		for await (const piece of stream) {
			scanner.push(decoder.decode(piece as Buffer, { stream: true }));
			yield* reader.take();
		}
		scanner.push(decoder.decode());
		scanner.end();
		yield* reader.take();
	} finally {
		stream.destroy();
	}
}

class SheetReader {
	readonly #workbook: Workbook;
	#lines: SheetLine[] = [];
	#isData = false;
	#number = 0;
	#cells: SheetCell[] | null = null;
	#count = 0;

	#column = -1;
	#type = '';
	#style = -1;
	#value = '';
	#formula: string | null = null;
	#taking: 'value' | 'formula' | 'text' | null = null;
	#isHint = false;

	constructor(workbook: Workbook) {
		this.#workbook = workbook;
	}

	take(): SheetLine[] {
		const lines = this.#lines;
		if (lines.length > 0) this.#lines = [];
		return lines;
	}

	open(name: string, attributes: string): void {
		if (name === 'sheetData') this.#isData = true;
		if (!this.#isData) return;
		if (name === 'c') this.#openCell(attributes);
		else if (name === 'row') this.#openRow(attributes);
		else if (name === 'v') this.#taking = 'value';
		else if (name === 'f') {
			this.#taking = 'formula';
			this.#formula = '';
		} else if (name === 't' && !this.#isHint) this.#taking = 'text';
		else if (name === 'rPh') this.#isHint = true;
	}

	text(piece: string): void {
		if (this.#taking === null) return;
		if (this.#taking === 'formula') this.#formula = ((this.#formula ?? '') + piece).slice(0, 200);
		else this.#value += piece;
		if (this.#value.length > MOST_CELL_LETTERS) throw cellTooLong();
	}

	close(name: string): void {
		if (!this.#isData) return;
		if (name === 'v' || name === 'f' || name === 't') this.#taking = null;
		else if (name === 'rPh') this.#isHint = false;
		else if (name === 'c') this.#closeCell();
		else if (name === 'row') this.#closeRow();
		else if (name === 'sheetData') this.#isData = false;
	}

	#openRow(attributes: string): void {
		const given = attributeOf(attributes, 'r');
		const number = given === null ? this.#number + 1 : Number(given);
		if (!Number.isInteger(number) || number <= this.#number || number > 1_048_576) throw isBroken();
		this.#number = number;
		this.#cells = [];
		this.#column = -1;
	}

	#closeRow(): void {
		if (this.#cells?.some((cell) => cell !== '')) {
			this.#lines.push({ number: this.#number, cells: this.#cells });
		}
		this.#cells = null;
	}

	#openCell(attributes: string): void {
		if (!this.#cells) throw isBroken();
		this.#count += 1;
		if (this.#count > MOST_CELLS) throw tooLargeInside();
		const column = columnOf(attributeOf(attributes, 'r')) ?? this.#column + 1;
		if (column <= this.#column) throw isBroken();
		this.#column = column;
		this.#type = attributeOf(attributes, 't') ?? 'n';
		this.#style = Number(attributeOf(attributes, 's') ?? -1);
		this.#value = '';
		this.#formula = null;
	}

	#closeCell(): void {
		if (!this.#cells || this.#column >= MOST_COLUMNS) return;
		const cell = this.#read();
		if (cell === '') return;
		while (this.#cells.length < this.#column) this.#cells.push('');
		this.#cells[this.#column] = cell;
	}

	#read(): SheetCell {
		const value = this.#value;
		if (this.#formula !== null) return { kind: 'formula', text: `=${this.#formula}` };
		switch (this.#type) {
			case 's': {
				const text = value === '' ? '' : this.#workbook.sharedStrings[Number(value)];
				if (text === undefined) throw isBroken();
				return text;
			}
			case 'inlineStr':
			case 'str':
				return unescape(value);
			case 'b':
				return value === '' ? '' : { kind: 'boolean', text: value === '1' ? 'VRAI' : 'FAUX' };
			case 'e':
				return { kind: 'error', text: value };
			case 'd':
				return value === '' ? '' : { kind: 'date', text: value.slice(0, 10) };
			case 'n':
				return value === '' ? '' : this.#stored(value.trim());
			default:
				throw isBroken();
		}
	}

	#stored(text: string): SheetCell {
		const kind = this.#style < 0 ? 'number' : this.#workbook.numberKinds[this.#style];
		// A style that the workbook does not have: what the number means cannot be known.
		if (kind === undefined) throw isBroken();
		if (kind !== 'date') return { kind, text };
		return { kind, text: dayOf(Number(text), this.#workbook.from1904) ?? text };
	}
}

/** `AB12` is column 27; null where a cell does not say. */
function columnOf(reference: string | null): number | null {
	if (reference === null) return null;
	const letters = /^([A-Z]{1,3})\d{1,7}$/.exec(reference)?.[1];
	if (!letters) throw isBroken();
	let column = 0;
	for (let place = 0; place < letters.length; place += 1) {
		column = column * 26 + letters.charCodeAt(place) - 64;
	}
	return column - 1;
}

const MILLISECONDS_A_DAY = 86_400_000;

/** The day of a stored number. Excel believes that 1900 was a leap year, so its days begin one earlier. */
function dayOf(serial: number, from1904: boolean): string | null {
	if (!(serial >= 1 && serial < 2_958_466)) return null;
	const origin = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
	return new Date(origin + Math.floor(serial) * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}
