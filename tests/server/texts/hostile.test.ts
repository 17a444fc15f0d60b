import { deflateSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { docx, odt, paragraph, pdf } from './documents.ts';
import { removeFolder, textOf } from './reading.ts';

afterAll(removeFolder);

const MEGABYTE = 1024 * 1024;
const word = (document: string) => docx('', { 'word/document.xml': document });
const zip = (parts: Record<string, Uint8Array>) => zipSync(parts, { level: 9 });
const zeroes = (megabytes: number) => new Uint8Array(megabytes * MEGABYTE);

/** A PDF of one page around a stream that is packed: what it unpacks to is what the page draws. */
function pdfOf(content: Uint8Array, pages = '/Count 1 /Kids [3 0 R]'): Buffer {
	const packed = deflateSync(content, { level: 9 });
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		`<< /Type /Pages ${pages} >>`,
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
		`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed.toString('latin1')}\nendstream`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
	];
	let text = '%PDF-1.7\n';
	const places = objects.map((object, index) => {
		const place = text.length;
		text += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return `${String(place).padStart(10, '0')} 00000 n \n`;
	});
	const start = text.length;
	text += `xref\n0 6\n0000000000 65535 f \n${places.join('')}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`;
	return Buffer.from(text, 'latin1');
}

const LAUGHS = `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(50)}"><!ENTITY c "${'&b;'.repeat(50)}">]>`;
const TEXT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">';

describe('what is no act is refused in a sentence, and harms nobody', () => {
	const CASES: [string, () => Uint8Array | Promise<Uint8Array>, RegExp][] = [
		['nothing', () => Buffer.alloc(0), /vide/],
		['a program', () => Buffer.from('MZ\x90\0\x03\0\0\0\x04\0', 'latin1'), /ni du texte/],
		[
			'bytes of any kind',
			() => Buffer.from([...Array(4000).keys()].map((n) => (n * 37) % 256)),
			/texte/
		],
		[
			'a picture',
			() => Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64'),
			/image/
		],
		[
			'a page of the web',
			() => Buffer.from('<!doctype html><script>alert(1)</script>'),
			/page web/
		],
		['a text with its own marks', () => Buffer.from('{\\rtf1\\ansi Un acte}'), /RTF/],
		['an archive', () => zip({ 'acte.txt': strToU8('Un acte') }), /archive/],
		['an archive in an archive', () => zip({ 'acte.docx': docx(paragraph('Un acte')) }), /archive/],
		['a document with a program', () => docx('', { 'word/vbaProject.bin': 'x' }), /macros/],
		['a document cut in two', () => docx(paragraph('a')).subarray(0, 500), /abîmé/],
		['a document without its text', () => word('<w:document/>'), /abîmé|pas de texte/],
		['a document that does not nest', () => word(`${TEXT}<w:body><w:p>`), /abîmé/],
		[
			'entities of its own',
			() => word(`${LAUGHS}${TEXT}<w:body>&c;</w:body></w:document>`),
			/abîmé|pas de texte/
		],
		[
			'entities in an OpenDocument text',
			() => odt('', { 'content.xml': `${LAUGHS}<a>&c;</a>` }),
			/abîmé/
		],
		[
			'a document that unpacks to 40 MB',
			() => docx('', { 'word/document.xml': ' '.repeat(40 * MEGABYTE) }),
			/mémoire/
		],
		[
			'an OpenDocument text that unpacks to 40 MB',
			() => odt('', { 'content.xml': ' '.repeat(40 * MEGABYTE) }),
			/mémoire/
		],
		[
			'a document nested a hundred thousand deep',
			() =>
				word(`${TEXT}<w:body>${'<w:p>'.repeat(1e5)}${'</w:p>'.repeat(1e5)}</w:body></w:document>`),
			/abîmé|mémoire|pas de texte/
		],
		[
			'a PDF cut in two',
			async () => (await pdf([(page) => page.text('Un acte')])).subarray(0, 300),
			/abîmé|image/
		],
		[
			'a PDF that is locked',
			() => pdf([(page) => page.text('Un acte')], { userPassword: 'secret' }),
			/mot de passe/
		],
		[
			'a PDF of pictures',
			() => pdf([(page) => page.rect(10, 10, 50, 50).fill('black')]),
			/reconnaissance de caractères/
		],
		['a PDF that unpacks to 400 MB', () => pdfOf(zeroes(400)), /mémoire/],
		[
			'a PDF of a million pages',
			() => pdfOf(strToU8('BT ET'), `/Count 1000000 /Kids [${'3 0 R '.repeat(2000)}]`),
			/pages|abîmé/
		],
		[
			'a PDF whose pages hold themselves',
			() => pdfOf(strToU8('BT ET'), '/Count 2 /Kids [2 0 R 2 0 R]'),
			/abîmé|image/
		],
		[
			'a PDF nested without end',
			() => Buffer.from(`%PDF-1.7\n1 0 obj\n${'['.repeat(2e6)}`),
			/abîmé|mémoire/
		]
	];

	it.each(CASES)('%s', async (_, make, expected) => {
		const before = process.memoryUsage().rss;
		const told = await textOf(await make());
		expect(told).toMatch(/^REFUS : [A-ZÉ]/);
		expect(told).toMatch(expected);
		expect(process.memoryUsage().rss - before).toBeLessThan(900 * MEGABYTE);
	});
});

describe('what only looks hostile is read as the text that it is', () => {
	it('a script', async () => {
		expect(await textOf(Buffer.from('Vu <script>alert(1)</script>'))).toContain('<script>');
	});

	it('names in an archive that lead elsewhere: nothing is written under them', async () => {
		const body = paragraph('Le conseil décide');
		const file = docx(body, { 'word/embeddings/x..xml': 'x' });
		expect(await textOf(file)).toBe('Le conseil décide');
		expect(await textOf(docx(body, { '../../outside.xml': 'x' }))).toMatch(/^REFUS : .*abîmé/);
	});

	it('a PDF that draws the same words ten thousand times on a page', async () => {
		const content = `BT /F 10 Tf 50 700 Td ${'(acte) Tj '.repeat(10_000)} ET`;
		expect(await textOf(pdfOf(strToU8(content)))).toMatch(/acte/);
	});
});
