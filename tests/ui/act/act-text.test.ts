import { readFileSync, readdirSync } from 'node:fs';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import ActText from '#lib/ui/act/ActText.svelte';
import { buildLines } from '#lib/ui/act/lines.ts';
import { textOf } from '#lib/ui/act/segments.ts';

const FOLDER = 'src/lib/server/acts/texts';
const acts = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.txt'))
	.map((name) => [name, readFileSync(`${FOLDER}/${name}`, 'utf8')] as const);

describe.each(acts)('the page of %s', (_name, text) => {
	it('shows the act sign by sign', () => {
		const citations = [...text.matchAll(/\d+(?:,\d+)? M€|494 000 €/g)].map(
			({ 0: quote, index }) => ({
				id: `at-${index}`,
				startOffset: index,
				endOffset: index + quote.length
			})
		);
		const { body } = render(ActText, { props: { text, citations } });
		expect(toText(body)).toBe(text);
	});

	it('loses no line', () => {
		const lines = buildLines(text, []);
		expect(lines.flatMap(({ cells }) => cells.map(textOf)).join('')).toBe(text);
		expect(lines.length).toBe(text.replace(/\n$/, '').split('\n').length);
	});

	it('sets the names small, the object as a title and the decisions as a list', () => {
		const lines = buildLines(text, []);
		const kinds = (kind: string) => lines.filter((line) => line.kind === kind).length;
		expect(kinds('object')).toBe(1);
		expect(kinds('names')).toBeGreaterThan(20);
		expect(kinds('item')).toBeGreaterThan(1);
		expect(kinds('formula')).toBeGreaterThan(1);
		expect(kinds('ballot')).toBeGreaterThan(2);
	});
});

/** What is left of a page when its tags are taken away. */
const toText = (html: string): string =>
	html
		.replace(/<!--.*?-->/gs, '')
		.replace(/^\s*<article[^>]*>|<\/article>\s*$/g, '')
		.replace(/<[^>]*>/g, '')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&amp;/g, '&');
