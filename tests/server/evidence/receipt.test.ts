import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMENT_CELL, measureRow } from '#lib/domain/declaration-cell.ts';
import { formatEuros } from '#lib/domain/money.ts';
import { fileNameOfReceipt, type Receipt } from '#lib/domain/receipt.ts';
import { buildSentText } from '#lib/domain/sent-text.ts';
import type { Context } from '#lib/server/context.ts';
import { attachFile } from '#lib/server/declarations/attach-file.ts';
import { detachFile } from '#lib/server/declarations/detach-file.ts';
import { saveCells } from '#lib/server/declarations/save-cells.ts';
import { openFileStore, type FileStore } from '#lib/server/evidence/file-store.ts';
import { toDrawn } from '#lib/server/exports/drawn-text.ts';
import { printReceipt } from '#lib/server/exports/print-receipt.ts';
import { readReceipt } from '#lib/server/reports/receipt.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';
import * as samples from './samples.ts';

let desk: Desk;
let folder: string;
let store: FileStore;
let envelope: DeclaredEnvelope;
let id: string;
let billId: string;

beforeAll(async () => {
	desk = await openDesk();
	folder = mkdtempSync(join(tmpdir(), 'tenu-receipts-'));
	store = openFileStore(folder);
	envelope = await desk.envelope({
		label: 'Parcours résidentiel',
		promised: '9 000 000,00',
		measures: ['Prêts', 'Dons'],
		counted: { Prêts: 'Prêts accordés' }
	});
	id = await envelope.type('2021-01-01', 'Prêts: 1 234 567,50 | Prêts nombre: 5823 | Dons: 0');
	const row = measureRow(envelope.ledger.measureId('Prêts'));
	billId = (await give('bilan.pdf', samples.pdf('bilan'), null)).id;
	await give('photo.png', samples.png(), row);
	await comment('', 'Premier envoi');
	await envelope.send('2021-01-01', 'Dons: 0');
	await desk.giveBack(id);
	await detachFile(desk.people.declarant, id, billId);
	await give('bilan-corrigé.pdf', samples.pdf('corrigé'), null);
	await comment('Premier envoi', 'Corrigé');
	await envelope.send('2021-01-01', 'Prêts: 1 000,00');
});
afterAll(async () => {
	await desk.close();
	rmSync(folder, { recursive: true, force: true });
});

const comment = (base: string, value: string) =>
	saveCells(desk.people.declarant, id, [{ key: COMMENT_CELL, base, value }]);

const give = (name: string, content: Buffer, rowKey: string | null) =>
	attachFile(desk.people.declarant, store, id, { name, rowKey, stream: Readable.from([content]) });

async function receiptOf(asked: number | null, context: Context = desk.people.declarant) {
	const receipt = await readReceipt(context, id, asked);
	if (!receipt) throw new Error('there is a receipt');
	return receipt;
}

const saidBy = ({
	comment,
	lines,
	files,
	totalCents,
	submission,
	submissions,
	sentBy
}: Receipt) => ({
	submission,
	submissions,
	sentBy,
	comment,
	lines: lines.map(({ label, amountCents, counts }) => [
		label,
		amountCents,
		...counts.map(({ label: counted, value }) => `${counted} ${value}`)
	]),
	totalCents,
	files: files.map(({ name, row, isRemoved }) => [name, row, isRemoved])
});

