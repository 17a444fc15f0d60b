import { isBroken, refuseFile } from './limits.ts';

/** What is told of a document while it is read. Names come without their prefix. */
export type XmlReader = {
	open: (name: string, attributes: string) => void;
	text: (text: string) => void;
	close: (name: string) => void;
};

const LONGEST_TAG = 64 * 1024;
const DEEPEST = 64;

/**
 * Reads XML piece by piece, as far as workbooks use it. There are no entities but the five that XML has:
 * a document that defines its own (a billion laughs) is refused, and so is what does not nest.
 */
export class XmlScanner {
	readonly #reader: XmlReader;
	readonly #path: string[] = [];
	#rest = '';
	#hasRoot = false;

	constructor(reader: XmlReader) {
		this.#reader = reader;
	}

	push(piece: string): void {
		const source = this.#rest === '' ? piece : this.#rest + piece;
		let from = 0;
		for (;;) {
			const tag = source.indexOf('<', from);
			if (tag === -1) break;
			if (tag > from) this.#text(source.slice(from, tag));
			const end = this.#tag(source, tag);
			if (end === -1) {
				if (source.length - tag > LONGEST_TAG && !source.startsWith('<![CDATA[', tag))
					throw isBroken();
				this.#rest = source.slice(tag);
				return;
			}
			from = end;
		}
		// Text may go on in the next piece; a reference must not be cut.
		const cut = source.lastIndexOf('&') >= source.length - 12 ? source.lastIndexOf('&') : -1;
		const until = cut >= from ? cut : source.length;
		if (until > from) this.#text(source.slice(from, until));
		this.#rest = source.slice(until);
	}

	end(): void {
		if (this.#rest.trim() !== '' || this.#path.length > 0 || !this.#hasRoot) throw isBroken();
	}

	#text(text: string): void {
		if (this.#path.length > 0) this.#reader.text(text.includes('&') ? decode(text) : text);
	}

	/** The place after the tag; -1 where it goes on in the next piece. */
	#tag(source: string, start: number): number {
		const second = source.charCodeAt(start + 1);
		if (second === 33 || second === 63) return this.#special(source, start);
		const end = source.indexOf('>', start);
		if (end === -1) return -1;
		const inside = source.slice(start + 1, end);
		// A quoted value may hold the mark that closes a tag.
		if (inside.includes('"') && (inside.split('"').length - 1) % 2 === 1) {
			const closing = endOfTag(source, start);
			if (closing === -1) return -1;
			this.#element(source.slice(start + 1, closing));
			return closing + 1;
		}
		this.#element(inside);
		return end + 1;
	}

	#element(inside: string): void {
		if (inside.startsWith('/')) {
			const name = localName(inside.slice(1).trim());
			if (this.#path.pop() !== name) throw isBroken();
			this.#reader.close(name);
			return;
		}
		const isEmpty = inside.endsWith('/');
		const space = /[\s/]/.exec(inside)?.index ?? inside.length;
		const name = localName(inside.slice(0, space));
		if (name === '' || this.#path.length === DEEPEST) throw isBroken();
		if (this.#path.length === 0 && this.#hasRoot) throw isBroken();
		this.#hasRoot = true;
		this.#reader.open(name, inside.slice(space));
		if (isEmpty) this.#reader.close(name);
		else this.#path.push(name);
	}

	#special(source: string, start: number): number {
		if (source.startsWith('<!--', start)) return after(source, '-->', start + 4);
		if (source.startsWith('<?', start)) return after(source, '?>', start + 2);
		if (source.startsWith('<![CDATA[', start)) {
			const end = source.indexOf(']]>', start);
			if (end === -1) return -1;
			if (this.#path.length > 0) this.#reader.text(source.slice(start + 9, end));
			return end + 3;
		}
		if (source.length - start < 9) return -1;
		throw refuseFile(
			'Ce classeur contient des définitions qui n’ont rien à y faire. Enregistrez-le de nouveau en .xlsx depuis votre tableur, puis donnez-le.'
		);
	}
}

/** The value of an attribute by its name, prefix apart; null where it is not there. */
export function attributeOf(attributes: string, name: string): string | null {
	const value = patternOf(name).exec(attributes);
	const text = value?.[1] ?? value?.[2] ?? null;
	return text?.includes('&') ? decode(text) : text;
}

const patterns = new Map<string, RegExp>();

/** The names are ours, and few. */
function patternOf(name: string): RegExp {
	const known = patterns.get(name);
	if (known) return known;
	const pattern = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
	patterns.set(name, pattern);
	return pattern;
}

/** A whole document at once. */
export function scanXml(document: string, reader: XmlReader): void {
	const scanner = new XmlScanner(reader);
	scanner.push(document);
	scanner.end();
}

const after = (source: string, mark: string, from: number): number => {
	const end = source.indexOf(mark, from);
	return end === -1 ? -1 : end + mark.length;
};

function endOfTag(source: string, start: number): number {
	let isQuoted = false;
	for (let place = start; place < source.length; place += 1) {
		const code = source.charCodeAt(place);
		if (code === 34) isQuoted = !isQuoted;
		else if (code === 62 && !isQuoted) return place;
	}
	return -1;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decode(text: string): string {
	return text.replace(
		/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,20}))?;?/g,
		(all, decimal: string, hexadecimal: string, named: string) => {
			if (!all.endsWith(';')) throw isBroken();
			if (named !== undefined) {
				const character = NAMED[named];
				if (character === undefined) throw isBroken();
				return character;
			}
			const code =
				decimal === undefined ? Number.parseInt(hexadecimal ?? 'z', 16) : Number(decimal);
			if (!(code > 0 && code <= 0x10ffff)) throw isBroken();
			return String.fromCodePoint(code);
		}
	);
}
