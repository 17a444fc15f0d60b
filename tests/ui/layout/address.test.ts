import { describe, expect, it } from 'vitest';
import {
	isCurrent,
	otherParameters,
	withoutEmpty,
	withParameters
} from '#lib/ui/layout/address.ts';

const ledger = new URL(
	'https://tenu.example/enveloppes/1?nature=versement&au=2021-12-31&apres=abc'
);

describe('the address of a page', () => {
	it('changes one parameter and keeps the others, but not the place in the list', () => {
		expect(withParameters(ledger, { au: '2022-06-30' })).toBe(
			'/enveloppes/1?nature=versement&au=2022-06-30'
		);
	});

	it('takes a parameter away', () => {
		expect(withParameters(ledger, { au: null, nature: null })).toBe('/enveloppes/1');
	});

	it('gives a form what it must carry along', () => {
		expect(otherParameters(ledger, ['au', 'connu'])).toEqual([['nature', 'versement']]);
	});

	it('keeps a parameter that is written twice', () => {
		const url = new URL('https://tenu.example/p?mesure=1&mesure=2');
		expect(withParameters(url, { au: '2022-06-30' })).toBe('/p?mesure=1&mesure=2&au=2022-06-30');
	});

	it('leaves out what a form sent empty, and says when there is nothing to leave out', () => {
		const sent = new URL('https://tenu.example/p?nature=&mesure=1&texte=');
		expect(withoutEmpty(sent)).toBe('/p?mesure=1');
		expect(withoutEmpty(new URL('https://tenu.example/p?mesure=1'))).toBeNull();
	});

	it('escapes what someone wrote in the address', () => {
		const url = new URL('https://tenu.example/p?q=%22%3E%3Cscript%3E&x=a%26b');
		expect(withParameters(url, {})).toBe('/p?q=%22%3E%3Cscript%3E&x=a%26b');
	});
});

describe('the navigation', () => {
	it.each([
		['/', '/', true],
		['/', '/programmes', false],
		['/programmes', '/programmes', true],
		['/programmes', '/programmes/logement-d-abord', true],
		['/programmes', '/programmes-anciens', false],
		['/programmes', '/enveloppes/1', true],
		['/deliberations', '/enveloppes/1', false],
		['/declarations/recues', '/declarations/1', true],
		['/declarations', '/declarations/1/saisir', true]
	])('marks %s while reading %s: %s', (href, pathname, expected) => {
		expect(isCurrent(href, pathname)).toBe(expected);
	});
});
