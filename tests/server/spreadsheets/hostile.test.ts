import { afterAll, describe, expect, it } from 'vitest';
import { parts, plain, read, removeFolder, row, zip } from './reading.ts';
import { shapeOf } from './shape.ts';

afterAll(removeFolder);

const shape = shapeOf('Accession', 'Mobilité');
const HEAD = row(1, 'Mesure', 'Montant versé');
const sheetOf = (data: string, shared?: string) =>
	read(zip(parts(HEAD + data, shared)), 'xlsx', shape);

describe('a hostile workbook is refused in words, and costs nothing but its thread', () => {
	it('that unpacks to far more than it says', async () => {
		const bytes = zip(parts(HEAD + row(2, 'Accession', 'x'.repeat(30 * 1024 * 1024))));
		// The size in the directory is a lie: a few bytes.
		const directory = Buffer.from(bytes);
		for (
			let at = directory.indexOf('PK\u0001\u0002');
			at !== -1;
			at = directory.indexOf('PK\u0001\u0002', at + 4)
		) {
			if (directory.readUInt32LE(at + 24) > 1_000_000) directory.writeUInt32LE(1_000, at + 24);
		}
		expect(bytes.length).toBeLessThan(100_000);
		expect(await read(directory, 'xlsx', shape)).toEqual({
			refused: expect.stringContaining('Ce classeur est abîmé')
		});
	});

	it('that unpacks to as much as it says, which is too much', async () => {
		const before = process.memoryUsage().rss;
		let peak = before;
		const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
		const sheet = 'y'.repeat(160 * 1024 * 1024);
		const bytes = zip(parts(`<!--${sheet}-->`));
		const after = process.memoryUsage().rss;
		peak = after;
		const answer = await read(bytes, 'xlsx', shape);
		clearInterval(watch);
		expect(answer).toEqual({ refused: expect.stringContaining('démesuré') });
		expect(bytes.length).toBeLessThan(400_000);
		expect(peak - after).toBeLessThan(64 * 1024 * 1024);
	});

	it('whose shared texts fill the memory', async () => {
		const shared = Array.from(
			{ length: 1_500 },
			() => `<si><t>${'é'.repeat(20_000)}</t></si>`
		).join('');
		expect(await sheetOf(row(2, 'Accession', 1), shared)).toEqual({
			refused: expect.stringContaining('démesuré')
		});
	});

	it('with a billion laughs, or an outer entity', async () => {
		const lol = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>';
		for (const trick of [lol, '<!DOCTYPE x SYSTEM "file:///etc/passwd">']) {
			const files = parts(HEAD + row(2, 'Accession', 1));
			files['xl/worksheets/sheet1.xml'] =
				files['xl/worksheets/sheet1.xml']?.replace('<worksheet', `${trick}<worksheet`) ?? '';
			expect(await read(zip(files), 'xlsx', shape)).toEqual({
				refused: expect.stringContaining('des définitions qui n’ont rien à y faire')
			});
		}
		expect(await sheetOf(row(2, 'Accession', '&b;'))).toEqual({
			refused: expect.stringContaining('abîmé')
		});
	});

	it('with a cell of a million letters', async () => {
		expect(await sheetOf(row(2, 'Accession', 'z'.repeat(1_000_000)))).toEqual({
			refused: expect.stringContaining('un texte démesuré')
		});
	});

	it('with more than 50 000 lines, and says the limit', async () => {
		const lines = Array.from({ length: 50_001 }, (_, index) => row(index + 2, 'Accession', 1)).join(
			''
		);
		expect(await sheetOf(lines)).toEqual({
			refused: expect.stringContaining('plus de 50 000 lignes')
		});
	});

	it('with nests without end, tags that never end, cells out of order, and parts that are not there', async () => {
		const files = parts(HEAD);
		delete files['xl/worksheets/sheet1.xml'];
		for (const bytes of [
			zip(parts('<row>'.repeat(100_000))),
			zip(parts(`<row r="1" ${'x'.repeat(200_000)}`)),
			zip(parts('<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row>')),
			zip(parts('<row r="2"></row><row r="2"></row>')),
			zip(parts('<row r="-1"></row>')),
			zip(parts('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>')),
			zip(parts('<row r="1"><c t="s"><v>7</v></c></row>')),
			zip(parts('<row r="1"><c s="5"><v>7</v></c></row>')),
			zip(files),
			zip({ '_rels/.rels': '<a/>' }),
			Buffer.from('PK\u0003\u0004 nothing of the kind')
		]) {
			expect(await read(bytes, 'xlsx', shape)).toEqual({
				refused: expect.stringContaining('abîmé')
			});
		}
	});

	it('that is empty', async () => {
		expect(await read(zip(parts('')), 'xlsx', shape)).toEqual({
			refused: expect.stringContaining('aucune cellule n’y est remplie')
		});
	});
});

