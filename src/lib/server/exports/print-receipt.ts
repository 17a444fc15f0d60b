import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';
import { formatInstant } from '#lib/domain/instant.ts';
import { formatEuros } from '#lib/domain/money.ts';
import { formatPeriod } from '#lib/domain/period.ts';
import {
	countsOfLine,
	describeFile,
	FICTITIOUS,
	KEEP_IT,
	notesOfLine,
	subjectOfReceipt,
	titleOfReceipt,
	type Receipt
} from '#lib/domain/receipt.ts';
import { toDrawn } from '#lib/server/exports/drawn-text.ts';

type Page = PDFKit.PDFDocument;
type Part = PDFKit.PDFStructureElement;

const fonts = createRequire(import.meta.url);
const TEXT = fonts.resolve('@fontsource/inter/files/inter-latin-400-normal.woff');
const STRONG = fonts.resolve('@fontsource/inter/files/inter-latin-600-normal.woff');

const MARGIN = 48;
const INK = '#1b2433';
const SOFT = '#5a6474';
const LINE = '#c9c4b8';

/** Its types do not know this one of its subsets yet. */
const ACCESSIBLE: object = { subset: 'PDF/UA', tagged: true };

/** A receipt as a tagged PDF (PDF/UA), that a screen reader reads as it stands: titles, then tables with their headers. */
export function printReceipt(receipt: Receipt): Readable {
	const title = titleOfReceipt(receipt) + (receipt.fictitious ? ' (fictif)' : '');
	const page = new PDFDocument({
		size: 'A4',
		margin: MARGIN,
		font: TEXT,
		lang: 'fr-FR',
		pdfVersion: '1.7',
		...ACCESSIBLE,
		displayTitle: true,
		bufferPages: true,
		info: {
			Title: toDrawn(title),
			Author: toDrawn(receipt.organisation),
			Subject: toDrawn(`${receipt.envelope}, ${formatPeriod(receipt.period)}`),
			Creator: 'tenu',
			CreationDate: receipt.sentAt
		}
	});
	page.registerFont('text', TEXT).registerFont('strong', STRONG);
	const root = page.struct('Document');
	page.addStructure(root);
	writeHead(page, root, receipt);
	writeLines(page, root, receipt);
	writeFiles(page, root, receipt);
	writeDigest(page, root, receipt);
	root.end();
	numberPages(page, receipt);
	page.end();
	return page as unknown as Readable;
}

function writeHead(page: Page, root: Part, receipt: Receipt): void {
	const { submission, submissions } = receipt;
	if (receipt.fictitious) paragraph(page, root, FICTITIOUS, { strong: true });
	heading(page, root, 'H1', titleOfReceipt(receipt));
	paragraph(page, root, subjectOfReceipt(receipt), { soft: true });
	const facts: [string, string | null][] = [
		['Organisme', receipt.organisation],
		['Transmise par', receipt.sentBy],
		['Transmise le', `${formatInstant(receipt.sentAt)}, heure de Paris`],
		['À', receipt.authority],
		['Programme', receipt.programme],
		['Enveloppe', receipt.envelope],
		['Période', formatPeriod(receipt.period)],
		['Envoi', submissions > 1 ? `${submission} sur ${submissions}` : null],
		['Motif du dépassement', receipt.overrunReason],
		['Commentaire', receipt.comment]
	];
	page.moveDown(0.5);
	table(page, root, {
		widths: [130, '*'],
		rows: facts.flatMap(([name, value]) =>
			value ? [[{ text: name, header: 'Row' as const }, { text: value }]] : []
		)
	});
}

function writeLines(page: Page, root: Part, { lines, totalCents }: Receipt): void {
	heading(page, root, 'H2', 'Ce qui est déclaré');
	if (lines.length === 0) return paragraph(page, root, 'Rien à déclarer pour cette période.');
	const rows: Cell[][] = lines.map((line) => [
		{ text: [line.label, ...notesOfLine(line)].join('\n'), header: 'Row' },
		{
			text: line.amountCents === null ? 'non renseigné' : formatEuros(line.amountCents),
			right: true
		},
		{ text: countsOfLine(line).join('\n') || 'aucun' }
	]);
	const total: Cell[] = [
		{ text: 'Total', header: 'Row', strong: true },
		{
			text: totalCents === null ? 'non renseigné' : formatEuros(totalCents),
			right: true,
			strong: true
		},
		{ text: '' }
	];
	table(page, root, {
		widths: ['*', 110, 170],
		head: ['Ligne', 'Montant', 'Nombres'],
		rows: [...rows, total]
	});
}

