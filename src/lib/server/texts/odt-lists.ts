import { attributeOf } from '#lib/server/spreadsheets/xml.ts';
import { indentOf } from './text-writer.ts';

/** How the items of one level of a list are marked. */
type Level = {
	format: string | null;
	prefix: string;
	suffix: string;
	bullet: string;
	start: number;
};

type OpenList = { style: string | null; items: number };

const MOST_ITEMS_SPELLED = 100_000;

/** The lists of an OpenDocument text: how each is marked, and which item one is at. */
export class OdtLists {
	readonly #styles = new Map<string, Map<number, Level>>();
	readonly #open: OpenList[] = [];
	/** How far the last list of a style got, for one that goes on. */
	readonly #reached = new Map<string, number>();
	#styleName: string | null = null;
	/** The mark of an item stands before its first paragraph, and before that alone. */
	#isMarkDue = false;

	readonly open = (name: string, attributes: string): void => {
		if (name === 'list-style') return void this.#openStyle(attributeOf(attributes, 'name'));
		if (/^list-level-style-/.test(name)) return this.#learn(name, attributes);
		if (name === 'list') {
			const style = attributeOf(attributes, 'style-name') ?? this.#open.at(-1)?.style ?? null;
			const goesOn =
				attributeOf(attributes, 'continue-numbering') === 'true' ||
				attributeOf(attributes, 'continue-list') !== null;
			const items = goesOn ? (this.#reached.get(`${style} ${this.#open.length}`) ?? 0) : 0;
			this.#open.push({ style, items });
		}
		const list = this.#open.at(-1);
		if (name === 'list-item' && list) {
			const start = Number(attributeOf(attributes, 'start-value') ?? Number.NaN);
			list.items = Number.isInteger(start) ? start : list.items + 1;
			this.#isMarkDue = true;
		}
		if (name === 'list-header') this.#isMarkDue = false;
	};

	readonly close = (name: string): void => {
		if (name === 'list-style') this.#styleName = null;
		if (name === 'list-item') this.#isMarkDue = false;
		if (name !== 'list') return;
		const list = this.#open.pop();
		if (list) this.#reached.set(`${list.style} ${this.#open.length}`, list.items);
	};

	/** What stands before the paragraph that begins here. */
	takeMark(): string {
		const list = this.#open.at(-1);
		if (!list || !this.#isMarkDue) return '';
		this.#isMarkDue = false;
		const depth = this.#open.length;
		const level = this.#styles.get(list.style ?? '')?.get(depth);
		const mark = level ? markOf(level, list.items) : '-';
		return mark === '' ? '' : `${indentOf(depth)}${mark} `;
	}

	#openStyle(name: string | null): void {
		this.#styleName = name;
		if (name !== null && !this.#styles.has(name)) this.#styles.set(name, new Map());
	}

	#learn(name: string, attributes: string): void {
		const levels = this.#styles.get(this.#styleName ?? '');
		const depth = Number(attributeOf(attributes, 'level'));
		if (!levels || !Number.isInteger(depth)) return;
		const isNumbered = name === 'list-level-style-number';
		levels.set(depth, {
			format: isNumbered ? (attributeOf(attributes, 'num-format') ?? '') : null,
			prefix: attributeOf(attributes, 'num-prefix') ?? '',
			suffix: attributeOf(attributes, 'num-suffix') ?? '',
			bullet: attributeOf(attributes, 'bullet-char') ?? '',
			start: Number(attributeOf(attributes, 'start-value') ?? '1') || 1
		});
	}
}

function markOf({ format, prefix, suffix, bullet, start }: Level, item: number): string {
	// A sign of a font of signs says nothing elsewhere.
	if (format === null) return /^[^\p{Co}\p{L}\p{N}\s]$/u.test(bullet) ? bullet : '-';
	if (format === '') return '';
	return `${prefix}${numeralOf(format, item + start - 1)}${suffix}`.trim();
}

function numeralOf(format: string, value: number): string {
	if (value < 1 || value > MOST_ITEMS_SPELLED) return String(value);
	if (format === 'a' || format === 'A') {
		const letter = String.fromCharCode(97 + ((value - 1) % 26));
		const letters = letter.repeat(Math.ceil(value / 26));
		return format === 'A' ? letters.toUpperCase() : letters;
	}
	if (format === 'i' || format === 'I') {
		return format === 'i' ? romanOf(value).toLowerCase() : romanOf(value);
	}
	return String(value);
}

const ROMAN = [
	[1000, 'M'],
	[900, 'CM'],
	[500, 'D'],
	[400, 'CD'],
	[100, 'C'],
	[90, 'XC'],
	[50, 'L'],
	[40, 'XL'],
	[10, 'X'],
	[9, 'IX'],
	[5, 'V'],
	[4, 'IV'],
	[1, 'I']
] as const;

function romanOf(value: number): string {
	let left = value;
	let text = '';
	for (const [worth, sign] of ROMAN) {
		while (left >= worth && text.length < 40) {
			text += sign;
			left -= worth;
		}
	}
	return text;
}
