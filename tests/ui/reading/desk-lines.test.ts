import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import { openText, type Span } from '#lib/domain/act/text.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { listPages, pageAt } from '#lib/domain/act/text-window.ts';
import { textOf, type Piece } from '#lib/ui/act/segments.ts';
import { buildDeskLines } from '#lib/ui/reading/desk-lines.ts';
import ReadAct, { type ReadSpan } from '#lib/ui/reading/ReadAct.svelte';

const FOLDER = 'src/lib/server/acts/texts';
const acts = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.txt'))
	.map((name) => [name, readFileSync(`${FOLDER}/${name}`, 'utf8').trim()] as const);

const pageOf = (text: string, { start, end }: Span = { start: 0, end: text.length }) => ({
	body: text.slice(start, end),
	start,
	parts: readSections(openText(text))
});

const linesOf = (text: string, spans: readonly Span[], page?: Span) =>
	buildDeskLines(pageOf(text, page), spans, [], ({ start, end }) => `${start}-${end}`);

describe('the lines of an act on the desk', () => {
	const text = fc.string({
		unit: fc.constantFrom('a', ' ', '*', '**', '\n', '\t', 'é', '€', '😀', '- ')
	});
	const offset = fc.integer({ min: 0, max: 40 });
	const spans = fc.array(fc.tuple(offset, offset).map(([start, end]) => ({ start, end })));

	it('are the text again, each where it begins, whatever is marked in it', () => {
		fc.assert(
			fc.property(text, spans, (act, marked) => {
				const lines = linesOf(act, marked);
				for (const { start, cells } of lines) {
					const words = textOf(cells.flat());
					expect(act.slice(start, start + words.length)).toBe(words);
					expect(words).not.toContain('\n');
				}
				const again = lines.map(({ cells }) => textOf(cells.flat())).join('\n');
				expect(act.endsWith('\n') ? `${again}\n` : again).toBe(act);
			})
		);
	});

	it('open every passage once, where it begins', () => {
		fc.assert(
			fc.property(text, spans, (act, marked) => {
				const inside = marked.filter(({ start, end }) => start < end && end <= act.length);
				const opened = linesOf(act, inside).flatMap(({ start, cells }) =>
					openings(cells.flat(), start)
				);
				// What begins with a line end is seen from the next line on.
				const expected = inside.filter(({ start }) => act[start] !== '\n');
				expect(opened.sort()).toEqual(
					expected.map(({ start, end }) => `${start}-${end}@${start}`).sort()
				);
			})
		);
	});

	it('are those of the whole text on every page of it', () => {
		const act = 'Une ligne de l’acte, avec **des** mots.\n'.repeat(2_500);
		const pages = listPages(act);
		expect(pages.length).toBeGreaterThan(2);
		expect(pages.map((page) => act.slice(page.start, page.end)).join('')).toBe(act);
		const whole = linesOf(act, []);
		const paged = pages.flatMap((page) => linesOf(act, [], page));
		expect(paged.map(({ start }) => start)).toEqual(whole.map(({ start }) => start));
		expect(pageAt(pages, 0)).toBe(1);
		expect(pageAt(pages, act.length)).toBe(pages.length);
	});
});

describe.each(acts)('the desk of %s', (_name, act) => {
	const spans: ReadSpan[] = [...act.matchAll(/\d+(?:,\d+)? M€|494 000 €|d'approuver/g)].map(
		({ 0: quote, index }) => ({
			id: `at-${index}`,
			start: index,
			end: index + quote.length,
			step: 'figures',
			role: 'amount',
			choice: null
		})
	);
	const { body } = render(ReadAct, {
		props: { page: pageOf(act), spans, selectedId: null, hrefOf: (id: string) => `?x=${id}` }
	});

	it('shows every line sign by sign where it begins', () => {
		const shown = [...body.matchAll(/data-start="(\d+)"[^>]*>([^]*?)<\/div>/g)];
		expect(shown.length).toBe(act.split('\n').length);
		for (const { 1: start = '', 2: html = '' } of shown) {
			const words = toText(html);
			expect(act.slice(Number(start), Number(start) + words.length)).toBe(words);
		}
	});

	it('sets the names in columns', () => {
		expect(body).toMatch(
			/class="names[^>]*>(?:<!--.*?-->)*<span[^>]*>(?:<!--.*?-->)*M(?:\.|onsieur) François/
		);
	});

	it('leads from every passage to its proposal, with a letter and words beside the colour', () => {
		for (const { id } of spans) {
			expect(body).toContain(`id="passage-${id}"`);
			expect(body).toContain(`href="?x=${id}"`);
		}
		expect(body).toContain('aria-label="Montant, à décider"');
		expect(body).toContain('data-letter="€"');
	});

	it('sets the head, the names, the items and the formula apart', () => {
		const kinds = new Set(buildDeskLines(pageOf(act), [], [], () => '').map(({ kind }) => kind));
		expect([...kinds]).toEqual(
			expect.arrayContaining(['head', 'names', 'item', 'formula', 'paragraph', 'ballot'])
		);
	});
});

function openings(pieces: readonly Piece[], start: number): string[] {
	let at = start;
	return pieces.flatMap((piece) => {
		const from = at;
		at += textOf([piece]).length;
		if (piece.kind !== 'mark') return [];
		const own = piece.opens ? [`${piece.id}@${from}`] : [];
		return [...own, ...openings(piece.pieces, from)];
	});
}

/** What is left of a line when its tags are taken away. */
const toText = (html: string): string =>
	html
		.replace(/<!--.*?-->/gs, '')
		.replace(/<[^>]*>/g, '')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&amp;/g, '&');