function writeFiles(page: Page, root: Part, { files }: Receipt): void {
	heading(page, root, 'H2', 'Justificatifs');
	if (files.length === 0) return paragraph(page, root, 'Aucun justificatif n’a été joint.');
	table(page, root, {
		widths: ['*', 110, 220],
		head: ['Fichier', 'Porte sur', 'Empreinte SHA-256'],
		rows: files.map((file) => [
			{ text: `${file.name}\n${describeFile(file)}`, header: 'Row' },
			{ text: file.row ?? 'l’ensemble' },
			{ text: inTwo(file.digest) }
		])
	});
}

function writeDigest(page: Page, root: Part, { digest }: Receipt): void {
	heading(page, root, 'H2', 'Empreinte de ce qui a été transmis (SHA-256)');
	paragraph(page, root, inTwo(digest), { strong: true });
	paragraph(page, root, KEEP_IT);
}

/** A digest on two lines of its own, since it has no place to break. */
const inTwo = (digest: string): string => `${digest.slice(0, 32)}\n${digest.slice(32)}`;

function heading(page: Page, root: Part, level: 'H1' | 'H2', text: string): void {
	const isMain = level === 'H1';
	if (!isMain) page.moveDown(1.2);
	// A title does not stand alone at the foot of a page.
	if (page.y > page.page.height - MARGIN - 90) page.addPage();
	page.x = MARGIN;
	page
		.font('strong')
		.fontSize(isMain ? 20 : 13)
		.fillColor(INK);
	root.add(page.struct(level, {}, () => void page.text(toDrawn(text))));
	page.moveDown(isMain ? 0.2 : 0.4);
}

function paragraph(
	page: Page,
	root: Part,
	text: string,
	{ strong = false, soft = false } = {}
): void {
	page.x = MARGIN;
	page.font(strong ? 'strong' : 'text').fontSize(10);
	page.fillColor(soft ? SOFT : INK);
	root.add(page.struct('P', {}, () => void page.text(toDrawn(text), { lineGap: 2 })));
	page.moveDown(0.4);
}

type Cell = { text: string; header?: 'Row' | 'Column'; right?: boolean; strong?: boolean };

function table(
	page: Page,
	root: Part,
	{ widths, head, rows }: { widths: (number | '*')[]; head?: string[]; rows: Cell[][] }
): void {
	const headers = (head ?? []).map((text, index): Cell => ({
		text,
		header: 'Column',
		strong: true,
		right: text === 'Montant' && index > 0
	}));
	page.x = MARGIN;
	page.font('text').fontSize(9).fillColor(INK);
	page.table({
		structParent: root,
		columnStyles: widths,
		defaultStyle: { border: [0, 0, 0.5, 0], borderColor: LINE, padding: [4, 8, 4, 0] },
		data: [...(head ? [headers] : []), ...rows].map((cells) => cells.map(toCell))
	} as unknown as PDFKit.Mixins.TableOptions);
}

const toCell = ({ text, header, right, strong }: Cell) => ({
	text: toDrawn(text),
	type: header ? 'TH' : 'TD',
	...(header ? { scope: header } : {}),
	...(strong ? { font: { src: STRONG, size: 9 } } : {}),
	align: { x: right ? 'right' : 'left', y: 'top' },
	padding: [4, right ? 20 : 8, 4, 0],
	textColor: INK,
	textOptions: { features: ['tnum'] }
});

/** At the foot of each page, aside from what is read out: which receipt it is, and which page. */
function numberPages(page: Page, receipt: Receipt): void {
	const { start, count } = page.bufferedPageRange();
	for (let index = 0; index < count; index++) {
		page.switchToPage(start + index);
		page.page.margins.bottom = 0; // Below the margin, where text would else begin a page.
		page.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
		page.font('text').fontSize(8).fillColor(SOFT);
		const kind = receipt.fictitious ? ' (fictif)' : '';
		const foot = `tenu · ${titleOfReceipt(receipt)}${kind} · page ${index + 1} sur ${count}`;
		page.text(toDrawn(foot), MARGIN, page.page.height - 32, { lineBreak: false });
		page.endMarkedContent();
	}
}