describe('a receipt', () => {
	it('says what was sent last', async () => {
		expect(saidBy(await receiptOf(null))).toEqual({
			submission: 2,
			submissions: 2,
			sentBy: 'Dominique Déclarante',
			comment: 'Corrigé',
			lines: [
				['Prêts', 100_000n, 'Prêts accordés 5\u202f823'],
				['Dons', 0n]
			],
			totalCents: 100_000n,
			files: [
				['photo.png', 'Prêts', false],
				['bilan-corrigé.pdf', null, false]
			]
		});
	});

	it('of an earlier time says what was sent then, with the files of then', async () => {
		expect(saidBy(await receiptOf(1))).toEqual({
			submission: 1,
			submissions: 2,
			sentBy: 'Dominique Déclarante',
			comment: 'Premier envoi',
			lines: [
				['Prêts', 123_456_750n, 'Prêts accordés 5\u202f823'],
				['Dons', 0n]
			],
			totalCents: 123_456_750n,
			files: [
				['bilan.pdf', null, true],
				['photo.png', 'Prêts', false]
			]
		});
	});

	it('bears the digest of exactly what it says, each time another', async () => {
		const [first, last] = [await receiptOf(1), await receiptOf(2)];
		expect(first.digest).not.toBe(last.digest);
		expect(await digestOfSent(last)).toBe(last.digest);
		expect(await digestOfSent(first)).toBe(first.digest);
		const changed = { ...last, files: last.files.slice(1) };
		expect(await digestOfSent(changed)).not.toBe(last.digest);
	});

	it('is for both sides and for administrators, and for nobody else', async () => {
		const { declarant, colleague, stranger, officer, insider, admin } = desk.people;
		for (const context of [declarant, colleague, officer, insider, admin]) {
			expect((await receiptOf(2, context)).number).toBeGreaterThan(0);
		}
		expect(await readReceipt(stranger, id, null)).toBeNull();
	});

	it('is not there for what was not sent, or not so many times', async () => {
		const draft = await envelope.type('2021-04-01', 'Prêts: 1,00');
		expect(await readReceipt(desk.people.declarant, draft, null)).toBeNull();
		for (const asked of [0, 3, 9999]) {
			expect(await readReceipt(desk.people.declarant, id, asked)).toBeNull();
		}
		expect(await readReceipt(desk.people.declarant, 'x', null)).toBeNull();
	});
});

describe('the same receipt as a PDF', () => {
	it('says the same number, amounts, counts, files and digests', async () => {
		const receipt = await receiptOf(1);
		const { text } = await readPdf(receipt);
		const plain = text.replaceAll(/\s+/g, ' ');
		for (const said of [
			`Récépissé de la déclaration nº ${receipt.number}`,
			'Dominique Déclarante',
			'Parcours résidentiel',
			'1er trimestre 2021',
			toDrawn(formatEuros(receipt.lines[0]?.amountCents ?? (0n as never))),
			'Prêts accordés : 5 823',
			'bilan.pdf',
			'Envoi 1 sur 2'
		]) {
			expect(plain).toContain(said.replaceAll(/\s+/g, ' '));
		}
		const joined = text.replaceAll(/\s+/g, '');
		for (const digest of [receipt.digest, ...receipt.files.map((file) => file.digest)]) {
			expect(joined).toContain(digest);
		}
		expect(text, 'not a demonstration').not.toContain('fictif');
	});

	it('is read out in its order: titles, tables, their headers', async () => {
		const { roles, info, language, marked } = await readPdf(await receiptOf(null));
		expect(roles[0]).toBe('Document');
		expect(roles.filter((role) => /^H\d$/.test(role))).toEqual(['H1', 'H2', 'H2', 'H2']);
		expect(roles.filter((role) => role === 'Table')).toHaveLength(3);
		expect(roles).toContain('TH');
		expect(roles).toContain('TD');
		expect(info).toMatch(/^Récépissé de la déclaration nº/);
		expect(language).toBe('fr-FR');
		expect(marked).toBe(true);
	});

	it('says that it is fiction, wherever it is', async () => {
		const receipt = { ...(await receiptOf(null)), fictitious: true };
		const { text, info } = await readPdf(receipt);
		expect(text).toContain('Données fictives');
		expect(text.match(/\(fictif\)/g)?.length, 'at the foot of each page').toBeGreaterThan(0);
		expect(info).toContain('(fictif)');
		expect(fileNameOfReceipt(receipt)).toBe(`recepisse-${receipt.number}-envoi-2-fictif.pdf`);
	});

	it('draws every letter, or a question mark, over as many pages as it takes', async () => {
		const receipt = await receiptOf(null);
		const [line] = receipt.lines;
		if (!line) throw new Error('there is a line');
		const lines = Array.from({ length: 120 }, (_, index) => ({
			...line,
			key: String(index),
			label: `Mesure ${index}`,
			comment: 'Łódź → 😀 « Noël », œuvre, 1\u202f234\u00a0€, n’est-ce pas\u00a0?\n'.repeat(4)
		}));
		const { text, pages } = await readPdf({ ...receipt, lines });
		expect(pages).toBeGreaterThan(5);
		expect(text).toContain('Mesure 119');
		expect(text).toMatch(/« Noël », œuvre, 1\s234\s€/);
		expect(text).not.toMatch(/[\u202f\ufffd\0]/);
		expect(text).toContain(`page ${pages} sur ${pages}`);
	});

	it('says so where nothing is declared and nothing joined', async () => {
		const receipt = { ...(await receiptOf(null)), lines: [], files: [], totalCents: null };
		const { text } = await readPdf(receipt);
		expect(text).toContain('Rien à déclarer pour cette période.');
		expect(text).toContain('Aucun justificatif n’a été joint.');
	});
});

