import type { CountField, DeclarationShape } from '#lib/domain/declaration.ts';
import {
	MOST_NEW_OPERATIONS,
	nameCell,
	newOperationRow,
	type Cells
} from '#lib/domain/declaration-cell.ts';
import { plainWords } from '#lib/domain/import-cell.ts';

/** A row of the declaration as a line of a spreadsheet may name it. */
export type KnownRow = {
	key: string;
	label: string;
	asksAmount: boolean;
	counts: readonly CountField[];
	isNew: boolean;
};

/** What the words of a line lead to: a row, several that are called the same, or none. */
export type RowFound = { kind: 'row'; row: KnownRow } | { kind: 'several' } | { kind: 'none' };

const MOST_REMEMBERED = 2_000;

/** The rows of a declaration by key and by name; operations that are not known yet take a free place. */
export class RowBook {
	readonly #shape: DeclarationShape;
	readonly #byKey = new Map<string, KnownRow>();
	readonly #byName = new Map<string, KnownRow[]>();
	readonly #newByName = new Map<string, KnownRow>();
	readonly #taken = new Set<number>();
	/** Names as they were written, since most lines repeat them. */
	readonly #found = new Map<string, RowFound>();

	constructor(shape: DeclarationShape, cells: Cells) {
		this.#shape = shape;
		for (const row of shape.rows) this.#add({ ...row, isNew: false });
		for (let place = 1; place <= MOST_NEW_OPERATIONS; place += 1) {
			const name = cells.get(nameCell(newOperationRow(place)))?.trim();
			if (name) this.#addNew(place, name);
		}
	}

	/** The only row there is, where a declaration asks for one sum. */
	only(): KnownRow | null {
		const [row] = this.#byKey.values();
		return this.#byKey.size === 1 && !this.#shape.byOperation && row ? row : null;
	}

	findByKey(key: string): KnownRow | null {
		return this.#byKey.get(key.trim()) ?? null;
	}

	/** By name; accents, case, spaces and marks apart. */
	findByName(name: string): RowFound {
		const known = this.#found.get(name);
		if (known) return known;
		const found = this.#search(name);
		if (this.#found.size < MOST_REMEMBERED) this.#found.set(name, found);
		return found;
	}

	#search(name: string): RowFound {
		const rows = this.#byName.get(plainWords(name)) ?? [];
		const [row] = rows;
		if (!row) return { kind: 'none' };
		return rows.length === 1 ? { kind: 'row', row } : { kind: 'several' };
	}

	/** A place for an operation that is not known; the same name has the same place. Null when all are taken. */
	takePlace(name: string, wanted: number | null): KnownRow | null {
		const known = this.#newByName.get(plainWords(name));
		if (known && wanted === null) return known;
		const free = Array.from({ length: MOST_NEW_OPERATIONS }, (_, index) => index + 1).filter(
			(place) => !this.#taken.has(place)
		);
		const place = wanted !== null && free.includes(wanted) ? wanted : free[0];
		return place === undefined ? null : this.#addNew(place, name);
	}

	#add(row: KnownRow): KnownRow {
		this.#found.clear();
		this.#byKey.set(row.key, row);
		const name = plainWords(row.label);
		this.#byName.set(name, [...(this.#byName.get(name) ?? []), row]);
		return row;
	}

	#addNew(place: number, label: string): KnownRow {
		this.#taken.add(place);
		const counts = this.#shape.newOperationCounts;
		const row = { key: newOperationRow(place), label, asksAmount: true, counts, isNew: true };
		this.#newByName.set(plainWords(label), row);
		return this.#add(row);
	}
}

const TOTAL =
	/^(sous )?(total|totaux)( (general|generaux|partiel|global))?\b|^(cumul|ensemble|somme)( (general|total))?$/;

/** Whether a line adds up others: `Total`, `Sous-total`, `TOTAL GÉNÉRAL`. */
export const isTotal = (text: string): boolean => TOTAL.test(plainWords(text));
