import { afterAll, describe, expect, it } from 'vitest';
import { docx, item, odt, paragraph, pdf, tableOf } from './documents.ts';
import { read, removeFolder, textOf } from './reading.ts';

afterAll(removeFolder);

describe('a Word document', () => {
	it('gives its paragraphs whole, however Word cut them', async () => {
		const body =
			paragraph('Séance du 17 ', 'décem', 'bre 2020') + paragraph() + paragraph('DÉCIDE');
		expect(await textOf(docx(body))).toBe('Séance du 17 décembre 2020\n\nDÉCIDE');
	});

	it('gives lists with their marks, as deep as they stand', async () => {
		const body =
			paragraph('décide') +
			item(1, 0, 'd’approuver la convention') +
			item(1, 1, 'et son annexe') +
			item(1, 0, 'd’autoriser le Président') +
			item(2, 0, 'un') +
			item(2, 0, 'deux') +
			paragraph('Fait à Dijon');
		expect((await textOf(docx(body))).split('\n')).toEqual([
			'décide',
			'- d’approuver la convention',
			'  - et son annexe',
			'- d’autoriser le Président',
			'1. un',
			'2. deux',
			'Fait à Dijon'
		]);
	});

	it('gives a table row by row, with tabs between its cells', async () => {
		const rows = [
			['Produit', 'Nombre', 'Montant'],
			['PLAI', '', '30 M€']
		];
		const body = paragraph('Les aides') + tableOf(rows) + paragraph('Fin');
		expect(await textOf(docx(body))).toBe(
			'Les aides\nProduit\tNombre\tMontant\nPLAI\t\t30 M€\nFin'
		);
	});

	it('leaves out notes at the foot and what was deleted, and keeps what was inserted, tabs and line ends', async () => {
		const body = `<w:p><w:r><w:t>Montant</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:tab/><w:t>15 000 €</w:t></w:r><w:del><w:r><w:delText>16 000 €</w:delText></w:r></w:del><w:ins><w:r><w:t> par an</w:t></w:r></w:ins><w:r><w:br/><w:t>net</w:t></w:r></w:p>`;
		expect(await textOf(docx(body))).toBe('Montant\t15 000 € par an\nnet');
	});

	it('shows a script as the text that it is', async () => {
		const body = paragraph('&lt;script&gt;alert(1)&lt;/script&gt; &amp; la suite');
		expect(await textOf(docx(body))).toBe('<script>alert(1)</script> & la suite');
	});
});

describe('an OpenDocument text', () => {
	it('gives paragraphs, spaces, tabs and line ends as they were typed', async () => {
		const text =
			'<text:h>SÉANCE</text:h>\n   <text:p>Il est\n promis <text:span>15<text:s text:c="2"/>000</text:span> €<text:tab/>net<text:line-break/>par an</text:p><text:p/><text:p>Fin</text:p>';
		expect(await textOf(odt(text))).toBe('SÉANCE\nIl est promis 15  000 €\tnet\npar an\n\nFin');
	});

	it('gives lists with the marks that they have, as deep as they stand', async () => {
		const inner =
			'<text:list><text:list-item><text:p>de la convention</text:p></text:list-item></text:list>';
		const list = (style: string) =>
			`<text:list text:style-name="${style}"><text:list-item><text:p>approuve</text:p>${inner}</text:list-item><text:list-item><text:p>autorise</text:p></text:list-item></text:list>`;
		expect((await textOf(odt(list('L1') + list('L2')))).split('\n')).toEqual([
			'– approuve',
			'  • de la convention',
			'– autorise',
			'1° approuve',
			'  a) de la convention',
			'2° autorise'
		]);
	});

	it('gives a table row by row, and leaves out notes, comments and what was deleted', async () => {
		const cell = (text: string) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;
		const table = `<table:table><table:table-row>${cell('Année')}${cell('Montant')}</table:table-row><table:table-row>${cell('2021')}${cell('236 000 €')}</table:table-row></table:table>`;
		const deleted =
			'<text:tracked-changes><text:changed-region><text:deletion><text:p>Supprimé</text:p></text:deletion></text:changed-region></text:tracked-changes>';
		const note =
			'<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Une note</text:p></text:note-body></text:note>';
		const body = `${deleted}<text:p>Il est versé${note} :</text:p>${table}`;
		expect(await textOf(odt(body))).toBe('Il est versé :\nAnnée\tMontant\n2021\t236 000 €');
	});
});

