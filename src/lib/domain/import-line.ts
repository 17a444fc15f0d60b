import type { DeclarationShape } from '#lib/domain/declaration.ts';
import type { Cells } from '#lib/domain/declaration-cell.ts';
import { readAmount, refuseKind, type Reading } from '#lib/domain/import-amount.ts';
import {
	cellName,
	columnLetters,
	isBlank,
	textOfCell,
	type SheetCell,
	type SheetLine
} from '#lib/domain/import-cell.ts';
import {
	LineMemory,
	readCounts,
	readWords,
	type ReadFields
} from '#lib/domain/import-line-fields.ts';
import { RowBook, isTotal, type KnownRow } from '#lib/domain/import-rows.ts';
import type { ImportColumn } from '#lib/domain/import-table.ts';
import { LARGEST_ENTRY_CENTS } from '#lib/domain/ledger.ts';
import type { Cents } from '#lib/domain/money.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Why a line cannot be taken, at the column where it can be mended. */
export type LineProblem = { column: string; message: string };

/** A line as it was understood. */
export type UnderstoodLine = {
	number: number;
	/** As they stand in the file. */
	cells: string[];
	rowKey: string | null;
	/** Null where nothing was said or it cannot be read: never zero for either. */
	amountCents: Cents | null;
	/** What else it says, by the fields of the draft. */
	fields: Record<string, string> | null;
	/** Why it is left out; null where it counts. */
	skipped: string | null;
	problems: LineProblem[] | null;
};

/** A line that a person leaves out on purpose, problems and all. */
export const LEFT_OUT = 'Laissée de côté à votre demande.';

const MOST_SHOWN_CELLS = 40;
const MOST_SHOWN_LETTERS = 200;

/**
 * Reads the lines of a table one after the other: which row each is about, its amount and its counts. A
 * line without anything is null. Totals are left out and say so; what cannot be read is a problem.
 */
export class LineReader {
	readonly #shape: DeclarationShape;
	readonly #columns: readonly ImportColumn[];
	readonly #rows: RowBook;
	readonly #sums = new Map<string, bigint>();
	#total = 0n;
	readonly #memory = new LineMemory();

	readonly #exactCells: number | null;

	/** Where commas stand between cells, each line has as many cells as the headings: `exactCells`. */
	constructor(
		shape: DeclarationShape,
		cells: Cells,
		columns: readonly ImportColumn[],
		exactCells: number | null = null
	) {
		this.#exactCells = exactCells;
		this.#shape = shape;
		this.#columns = columns;
		this.#rows = new RowBook(shape, cells);
	}

