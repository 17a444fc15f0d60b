import { afterAll, describe, expect, it } from 'vitest';
import { read, removeFolder } from './reading.ts';
import { shapeOf } from './shape.ts';

afterAll(removeFolder);

const shape = shapeOf('Sécurisation', 'Mobilité');
const TABLE =
	'Mesure;Montant versé;Nombre d’aides\r\nSécurisation;1 234,50;3\r\nMobilité;0,07;1\r\n';

const amountsOf = async (content: Uint8Array | string) => {
	const answer = await read(content, 'csv', shape);
	if ('refused' in answer) return answer.refused;
	return answer.lines.map(({ n, k, a, p }) => `${n} ${k?.slice(-1)} ${a} ${p?.length ?? 0}`);
};

/** As old spreadsheets in France write it. */
const windows1252 = (text: string): Buffer =>
	Buffer.from(text.replaceAll('’', '\u0092').replaceAll('€', '\u0080'), 'latin1');

describe('a table in text', () => {
	it.each([
		['UTF-8 with its mark', Buffer.from(`\uFEFF${TABLE}`)],
		['UTF-8 without', Buffer.from(TABLE)],
		['Windows-1252', windows1252(TABLE)],
		['UTF-16 as Excel calls Unicode', Buffer.from(`\uFEFF${TABLE}`, 'utf16le')],
		['with tabs', Buffer.from(TABLE.replaceAll(';', '\t'))],
		[
			'with commas and quotes',
			Buffer.from(TABLE.replaceAll(/\d[\d ]*,\d\d/g, '"$&"').replaceAll(';', ','))
		],
		['with lines ended by LF alone', Buffer.from(TABLE.replaceAll('\r\n', '\n'))],
		['without an end to its last line', Buffer.from(TABLE.trimEnd())]
	])('is read the same: %s', async (_, content) => {
		expect(await amountsOf(content)).toEqual(['2 0 123450 0', '3 1 7 0']);
	});

	it('that says its mark first is read by it, and numbered as a spreadsheet shows it', async () => {
		expect(await amountsOf(`sep=;\r\n${TABLE}`)).toEqual(['3 0 123450 0', '4 1 7 0']);
	});

	it('numbers its lines by its cells: a cell of two lines is one', async () => {
		const table =
			'Mesure;Montant;Commentaire\r\n\r\nMobilité;1;"deux\r\nlignes"\r\nMobilité;2;\r\n';
		expect(await amountsOf(table)).toEqual(['3 1 100 0', '4 1 200 0']);
	});

	it('with commas never takes half of an amount: a line with other cells than its headings is a problem', async () => {
		const table = 'Mesure,Montant\r\nMobilité,1234,50\r\nMobilité,12\r\n';
		expect(await amountsOf(table)).toEqual(['2 undefined null 1', '3 1 1200 0']);
	});
});