describe('a text file', () => {
	const text = 'Séance du 1er février\n« 15 000 € » d’aides';
	it.each([
		['UTF-8', Buffer.from(text)],
		['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`)],
		['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
		['UTF-16, the other way', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
		['Windows line ends', Buffer.from(text.replaceAll('\n', '\r\n'))]
	])('is read in %s', async (_, bytes) => {
		expect(await textOf(bytes)).toBe(text);
	});

	it('is read in the writing of old Windows', async () => {
		const bytes = Buffer.from('S\xe9ance : 15 000 \x80 d\x92aides', 'latin1');
		expect(await textOf(bytes)).toBe('Séance : 15 000 € d’aides');
	});
});

describe('a PDF', () => {
	it('gives its lines as they stand, an empty one between paragraphs', async () => {
		const file = await pdf([
			(page) =>
				page
					.text('CONSEIL MÉTROPOLITAIN', 50, 60)
					.text('Le conseil approuve la convention', 50, 110)
					.text('et verse 15 000 € à l’association.', 50, 124)
					.text('Fait à Dijon.', 50, 170)
		]);
		expect(await textOf(file)).toBe(
			'CONSEIL MÉTROPOLITAIN\n\nLe conseil approuve la convention\net verse 15 000 € à l’association.\n\nFait à Dijon.'
		);
	});

	it('puts what stands on one height on one line: words apart, cells by a tab, a raised letter where it is', async () => {
		const file = await pdf([
			(page) => {
				page.text('Le 1', 50, 60, { lineBreak: false });
				page.fontSize(7).text('er', 71.6, 59, { lineBreak: false });
				page.fontSize(11).text('février', 82, 60, { lineBreak: false });
				page.text('PLAI', 50, 80, { lineBreak: false }).text('30 M€', 250, 80);
			}
		]);
		expect(await textOf(file)).toBe('Le 1er février\nPLAI\t30 M€');
	});

	it('never joins the number of a note to the figure before it', async () => {
		const file = await pdf([
			(page) => {
				page.text('POUR : 83', 50, 60, { lineBreak: false });
				page.fontSize(7).text('48', 101, 58, { lineBreak: false });
				page.fontSize(11).text('CONTRE : 0', 130, 60, { lineBreak: false });
				page.text('Une surface de 250 m', 50, 80, { lineBreak: false });
				page.fontSize(7).text('2', 159, 78, { lineBreak: false });
				page.text('1', 50, 700, { lineBreak: false });
				page.fontSize(11).text('Une note de bas de page.', 56, 702);
			}
		]);
		expect((await textOf(file)).split('\n').filter((line) => line !== '')).toEqual([
			expect.stringMatching(/^POUR : 83\s+CONTRE : 0$/),
			'Une surface de 250 m2',
			expect.stringMatching(/^1 ?Une note de bas de page\.$/)
		]);
	});

	it('reads two columns one after the other, and a table row by row', async () => {
		const words = 'Le conseil a pris connaissance du programme et des aides qui lui sont liées';
		const file = await pdf([
			(page) => {
				page.text(
					'Un titre qui traverse toute la page de part en part, sur une seule ligne',
					50,
					40
				);
				for (let line = 0; line < 8; line += 1) {
					const options = { lineBreak: false };
					page.text(`G${line} ${words.slice(0, 38)}`, 50, 80 + line * 14, options);
					page.text(`D${line} ${words.slice(0, 38)}`, 310, 80 + line * 14, options);
				}
			},
			(page) => {
				for (let line = 0; line < 8; line += 1) {
					page.text(`Mesure ${line}`, 50, 80 + line * 14, { lineBreak: false });
					page.text(`${line} 000 €`, 310, 80 + line * 14, { lineBreak: false });
				}
			}
		]);
		const lines = (await textOf(file)).split('\n').filter((line) => line !== '');
		expect(lines.map((line) => line.slice(0, 2)).join(' ')).toBe(
			'Un G0 G1 G2 G3 G4 G5 G6 G7 D0 D1 D2 D3 D4 D5 D6 D7 Me Me Me Me Me Me Me Me'
		);
		expect(lines.at(-1)).toBe('Mesure 7\t7 000 €');
	});

	it('keeps what comes again on every page, but not in the middle of a sentence', async () => {
		const around = (page: PDFKit.PDFDocument, number: number) =>
			page
				.text('Conseil du 17 décembre 2020', 50, 30)
				.text(`Page ${number}/2`, 50, 740, { lineBreak: false });
		const file = await pdf([
			(page) => around(page, 1).text('Il est proposé de verser une somme de', 50, 100),
			(page) =>
				around(page, 2)
					.text('quinze mille euros à l’association.', 50, 100)
					.text('Le Président', 50, 160)
		]);
		expect((await textOf(file)).split('\n').filter((line) => line !== '')).toEqual([
			'Conseil du 17 décembre 2020',
			'Il est proposé de verser une somme de',
			'quinze mille euros à l’association.',
			'Page 1/2',
			'Conseil du 17 décembre 2020',
			'Le Président',
			'Page 2/2'
		]);
	});

	it('says which pages have no text', async () => {
		const file = await pdf([
			(page) => page.text('Le conseil décide.'),
			(page) => page.rect(50, 50, 200, 200).fill('black')
		]);
		expect(await read(file)).toMatchObject({ text: 'Le conseil décide.', blankPages: [2] });
	});
});
