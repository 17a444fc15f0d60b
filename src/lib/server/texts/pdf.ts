import { readFile } from 'node:fs/promises';
import type { PDFDocumentProxy, PDFPageProxy } from 'unpdf/pdfjs';
import { MOST_LETTERS } from '#lib/domain/act/given-text.ts';
import {
	hasTooManyPages,
	isDamaged,
	isLocked,
	isScanned,
	isTooMuch,
	isUnreadable,
	MOST_PAGES
} from './limits.ts';
import { joinPages } from './pdf-pages.ts';
import { buildPage, type PdfPiece } from './pdf-lines.ts';

/** The text of a PDF, and the pages that have none, from 1: they may be scanned. */
export type PdfText = { text: string; blankPages: number[] };

/** The text of a PDF, its lines rebuilt from where each piece stands. */
export async function readPdf(path: string): Promise<PdfText> {
	const pdf = await open(path);
	if (pdf.numPages > MOST_PAGES) throw hasTooManyPages(pdf.numPages);
	const pages: string[][] = [];
	let letters = 0;
	for (let number = 1; number <= pdf.numPages; number += 1) {
		const lines = await readPage(pdf, number);
		letters += lines.reduce((sum, line) => sum + line.length, 0);
		if (letters > MOST_LETTERS) throw isTooMuch();
		pages.push(lines);
	}
	const blankPages = pages.flatMap((lines, index) => (lines.length === 0 ? [index + 1] : []));
	if (blankPages.length === pages.length) throw isScanned();
	const text = joinPages(pages);
	if (isGibberish(text)) throw isUnreadable();
	return { text, blankPages };
}

async function open(path: string): Promise<PDFDocumentProxy> {
	const { getDocumentProxy } = await import('unpdf');
	const { buffer, byteOffset, length } = await readFile(path);
	try {
		return await getDocumentProxy(new Uint8Array(buffer, byteOffset, length), {
			verbosity: 0,
			useWorkerFetch: false,
			useWasm: false,
			useSystemFonts: false,
			disableFontFace: true,
			stopAtErrors: false,
			enableXfa: false,
			isOffscreenCanvasSupported: false,
			isImageDecoderSupported: false,
			maxImageSize: 0
		});
	} catch (error) {
		if (error instanceof Error && error.name === 'PasswordException') throw isLocked();
		throw isDamaged();
	}
}

async function readPage(pdf: PDFDocumentProxy, number: number): Promise<string[]> {
	let page: PDFPageProxy;
	try {
		page = await pdf.getPage(number);
	} catch {
		throw isDamaged();
	}
	const { items } = await page.getTextContent().catch(() => {
		throw isDamaged();
	});
	const pieces = items.flatMap((item): PdfPiece[] => ('str' in item ? pieceOf(item) : []));
	const lines = buildPage(pieces);
	page.cleanup();
	return lines;
}

type TextItem = { str: string; transform: number[]; width: number; height: number };

/** Where a piece stands; one that is written upwards or askew, as a stamp at the edge, stands apart and is left. */
function pieceOf({ str, transform, width }: TextItem): PdfPiece[] {
	const [a = 0, b = 0, , d = 0, x = 0, y = 0] = transform;
	const size = Math.hypot(a, b) || Math.abs(d);
	const isLevel = Math.abs(b) <= Math.abs(a) * 0.05 && a > 0;
	const isReal = [x, y, width, size].every(
		(value) => Number.isFinite(value) && Math.abs(value) < 1e6
	);
	if (!isLevel || !isReal || size <= 0 || str === '') return [];
	return [{ text: str, left: x, right: x + width, baseline: y, size }];
}

/** A font that does not say which letters it shows gives signs of its own, or lost ones. */
function isGibberish(text: string): boolean {
	const letters = text.replace(/\s/g, '');
	const strange = letters.match(/[\p{Co}\p{Cc}\p{Cn}\uFFFD]/gu)?.length ?? 0;
	return strange * 5 > letters.length;
}
