import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import CitationMark from '#lib/ui/money/CitationMark.svelte';
import Money from '#lib/ui/money/Money.svelte';
import Rate from '#lib/ui/money/Rate.svelte';

const text = (html: string) => html.replace(/<!--.*?-->/g, '').replace(/<[^>]*>/g, '');

describe('an amount on the screen', () => {
	it('is written in full, with its cents', () => {
		const { body } = render(Money, { props: { cents: cents(123_456_750) } });
		expect(text(body)).toBe('1\u202F234\u202F567,50\u00A0€');
	});

	it('says that it is unknown, and is never 0 then', () => {
		expect(text(render(Money, { props: { cents: null } }).body)).toBe('non renseigné');
		expect(text(render(Money, { props: { cents: cents(0n) } }).body)).toBe('0\u00A0€');
	});

	it('is negative with the sign of minus', () => {
		expect(text(render(Money, { props: { cents: cents(-120_000) } }).body)).toMatch(/^−/);
	});
});

describe('a rate on the screen', () => {
	it('says that it cannot be computed', () => {
		const { body } = render(Rate, { props: { value: null } });
		expect(text(body)).toBe('n.\u00A0d.');
		expect(body).toContain('title="non disponible"');
	});

	it('is shown as it is above the whole', () => {
		expect(text(render(Rate, { props: { value: 1.25 } }).body)).toBe('125,0\u00A0%');
	});
});

describe('the mark of a citation', () => {
	const props = {
		deliberationId: 'act',
		citationId: 'c1',
		satOn: day('2020-12-17'),
		quote: 'à hauteur de 30 M€'
	};

	it('leads to the sentence', () => {
		expect(render(CitationMark, { props }).body).toContain('/deliberations/act#citation-c1');
	});

	it('tells its act and its words to those who do not see it', () => {
		expect(render(CitationMark, { props }).body).toContain(
			'aria-label="source\u00A0: délibération du 17\u00A0décembre 2020, «\u00A0à hauteur de 30 M€\u00A0»"'
		);
	});
});
