import { describe, expect, it } from 'vitest';
import { cleanFileName, formatBytes, tooLarge } from '#lib/domain/evidence.ts';

describe('the name of a file is kept as it was given', () => {
	it.each([
		['facture.pdf', 'facture.pdf'],
		['Été 2022 – n° 4 (copie).pdf', 'Été 2022 – n° 4 (copie).pdf'],
		['e\u0301te\u0301.pdf', 'été.pdf'],
		['<script>alert(1)</script>.pdf', 'script>.pdf'],
		['"; drop table.pdf', '"; drop table.pdf']
	])('%s', (given, kept) => expect(cleanFileName(given)).toBe(kept));
});

describe('without folders, and without what cannot be seen', () => {
	it.each([
		['../../etc/passwd', 'passwd'],
		['C:\\Users\\moi\\facture.pdf', 'facture.pdf'],
		['facture\u202Efdp.exe', 'facturefdp.exe'],
		['a\u0000b\r\nc\u0007.pdf', 'abc.pdf'],
		['zero\u200Bwidth\uFEFF.pdf', 'zerowidth.pdf'],
		['  trop   d’espaces\u00a0 .pdf', 'trop d’espaces .pdf'],
		['half \ud800 surrogate.pdf', 'half surrogate.pdf'],
		['', 'sans nom'],
		['..', 'sans nom'],
		['dossier/', 'sans nom']
	])('%j', (given, kept) => expect(cleanFileName(given)).toBe(kept));

	it('cut at 200 characters, before its ending', () => {
		const kept = cleanFileName(`${'é'.repeat(300)}.pdf`);
		expect(kept).toBe(`${'é'.repeat(196)}.pdf`);
		expect(cleanFileName('😀'.repeat(150)).length).toBeLessThanOrEqual(200);
	});
});

describe('a size in words', () => {
	it.each([
		[1, '1 octet'],
		[340, '340 octets'],
		[1024, '1 Ko'],
		[1_572_864, '1,5 Mo'],
		[20_971_520, '20 Mo'],
		[20_971_521, '20 Mo']
	])('%d bytes', (bytes, words) => expect(formatBytes(bytes)).toBe(words.replace(' ', '\u00a0')));

	it('says both sizes where a file is too large, also by one byte', () => {
		expect(tooLarge(31_457_280, 20_971_520).message).toContain(
			'fait 30\u00a0Mo, et un fichier fait 20\u00a0Mo au plus'
		);
		expect(tooLarge(20_971_521, 20_971_520).message).toContain('un peu plus de 20\u00a0Mo');
	});
});
