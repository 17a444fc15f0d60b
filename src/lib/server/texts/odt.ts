import { attributeOf, XmlScanner } from '#lib/server/spreadsheets/xml.ts';
import { checkParts, withDocument } from './document-archive.ts';
import { isDamaged, isLocked } from './limits.ts';
import { OdtLists } from './odt-lists.ts';
import { TextWriter } from './text-writer.ts';

const CONTENT = 'content.xml';
const STYLES = 'styles.xml';

/** The text of an OpenDocument text. Notes, comments and what was deleted in it are left out. */
export function readOdt(path: string): Promise<string> {
	return withDocument(path, async (archive) => {
		await checkParts(archive, (name) => name === CONTENT || name === STYLES);
		if (archive.has('META-INF/manifest.xml')) {
			const manifest = await archive.readText('META-INF/manifest.xml');
			if (manifest.includes('encryption-data')) throw isLocked();
		}
		if (!archive.has(CONTENT)) throw isDamaged();
		const lists = new OdtLists();
		const scan = async (part: string, scanner: XmlScanner): Promise<void> => {
			const decoder = new TextDecoder('utf-8', { fatal: true });
			for await (const piece of await archive.stream(part)) {
				scanner.push(decoder.decode(piece as Buffer, { stream: true }));
			}
			scanner.push(decoder.decode());
			scanner.end();
		};
		if (archive.has(STYLES)) {
			const { open, close } = lists;
			await scan(STYLES, new XmlScanner({ open, text: () => undefined, close }));
		}
		const writer = new TextWriter();
		await scan(CONTENT, scannerInto(writer, lists));
		return writer.finish();
	});
}

/** What stands in the document and is not its text. */
const LEFT_OUT =
	/^(tracked-changes|note|annotation|annotation-end|forms|scripts|script|desc|meta|ruby-text|index-title-template|sequence-decls|variable-decls|user-field-decls)$/;

const DRAWING = /^(frame|custom-shape|g)$/;

/** Every run of white space is one space; more are written as elements. */
const flatten = (text: string): string => text.replace(/[ \t\r\n]+/g, ' ');

const MOST_SPACES = 200;

function scannerInto(writer: TextWriter, lists: OdtLists): XmlScanner {
	let left = 0;
	let paragraphs = 0;
	/** Inside a drawing, whose title is said to those who do not see it; else a title is the document’s. */
	let drawings = 0;
	return new XmlScanner({
		open: (name, attributes) => {
			const isLeftOut = LEFT_OUT.test(name) || (name === 'title' && drawings > 0);
			if (left > 0 || isLeftOut) return void (left += 1);
			if (DRAWING.test(name)) drawings += 1;
			lists.open(name, attributes);
			if (name === 'p' || name === 'h') {
				paragraphs += 1;
				writer.startParagraph(lists.takeMark());
			}
			if (name === 'table-row') writer.startRow();
			if (name === 'table-cell') writer.startCell();
			if (paragraphs === 0) return;
			if (name === 's') {
				const spaces = Number(attributeOf(attributes, 'c') ?? '1') || 1;
				writer.write(' '.repeat(Math.min(Math.max(spaces, 1), MOST_SPACES)));
			}
			if (name === 'tab') writer.write('\t');
			if (name === 'line-break') writer.write('\n');
		},
		text: (text) => {
			if (left === 0 && paragraphs > 0) writer.write(flatten(text));
		},
		close: (name) => {
			if (left > 0) return void (left -= 1);
			if (DRAWING.test(name)) drawings -= 1;
			lists.close(name);
			if (name === 'p' || name === 'h') {
				paragraphs -= 1;
				writer.endParagraph();
			}
			if (name === 'table-row') writer.endRow();
		}
	});
}
