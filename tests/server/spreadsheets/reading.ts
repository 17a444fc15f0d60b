import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync, strToU8 } from 'fflate';
import type { DeclarationShape } from '#lib/domain/declaration.ts';
import { readInThread } from '#lib/server/spreadsheets/read-in-thread.ts';
import type { SpreadsheetKind } from '#lib/server/spreadsheets/source.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenu-spreadsheets-'));
export const removeFolder = () => rmSync(folder, { recursive: true, force: true });

export type ReadLine = {
	n: number;
	k: string | null;
	a: string | null;
	s: string | null;
	p: { column: string; message: string }[] | null;
};

let turn = 0;

/** Reads a file in its thread: the lines as they are written down, or the sentence of the refusal. */
export async function read(
	content: Uint8Array | string,
	kind: SpreadsheetKind,
	shape: DeclarationShape
): Promise<{ lines: ReadLine[]; readable: boolean } | { refused: string }> {
	const path = join(folder, `${++turn}.${kind}`);
	writeFileSync(path, content);
	const lines: ReadLine[] = [];
	let readable = false;
	try {
		const order = { path, kind, shape, cells: [], remembered: {} };
		for await (const answer of readInThread(order)) {
			if (answer.kind === 'table') readable = answer.table.isReadable;
			else lines.push(...(JSON.parse(Buffer.from(answer.lines).toString('utf8')) as ReadLine[]));
		}
	} catch (error) {
		return { refused: plain((error as Error).message) };
	} finally {
		rmSync(path);
	}
	return { lines, readable };
}

export const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ');

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of the smallest workbook there is, around the data of its sheet. */
export function parts(sheetData: string, shared?: string): Record<string, string> {
	return {
		'_rels/.rels': `${XML}<Relationships><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Feuil1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `${XML}<Relationships><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>${shared === undefined ? '' : `<Relationship Id="rId2" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>`}</Relationships>`,
		'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData></worksheet>`,
		...(shared === undefined
			? {}
			: { 'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}">${shared}</sst>` })
	};
}

export const zip = (files: Record<string, string>): Uint8Array =>
	zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

/** A line of cells of text, and numbers where they are. */
export const row = (number: number, ...cells: (string | number)[]): string =>
	`<row r="${number}">${cells
		.map((cell) =>
			typeof cell === 'number'
				? `<c><v>${cell}</v></c>`
				: `<c t="inlineStr"><is><t>${cell}</t></is></c>`
		)
		.join('')}</row>`;
