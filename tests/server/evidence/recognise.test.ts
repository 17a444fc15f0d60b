import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LARGEST_EVIDENCE_BYTES } from '#lib/domain/evidence.ts';
import { recogniseEvidence } from '#lib/server/evidence/recognise.ts';
import * as samples from './samples.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'tenu-kinds-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function recognise(name: string, content: Buffer): Promise<string> {
	const path = join(folder, 'received');
	writeFileSync(path, content);
	const digest = createHash('sha256').update(content).digest('hex');
	const head = content.subarray(0, 4100);
	return recogniseEvidence({ path, head, digest, sizeBytes: content.length }, name);
}

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DOCUMENT = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const OPEN_SHEET = 'application/vnd.oasis.opendocument.spreadsheet';

describe('what is taken, by its content', () => {
	it.each<[string, () => Buffer | Promise<Buffer>, string]>([
		['facture.pdf', samples.pdf, 'application/pdf'],
		['FACTURE.PDF', samples.pdf, 'application/pdf'],
		['scan', samples.pdf, 'application/pdf'],
		['photo.png', samples.png, 'image/png'],
		['photo.jpg', samples.jpeg, 'image/jpeg'],
		['photo.jpeg', samples.jpeg, 'image/jpeg'],
		['photo.webp', samples.webp, 'image/webp'],
		['IMG_0042.HEIC', samples.heic, 'image/heic'],
		['versements.xlsx', samples.xlsx, SHEET],
		['attestation.docx', samples.docx, DOCUMENT],
		['versements.ods', () => samples.ods(), OPEN_SHEET],
		['versements.csv', samples.csv, 'text/csv'],
		['versements.csv', samples.windowsCsv, 'text/csv'],
		['versements.csv', () => Buffer.from('\uFEFFa;b\n1;2\n'), 'text/csv'],
		['sigles.csv', () => Buffer.from('BM;PRES;GTC\n1;2;3\n'), 'text/csv'],
		['sigles.csv', () => Buffer.from('MZ;1\n'), 'text/csv'],
		['coupe.csv', () => Buffer.from(`${'x'.repeat(65_535)}é;1\n`), 'text/csv']
	])('%s', async (name, content, kind) => {
		expect(await recognise(name, await content())).toBe(kind);
	});
});

describe('what is refused, with what to do', () => {
	it.each<[string, () => Buffer, RegExp]>([
		['facture.pdf', samples.exe, /est un programme, quel que soit son nom/],
		['facture.pdf', () => Buffer.from('#!/bin/sh\nrm -rf /\n'), /est du texte/],
		['facture.csv', () => Buffer.from('<html><script>1</script>'), /page web/],
		['facture.csv', () => Buffer.from('\uFEFF \n<svg onload="1"/>'), /image SVG/],
		['facture.pdf', () => Buffer.from('<?xml version="1.0"?><svg/>'), /fichier XML/],
		['facture.pdf', () => Buffer.from('Ceci n’est pas un PDF'), /est du texte/],
		['facture.exe', samples.pdf, /ne finit pas par \.pdf/],
		['facture.hta', samples.png, /ne finit pas par \.png/],
		['facture.pdf', samples.png, /ne finit pas par \.png.*Renommez-le/],
		['lancer.bat', samples.csv, /est du texte/],
		['table', samples.csv, /dont le nom finit par \.csv/],
		['vide.pdf', () => Buffer.alloc(0), /est vide/],
		['zeros.csv', () => Buffer.from('a;b\n1;\0\n'), /n’est ni un PDF/],
		['utf16.csv', () => Buffer.from('a;b\n', 'utf16le'), /n’est ni un PDF/],
		['casse.csv', () => Buffer.from('a;\xe9\x81\n', 'latin1'), /n’est ni un PDF/],
		['pieces.zip', samples.plainZip, /Une archive n’est pas prise/],
		['pieces.xlsx', samples.plainZip, /Une archive n’est pas prise/],
		['secret.xlsx', samples.lockedZip, /protégé par un mot de passe/],
		['secret.xlsx', samples.oldOffice, /ancien format de Microsoft Office, ou protégé/],
		['versements.xlsm', samples.xlsm, /contient des macros/],
		['versements.xlsx', samples.xlsm, /contient des macros/],
		['versements.xlsx', samples.hiddenMacros, /contient des macros/],
		['macros.ods', () => samples.ods({ 'Basic/Standard/Module1.xml': '<x/>' }), /des macros/],
		[
			'secret.ods',
			() => samples.ods({ 'META-INF/manifest.xml': '<manifest:encryption-data/>' }),
			/protégé par un mot de passe/
		],
		['bombe.xlsx', samples.bomb, /est abîmé/],
		['coupe.xlsx', () => samples.docx().subarray(0, 120), /est abîmé/],
		['film.pdf', () => Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), /ni un PDF/]
	])('%s', async (name, content, message) => {
		await expect(recognise(name, content())).rejects.toThrow(message);
	});

	it('any file of noise, and never with anything but a sentence', async () => {
		for (let seed = 1; seed <= 200; seed++) {
			const noise = Buffer.from(
				Array.from({ length: 400 }, (_, index) => (seed * 7919 + index * index * 31) % 256)
			);
			const begins = [samples.pdf, samples.docx, samples.ods, samples.jpeg][seed % 4]?.() ?? noise;
			const damaged = Buffer.concat([begins.subarray(0, seed % 90), noise]);
			await recognise('bruit.bin', damaged).catch((error: unknown) => {
				expect(error).toMatchObject({ name: 'Refusal', message: expect.stringMatching(/\.$/) });
			});
		}
	});
});

it('counts 20 Mo as the database does', () => {
	expect(LARGEST_EVIDENCE_BYTES).toBe(20_971_520);
});