type Node = { role?: string; children?: Node[] };

async function readPdf(receipt: Receipt) {
	const content = await buffer(printReceipt(receipt));
	const pdf = await getDocumentProxy(new Uint8Array(content));
	const { text } = await extractText(pdf, { mergePages: true });
	const tree = (await (await pdf.getPage(1)).getStructTree()) as Node | null;
	const { info } = (await pdf.getMetadata()) as { info: { Title?: string; Language?: string } };
	const mark = (await pdf.getMarkInfo()) as { Marked?: boolean } | null;
	return {
		text,
		pages: pdf.numPages,
		roles: rolesOf(tree).slice(1),
		info: info.Title ?? '',
		language: info.Language,
		marked: mark?.Marked
	};
}

const rolesOf = (node: Node | null): string[] =>
	node?.role === undefined ? [] : [node.role, ...(node.children ?? []).flatMap(rolesOf)];

/** What its lines and files give, said again as the application says it when it is sent. */
async function digestOfSent(receipt: Receipt): Promise<string> {
	const { rows } = await desk.owner.query<{ envelope_id: string; organisation_id: string }>(
		'select envelope_id, organisation_id from declarations where id = $1',
		[id]
	);
	const { rows: counts } = await desk.owner.query<{
		key: string;
		indicator: string;
		number: number;
	}>(
		`select l.row_key as key, c.indicator_id as indicator, c.number
		from declaration_counts c join declaration_lines l on l.id = c.line_id
		where l.declaration_id = $1 and l.submission = $2`,
		[id, receipt.submission]
	);
	const keyOf = (label: string | null) =>
		label === null ? null : measureRow(envelope.ledger.measureId(label));
	const text = buildSentText({
		number: receipt.number,
		submission: receipt.submission,
		envelopeId: rows[0]?.envelope_id ?? '',
		organisationId: rows[0]?.organisation_id ?? '',
		periodStartsOn: receipt.period.startsOn,
		periodEndsOn: receipt.period.endsOn,
		nothing: false,
		comment: receipt.comment,
		overrunReason: receipt.overrunReason,
		lines: receipt.lines.map((line) => ({
			rowKey: line.key,
			measureId: envelope.ledger.measureId(line.label),
			operationId: null,
			newOperation: null,
			amountCents: line.amountCents,
			comment: line.comment,
			corrects: line.corrects,
			counts: counts
				.filter(({ key }) => key === line.key)
				.map(({ indicator, number }) => ({
					indicatorId: indicator,
					product: null,
					stage: null,
					communeCode: null,
					number
				}))
		})),
		files: receipt.files.map(({ digest, name, row }) => ({ digest, name, rowKey: keyOf(row) }))
	});
	return createHash('sha256').update(text).digest('hex');
}