	read(line: SheetLine): UnderstoodLine | null {
		if (isBlank(line.cells)) return null;
		const shown = {
			number: line.number,
			cells: line.cells
				.slice(0, MOST_SHOWN_CELLS)
				.map((cell) => textOfCell(cell).slice(0, MOST_SHOWN_LETTERS))
		};
		const reason = this.#reasonToSkip(line.cells);
		if (reason) return { ...shown, ...NOTHING, skipped: reason };

		const problems: LineProblem[] = [];
		if (this.#exactCells !== null && line.cells.length !== this.#exactCells) {
			this.#add(
				problems,
				'amount',
				'Cette ligne n’a pas autant de cellules que les titres : une virgule y coupe peut-être un montant. Enregistrez le fichier avec des points-virgules, ou en .xlsx.'
			);
			return { ...shown, ...NOTHING, skipped: null, problems };
		}
		const row = this.#findRow(line, problems);
		const amount = this.#readAmount(line, row, problems);
		const read: ReadFields = {
			memory: this.#memory,
			line,
			columns: this.#columns,
			shape: this.#shape,
			row,
			problems
		};
		const fields = { ...readCounts(read), ...readWords(read) };
		if (row && amount !== null) this.#addUp(row, amount, problems);
		return {
			...shown,
			rowKey: row?.key ?? null,
			amountCents: amount,
			fields: Object.keys(fields).length > 0 ? fields : null,
			skipped: null,
			problems: problems.length > 0 ? problems : null
		};
	}

	/** Totals, headings that are repeated, and notes under the table. */
	#reasonToSkip(cells: readonly SheetCell[]): string | null {
		const name = this.#text(cells, 'label');
		const first = name || cells.map(textOfCell).find((text) => text !== '') || '';
		if (
			this.#text(cells, 'key') === '' &&
			this.#rows.findByName(first).kind === 'none' &&
			isTotal(first)
		) {
			return 'Ligne de total : elle n’est pas comptée une seconde fois.';
		}
		const named = this.#columns.filter(({ field }) => field !== null);
		if (named.every(({ index, heading }) => textOfCell(cells[index]) === heading)) {
			return 'Titres de colonnes répétés.';
		}
		const isUnknown =
			this.#text(cells, 'key') === '' &&
			(name === '' || this.#rows.findByName(name).kind === 'none');
		const saysHowMuch = this.#columns.some(
			({ field, index }) =>
				(field === 'amount' || field?.startsWith('count:')) && textOfCell(cells[index]) !== ''
		);
		return isUnknown && !saysHowMuch ? 'Ni montant ni nombre : rien à reprendre.' : null;
	}

	#findRow(line: SheetLine, problems: LineProblem[]): KnownRow | null {
		const refused = this.#refuseName(line);
		if (refused) {
			problems.push(refused);
			return null;
		}
		const [key, name] = [this.#text(line.cells, 'key'), this.#text(line.cells, 'label')];
		const byName = this.#rows.findByName(name);
		if (key !== '') {
			const byKey = this.#rows.findByKey(key);
			const isOther = byName.kind === 'row' && byName.row.key !== byKey?.key;
			if (byKey && !byKey.isNew && isOther) {
				this.#add(
					problems,
					'label',
					`La clé désigne « ${byKey.label} » et le libellé « ${byName.row.label} » : effacez la clé si le libellé est le bon.`
				);
				return null;
			}
			if (byKey) return byKey;
			const isNew = /^n\.([1-9]|1\d|20)$/.test(key) && this.#shape.byOperation;
			if (isNew) return this.#findNewOperation(line.cells, name, key, problems);
			this.#add(
				problems,
				'key',
				'Cette clé n’est pas de cette déclaration : partez de son modèle, ou effacez la clé.'
			);
			return null;
		}
		if (byName.kind === 'row') return byName.row;
		if (byName.kind === 'several') {
			this.#add(
				problems,
				'label',
				`Plusieurs lignes de la déclaration s’appellent « ${name} » : partez du modèle, dont la clé les distingue.`
			);
			return null;
		}
		if (name === '') {
			const only = this.#rows.only();
			if (only) return only;
			this.#add(
				problems,
				'label',
				'Cette ligne ne dit pas de quoi elle parle : écrivez le nom, ou laissez-la de côté.'
			);
			return null;
		}
		return this.#findNewOperation(line.cells, name, key, problems);
	}

	/** A name that a workbook works out, or could not. */
	#refuseName(line: SheetLine): LineProblem | null {
		for (const { field, index } of this.#columns) {
			const cell = line.cells[index];
			if ((field !== 'label' && field !== 'key') || typeof cell !== 'object') continue;
			if (cell.kind !== 'formula' && cell.kind !== 'error') continue;
			const refused = refuseKind(cell, cellName(index, line.number), 'un nom');
			if (refused) return { column: columnLetters(index), message: refused.message };
		}
		return null;
	}

	/** An operation that is not known is described: its landlord and its commune come with it. */
	#findNewOperation(
		cells: readonly SheetCell[],
		name: string,
		key: string,
		problems: LineProblem[]
	): KnownRow | null {
		const only = this.#rows.only();
		const isDescribed = this.#text(cells, 'landlord') !== '' && this.#text(cells, 'commune') !== '';
		if (!this.#shape.byOperation || !isDescribed) {
			const how = this.#shape.byOperation
				? 'corrigez son nom, ou ajoutez son bailleur et sa commune si l’opération est nouvelle.'
				: `écrivez son nom comme dans le modèle${only ? ` : « ${only.label} »` : ''}.`;
			this.#add(
				problems,
				'label',
				`« ${name.slice(0, 80)} » n’est pas une ligne de cette déclaration : ${how}`
			);
			return null;
		}
		const wanted = Number(/^n\.(\d{1,2})$/.exec(key)?.[1] ?? 0) || null;
		const row = this.#rows.takePlace(name, wanted);
		if (!row) {
			this.#add(
				problems,
				'label',
				'Une déclaration décrit 20 opérations nouvelles au plus : demandez à la direction des finances de les créer.'
			);
		}
		return row;
	}

	#readAmount(line: SheetLine, row: KnownRow | null, problems: LineProblem[]): Cents | null {
		const column = this.#columns.find(({ field }) => field === 'amount');
		if (!column) return null;
		const reading: Reading<Cents> = readAmount(
			line.cells[column.index],
			cellName(column.index, line.number)
		);
		if (reading.kind === 'problem') {
			problems.push({ column: columnLetters(column.index), message: reading.message });
		}
		if (reading.kind !== 'value') return null;
		if (row && !row.asksAmount) {
			this.#add(
				problems,
				'amount',
				`« ${row.label} » se compte et n’attend pas de montant : effacez celui de cette ligne.`
			);
		}
		return reading.value;
	}

	/** Several lines of the same row are summed. One amount, a row and the whole have the limit of an entry. */
	#addUp(row: KnownRow, amount: Cents, problems: LineProblem[]): void {
		const sum = (this.#sums.get(row.key) ?? 0n) + amount;
		const total = this.#total + amount;
		const isTooLarge = [amount, sum, total].some(
			(each) => each > LARGEST_ENTRY_CENTS || each < -LARGEST_ENTRY_CENTS
		);
		if (isTooLarge) {
			const message =
				'Un montant ne dépasse pas 100 milliards d’euros, ni leur somme : vérifiez-le.';
			this.#add(problems, 'amount', message);
			return;
		}
		this.#sums.set(row.key, sum);
		this.#total = total;
	}

	#text(cells: readonly SheetCell[], field: ImportColumn['field']): string {
		const column = this.#columns.find((each) => each.field === field);
		return column ? textOfCell(cells[column.index]) : '';
	}

	#add(problems: LineProblem[], field: ImportColumn['field'], message: string): void {
		const column = this.#columns.find((each) => each.field === field);
		problems.push({ column: column ? columnLetters(column.index) : '', message: typeset(message) });
	}
}

const NOTHING = { rowKey: null, amountCents: null, fields: null, problems: null };
