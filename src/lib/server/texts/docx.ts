import { attributeOf, scanXml } from '#lib/server/spreadsheets/xml.ts';
import { checkParts, withDocument } from './document-archive.ts';
import { isDamaged } from './limits.ts';
import { indentOf, TextWriter } from './text-writer.ts';

/** The text of a Word document. Notes at the foot, comments and what was deleted in it are left out. */
export async function readDocx(path: string): Promise<string> {
	await withDocument(path, (archive) =>
		checkParts(archive, (name) => /\.(xml|rels)$/i.test(name) || name === 'mammoth/style-map')
	);
	const mammoth = await import('mammoth');
	const { value } = await mammoth
		.convertToHtml(
			{ path },
			{
				ignoreEmptyParagraphs: false,
				includeEmbeddedStyleMap: false,
				externalFileAccess: false,
				convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' }))
			}
		)
		.catch(() => {
			throw isDamaged();
		});
	return readHtml(value);
}

const BLOCK = /^(p|h[1-6]|dt|dd|pre)$/;

type List = { isOrdered: boolean; items: number };

/** What mammoth writes: a few elements, well nested. */
function readHtml(html: string): string {
	const writer = new TextWriter();
	const lists: List[] = [];
	/** Elements inside a note, or the mark of one: nothing of them is kept. */
	let skipped = 0;
	/** Items without a paragraph of their own hold their text themselves. */
	const open: { name: string; isParagraph: boolean }[] = [];
	const endItemText = (): void => {
		const item = open.findLast(({ name }) => name === 'li' || name === 'td' || name === 'th');
		if (!item?.isParagraph) return;
		item.isParagraph = false;
		writer.endParagraph();
	};
	scanXml(`<document>${html.replaceAll('\0', '\uFFFD')}</document>`, {
		open: (name, attributes) => {
			if (skipped > 0 || isNote(name, attributes)) {
				if (!isVoid(name)) skipped += 1;
				return;
			}
			if (isVoid(name)) return name === 'br' ? writer.write('\n') : undefined;
			if (name === 'ul' || name === 'ol') {
				endItemText();
				lists.push({ isOrdered: name === 'ol', items: 0 });
			}
			if (name === 'tr') writer.startRow();
			if (name === 'td' || name === 'th') writer.startCell();
			const isParagraph = BLOCK.test(name) || name === 'li';
			if (BLOCK.test(name) && open.at(-1)?.name === 'li') endItemText();
			if (isParagraph) writer.startParagraph(name === 'li' ? markOf(lists) : '');
			open.push({ name, isParagraph });
		},
		text: (text) => {
			if (skipped === 0) writer.write(text);
		},
		close: (name) => {
			if (isVoid(name)) return;
			if (skipped > 0) return void (skipped -= 1);
			const element = open.pop();
			if (element?.isParagraph) writer.endParagraph();
			if (name === 'ul' || name === 'ol') lists.pop();
			if (name === 'tr') writer.endRow();
		}
	});
	return writer.finish();
}

const isVoid = (name: string): boolean => name === 'br' || name === 'img' || name === 'hr';

/** The list of notes at the end, and the number of each in the text. */
const isNote = (name: string, attributes: string): boolean =>
	(name === 'li' && /^(foot|end)note-/.test(attributeOf(attributes, 'id') ?? '')) ||
	(name === 'a' && /^(foot|end)note-ref-/.test(attributeOf(attributes, 'id') ?? ''));

/** Word keeps how a list is numbered apart from it; what is known is whether it is, and the place. */
function markOf(lists: readonly List[]): string {
	const list = lists.at(-1);
	if (!list) return '';
	list.items += 1;
	return `${indentOf(lists.length)}${list.isOrdered ? `${list.items}.` : '-'} `;
}
