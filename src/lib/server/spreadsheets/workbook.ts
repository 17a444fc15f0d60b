import type { Archive } from './archive.ts';
import {
	isBroken,
	MOST_CELL_LETTERS,
	MOST_SHARED_LETTERS,
	refuseFile,
	tooLargeInside
} from './limits.ts';
import { attributeOf, scanXml, XmlScanner } from './xml.ts';

/** What a style makes of a stored number: only dates and percentages are read otherwise. */
export type NumberKind = 'number' | 'date' | 'percent';

export type Workbook = {
	/** Visible sheets in their order, by name and part. */
	sheets: readonly { name: string; part: string }[];
	/** Days are counted from 1904, as old Macs did. */
	from1904: boolean;
	sharedStrings: readonly string[];
	/** By the number of a style. */
	numberKinds: readonly NumberKind[];
};

/** Reads what a workbook says about itself. Every part it names must be there, whole and unchanged. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
	const root = await readRelations(archive, '_rels/.rels', '');
	const main = root.find(({ type }) => type === 'officeDocument')?.part;
	if (!main || !archive.has(main)) throw isBroken();
	const folder = main.slice(0, main.lastIndexOf('/') + 1);
	const name = main.slice(folder.length);
	const relations = await readRelations(archive, `${folder}_rels/${name}.rels`, folder);
	const { sheets, from1904 } = readSheets(await archive.readText(main));
	const partOf = (type: string) => relations.find((relation) => relation.type === type)?.part;
	const strings = partOf('sharedStrings');
	const styles = partOf('styles');
	return {
		sheets: sheets.flatMap((sheet) => {
			const relation = relations.find(({ id }) => id === sheet.relation);
			if (!relation) throw isBroken();
			return relation.type === 'worksheet' ? [{ name: sheet.name, part: relation.part }] : [];
		}),
		from1904,
		sharedStrings: strings ? await readSharedStrings(archive, strings) : [],
		numberKinds: styles ? readNumberKinds(await archive.readText(styles)) : []
	};
}

type Relation = { id: string; type: string; part: string };

async function readRelations(archive: Archive, part: string, folder: string): Promise<Relation[]> {
	const relations: Relation[] = [];
	scanXml(await archive.readText(part), {
		open: (name, attributes) => {
			if (name !== 'Relationship' || attributeOf(attributes, 'TargetMode') === 'External') return;
			const target = attributeOf(attributes, 'Target') ?? '';
			relations.push({
				id: attributeOf(attributes, 'Id') ?? '',
				type: (attributeOf(attributes, 'Type') ?? '').split('/').at(-1) ?? '',
				part: target.startsWith('/') ? target.slice(1) : resolvePart(folder, target)
			});
		},
		text: () => undefined,
		close: () => undefined
	});
	return relations;
}

function resolvePart(folder: string, target: string): string {
	const parts: string[] = [];
	for (const part of `${folder}${target}`.split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '.' && part !== '') parts.push(part);
	}
	return parts.join('/');
}

function readSheets(document: string): {
	sheets: { name: string; relation: string }[];
	from1904: boolean;
} {
	const sheets: { name: string; relation: string }[] = [];
	let from1904 = false;
	scanXml(document, {
		open: (name, attributes) => {
			if (name === 'workbookPr') {
				from1904 = ['1', 'true'].includes(attributeOf(attributes, 'date1904') ?? '');
			}
			if (name !== 'sheet' || (attributeOf(attributes, 'state') ?? 'visible') !== 'visible') return;
			const relation = /:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '';
			sheets.push({ name: attributeOf(attributes, 'name') ?? '', relation });
		},
		text: () => undefined,
		close: () => undefined
	});
	return { sheets, from1904 };
}

/** Texts that cells refer to by number. Hints on how to pronounce them are no part of them. */
async function readSharedStrings(archive: Archive, part: string): Promise<string[]> {
	await archive.check(part);
	const strings: string[] = [];
	let [text, letters, isText, isHint] = ['', 0, false, false];
	const scanner = new XmlScanner({
		open: (name) => {
			if (name === 'si') text = '';
			else if (name === 'rPh') isHint = true;
			else if (name === 't') isText = !isHint;
		},
		text: (piece) => {
			if (!isText) return;
			text += piece;
			letters += piece.length;
			if (text.length > MOST_CELL_LETTERS) throw cellTooLong();
			if (letters > MOST_SHARED_LETTERS) throw tooLargeInside();
		},
		close: (name) => {
			if (name === 't') isText = false;
			else if (name === 'rPh') isHint = false;
			else if (name === 'si') strings.push(unescape(text));
		}
	});
	const decoder = new TextDecoder('utf-8', { fatal: true });
	for await (const piece of await archive.stream(part)) {
		scanner.push(decoder.decode(piece as Buffer, { stream: true }));
	}
	scanner.push(decoder.decode());
	scanner.end();
	return strings;
}

export const cellTooLong = () =>
	refuseFile(
		'Une cellule de ce fichier contient un texte démesuré. Gardez les seules colonnes utiles, puis donnez le fichier.'
	);

/** How workbooks write what XML cannot hold: `_x000D_` is a carriage return. */
export const unescape = (text: string): string =>
	text.includes('_x')
		? text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) =>
				String.fromCharCode(Number.parseInt(code, 16))
			)
		: text;

/** Formats that every workbook has, by number: days, times, percentages. */
const BUILT_IN = (id: number): NumberKind | null => {
	if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47)) return 'date';
	if (id >= 50 && id <= 58) return 'date';
	return id === 9 || id === 10 ? 'percent' : null;
};

function readNumberKinds(document: string): NumberKind[] {
	const own = new Map<number, NumberKind>();
	const kinds: NumberKind[] = [];
	let isCellFormat = false;
	scanXml(document, {
		open: (name, attributes) => {
			const id = Number(attributeOf(attributes, 'numFmtId') ?? 0);
			if (name === 'numFmt') own.set(id, kindOf(attributeOf(attributes, 'formatCode') ?? ''));
			else if (name === 'cellXfs') isCellFormat = true;
			else if (name === 'xf' && isCellFormat) kinds.push(own.get(id) ?? BUILT_IN(id) ?? 'number');
		},
		text: () => undefined,
		close: (name) => {
			if (name === 'cellXfs') isCellFormat = false;
		}
	});
	return kinds;
}

/** What a format shows, its quoted words, colours and currencies apart. */
function kindOf(format: string): NumberKind {
	const [positive = ''] = format.split(';');
	const plain = positive.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
	if (plain.includes('%')) return 'percent';
	return /[dyhsj]|m|a{2,}/i.test(plain.replace(/general|standard|e[+-]/gi, '')) ? 'date' : 'number';
}
