import { MOST_LETTERS } from '#lib/domain/act/given-text.ts';
import { isTooMuch } from './limits.ts';

/**
 * Writes a document as plain text: a paragraph a line, a row of a table a line with tabs between its
 * cells, an item of a list behind its mark, moved in as deep as it stands.
 */
export class TextWriter {
	readonly #lines: string[] = [];
	/** Paragraphs that are open, the innermost last: a frame stands inside a paragraph. */
	readonly #open: string[] = [];
	/** Cells of the rows that are open; a table may stand inside a cell. */
	readonly #rows: string[][] = [];
	#letters = 0;

	startParagraph(mark = ''): void {
		this.#open.push(mark);
	}

	write(text: string): void {
		const last = this.#open.length - 1;
		if (last < 0) {
			if (text.trim() === '') return;
			this.startParagraph(text);
			return this.endParagraph();
		}
		this.#letters += text.length;
		if (this.#letters > MOST_LETTERS * 1.5) throw isTooMuch();
		this.#open[last] += text;
	}

	endParagraph(): void {
		const text = (this.#open.pop() ?? '').replace(/[ \u00A0]+$/gm, '');
		const row = this.#rows.at(-1);
		if (!row) return void this.#lines.push(text);
		const cell = row.length - 1;
		const flat = text.replace(/[\n\t]+/g, ' ').trim();
		if (cell >= 0 && flat !== '') row[cell] = row[cell] ? `${row[cell]} ${flat}` : flat;
	}

	startRow(): void {
		this.#rows.push([]);
	}

	startCell(): void {
		this.#rows.at(-1)?.push('');
	}

	endRow(): void {
		const row = this.#rows.pop() ?? [];
		const outer = this.#rows.at(-1);
		if (!outer) return void this.#lines.push(row.join('\t').trimEnd());
		const text = row.filter((cell) => cell !== '').join(' ');
		if (outer.length > 0 && text) outer[outer.length - 1] = `${outer.at(-1)} ${text}`.trim();
	}

	/** The whole text; more than one empty line says no more than one. */
	finish(): string {
		return this.#lines
			.join('\n')
			.replace(/\n{3,}/g, '\n\n')
			.trim();
	}
}

/** An item stands as deep as its list, the first level at the margin. */
export const indentOf = (depth: number): string => '  '.repeat(Math.max(0, depth - 1));
