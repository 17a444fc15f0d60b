import { strToU8, zipSync, type Zippable } from 'fflate';
import exceljs from 'exceljs';

/** Real little files, made here: what partners send, and what nobody should. */

export const pdf = (words = 'Justificatif'): Buffer =>
	Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Title (${words}) >>\nendobj\ntrailer << >>\n%%EOF\n`);

export const png = (): Buffer =>
	Buffer.from(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
		'base64'
	);

export const jpeg = (): Buffer =>
	Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.alloc(64)]);

export const webp = (): Buffer =>
	Buffer.concat([Buffer.from('RIFF\x24\0\0\0WEBPVP8 ', 'latin1'), Buffer.alloc(32)]);

export const heic = (): Buffer =>
	Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(32)]);

export async function xlsx(): Promise<Buffer> {
	const workbook = new exceljs.Workbook();
	workbook.addWorksheet('Versements').addRows([
		['Mesure', 'Montant'],
		['Prêts', 1234.5]
	]);
	return Buffer.from(await workbook.xlsx.writeBuffer());
}

const zip = (parts: Record<string, string>): Buffer =>
	Buffer.from(
		zipSync(
			Object.fromEntries(
				Object.entries(parts).map(([name, content]) => [name, strToU8(content)])
			) as Zippable
		)
	);

const types = (main: string): string =>
	`<Types><Override PartName="/main.xml" ContentType="${main}"/></Types>`;

export const docx = (): Buffer =>
	zip({
		'[Content_Types].xml': types(
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
		),
		'word/document.xml': '<w:document/>'
	});

export const ods = (extra: Record<string, string> = {}): Buffer =>
	zip({
		mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
		'content.xml': '<office:document-content/>',
		...extra
	});

/** A workbook with macros, whatever it is called. */
export const xlsm = (): Buffer =>
	zip({
		'[Content_Types].xml': types('application/vnd.ms-excel.sheet.macroEnabled.main+xml'),
		'xl/workbook.xml': '<workbook/>',
		'xl/vbaProject.bin': 'Attribute VB_Name'
	});

/** A workbook that says it has no macros, and has. */
export const hiddenMacros = (): Buffer =>
	zip({
		'[Content_Types].xml': types(
			'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'
		),
		'xl/workbook.xml': '<workbook/>',
		'xl/vbaProject.bin': 'Attribute VB_Name'
	});

export const plainZip = (): Buffer => zip({ 'facture.pdf': '%PDF-1.4' });

/** The flag of the first file says that a password is asked. */
export function lockedZip(): Buffer {
	const content = plainZip();
	content.writeUInt16LE(content.readUInt16LE(6) | 1, 6);
	const central = content.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
	content.writeUInt16LE(content.readUInt16LE(central + 8) | 1, central + 8);
	return content;
}

/** A part that says what the others are, and is a gigabyte of nothing once unpacked. */
export const bomb = (): Buffer =>
	zip({ '[Content_Types].xml': '<'.padEnd(40_000_000, ' '), 'xl/workbook.xml': '' });

export const exe = (): Buffer =>
	Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), Buffer.alloc(200)]);

export const oldOffice = (): Buffer =>
	Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);

export const csv = (): Buffer => Buffer.from('Mesure;Montant\nPrêts;1 234,50\n');

/** As Excel writes it on a French Windows. */
export const windowsCsv = (): Buffer =>
	Buffer.from('Mesure;Montant\r\nPr\xeats;1\xa0234,50\x80\r\n', 'latin1');
