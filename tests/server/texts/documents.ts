import { strToU8, zipSync } from 'fflate';
import pdfkit from 'pdfkit';

/** Documents as word processors write them, made here. */

const zip = (parts: Record<string, string>, level: 0 | 9 = 9): Buffer =>
	Buffer.from(
		zipSync(
			Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
			{ level }
		)
	);

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** A Word document around the content of its body; `numbering` has a list of dashes (1) and one of figures (2). */
export function docx(body: string, extra: Record<string, string> = {}): Buffer {
	const level = (depth: number, format: string): string =>
		`<w:lvl w:ilvl="${depth}"><w:numFmt w:val="${format}"/></w:lvl>`;
	const list = (id: number, format: string): string =>
		`<w:abstractNum w:abstractNumId="${id}">${level(0, format)}${level(1, format)}</w:abstractNum>`;
	return zip({
		'[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		'_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>`,
		'word/_rels/document.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/numbering" Target="numbering.xml"/><Relationship Id="rId2" Type="${RELATIONS}/footnotes" Target="footnotes.xml"/></Relationships>`,
		'word/numbering.xml': `${XML}<w:numbering xmlns:w="${WORD}">${list(1, 'bullet')}${list(2, 'decimal')}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>`,
		'word/footnotes.xml': `${XML}<w:footnotes xmlns:w="${WORD}"><w:footnote w:id="2"><w:p><w:r><w:t>Une note de bas de page.</w:t></w:r></w:p></w:footnote></w:footnotes>`,
		'word/document.xml': `${XML}<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
		...extra
	});
}

const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;

/** A paragraph of Word; its runs are cut anywhere, as Word cuts them. */
export const paragraph = (...runs: string[]): string => `<w:p>${runs.map(run).join('')}</w:p>`;

export const item = (list: 1 | 2, depth: number, text: string): string =>
	`<w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${list}"/></w:numPr></w:pPr>${run(text)}</w:p>`;

export const tableOf = (rows: readonly (readonly string[])[]): string =>
	`<w:tbl>${rows
		.map(
			(cells) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`
		)
		.join('')}</w:tbl>`;

const OPEN = 'urn:oasis:names:tc:opendocument:xmlns';

/** An OpenDocument text around its text, with a style of list of dashes (L1) and one of figures (L2). */
export function odt(text: string, extra: Record<string, string> = {}): Buffer {
	const spaces = ['office', 'text', 'table', 'style', 'drawing']
		.map((name) => `xmlns:${name === 'drawing' ? 'draw' : name}="${OPEN}:${name}:1.0"`)
		.join(' ');
	const content = `${XML}<office:document-content ${spaces}><office:automatic-styles><text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/><text:list-level-style-bullet text:level="2" text:bullet-char="•"/></text:list-style><text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="°"/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style></office:automatic-styles><office:body><office:text>${text}</office:text></office:body></office:document-content>`;
	return zip({
		mimetype: 'application/vnd.oasis.opendocument.text',
		'META-INF/manifest.xml': `${XML}<manifest:manifest xmlns:manifest="${OPEN}:manifest:1.0"/>`,
		'content.xml': content,
		...extra
	});
}

/** A PDF; each page draws itself. */
export async function pdf(
	pages: readonly ((page: PDFKit.PDFDocument) => void)[],
	options: PDFKit.PDFDocumentOptions = {}
): Promise<Buffer> {
	const document = new pdfkit({ size: 'A4', margin: 50, autoFirstPage: false, ...options });
	const pieces: Buffer[] = [];
	document.on('data', (piece: Buffer) => pieces.push(piece));
	const isWritten = new Promise<void>((done) => document.on('end', () => done()));
	for (const draw of pages) {
		document.addPage();
		document.fontSize(11);
		draw(document);
	}
	document.end();
	await isWritten;
	return Buffer.concat(pieces);
}