describe('a cell of a workbook that is no amount is a problem of its line', () => {
	it.each([
		['<c t="e"><v>#N/A</v></c>', 'La cellule B2 contient l’erreur #N/A : corrigez-la.'],
		['<c t="b"><v>1</v></c>', 'La cellule B2 contient vrai ou faux, pas un montant.'],
		['<c><f>SUM(A1)</f><v>12</v></c>', 'La cellule B2 contient une formule : collez les valeurs.'],
		[
			'<c t="str"><f>A1&amp;""</f><v>12</v></c>',
			'La cellule B2 contient une formule : collez les valeurs.'
		],
		['<c><v>1E400</v></c>', 'La cellule B2 n’est pas un montant lisible.'],
		['<c><v>NaN</v></c>', 'La cellule B2 n’est pas un montant lisible.'],
		['<c><v>1E20</v></c>', 'Le montant de la cellule B2 est trop grand.'],
		[
			'<c><v>12.345</v></c>',
			'La cellule B2 a plus de deux décimales (12,345) : arrondissez-la vous-même au centime.'
		],
		[
			'<c t="inlineStr"><is><t>1.234,50</t></is></c>',
			'Ce montant ne peut pas être lu. Écrivez par exemple 1 234,50.'
		]
	])('%s', async (cell, message) => {
		const answer = await sheetOf(
			`<row r="2"><c t="inlineStr"><is><t>Accession</t></is></c>${cell}</row>`
		);
		expect(answer).toMatchObject({ lines: [{ n: 2, a: null }] });
		const [line] = 'lines' in answer ? answer.lines : [];
		expect(line?.p?.map((problem) => plain(problem.message))).toEqual([message]);
	});

	it.each([
		['4.3499999999999996', '435'],
		['0.30000000000000004', '30'],
		['1E3', '100000'],
		['1.5E-1', '15'],
		['-0.01', '-1'],
		['99999999999.99', '9999999999999']
	])('a stored number is exact to the cent: %s', async (stored, cents) => {
		const answer = await sheetOf(
			`<row r="2"><c t="inlineStr"><is><t>Accession</t></is></c><c><v>${stored}</v></c></row>`
		);
		expect(answer).toMatchObject({ lines: [{ a: cents, p: null }] });
	});
});

it('half a letter, which no database holds, is shown as a mark', async () => {
	const answer = await sheetOf(row(2, 'Accession', 1, '&#xD800;'));
	expect(answer).toMatchObject({ lines: [{ c: ['Accession', '1', '\uFFFD'], a: '100', p: null }] });
});

describe('a hostile text file', () => {
	const csv = (text: string | Uint8Array) => read(text, 'csv', shape);

	it('that is empty, or only blank', async () => {
		expect(await csv('')).toEqual({ refused: 'Ce fichier est vide.' });
		expect(await csv('\r\n;;\r\n  \r\n')).toEqual({
			refused: expect.stringContaining('aucune cellule')
		});
	});

	it('with NULs is no text', async () => {
		expect(await csv('Mesure;Montant\r\nAccession;1\0\r\n')).toEqual({
			refused: expect.stringContaining('n’est pas un tableau en texte')
		});
	});

	it('of one line of 5 MB is refused, quoted or not', async () => {
		expect(await csv('a'.repeat(5_000_000))).toEqual({
			refused: expect.stringMatching(/démesuré/)
		});
		expect(await csv(`Mesure;Montant\n"${'a;\n'.repeat(1_600_000)}`)).toEqual({
			refused: expect.stringMatching(/démesurée/)
		});
	});

	it('whose quotes do not close says at which line', async () => {
		expect(await csv('Mesure;Montant\r\nAccession;1\r\n"Mobilité;2\r\n')).toEqual({
			refused: expect.stringContaining(
				'La ligne 3 de ce fichier a des guillemets qui ne se ferment pas'
			)
		});
	});

	it('with 50 000 lines is taken whole, with one more refused', async () => {
		const lines = (count: number) => `Mesure;Montant\r\n${'Accession;1\r\n'.repeat(count)}`;
		const taken = await csv(lines(50_000));
		expect('lines' in taken && taken.lines.length).toBe(50_000);
		expect(await csv(lines(50_001))).toEqual({ refused: expect.stringContaining('50 000 lignes') });
	});

	it('with half letters and marks of order is read as far as it is text', async () => {
		const answer = await csv('Mesure;Montant;Commentaire\r\nAccession;1;\u202e \\u0000\r\n');
		expect(answer).toMatchObject({
			lines: [{ c: ['Accession', '1', '\u202e \\u0000'], a: '100', p: null }]
		});
	});
});
