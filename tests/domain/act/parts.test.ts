import { expect, test } from 'vitest';
import { checkParts } from '#lib/domain/act/parts.ts';

const of = (id: string, quote: string, wholeCitationId: string | null = null) => ({
	id,
	quote,
	wholeCitationId
});

test('parts of an act are checked against the whole it prints, and nothing is repaired', () => {
	const checks = checkParts([
		of('aids', '9 363'),
		of('amount', '15,2 M€'),
		of('a', '268', 'aids'),
		of('b', '5 823', 'aids'),
		of('visale', '2 072'),
		of('c', '1 575', 'aids'),
		of('d', '391', 'aids'),
		of('e', '1 306', 'aids'),
		of('f', '4,2 M€', 'amount'),
		of('g', '8,6 M€', 'amount'),
		of('h', '2,2 M€', 'amount'),
		of('i', '236 000 €', 'amount'),
		of('dwellings', '2 027'),
		of('j', '52%', 'dwellings'),
		of('k', '38%', 'dwellings'),
		of('l', '7%', 'dwellings'),
		of('m', '4%', 'dwellings'),
		of('promised', '30 M€'),
		of('n', '15 M€', 'promised'),
		of('o', '15 M€', 'promised')
	]);
	expect(checks.map(({ name, result }) => [name.replace(/\s/gu, ' '), result])).toEqual([
		['Somme de « 9 363 »', 'passed'],
		['Somme de « 15,2 M€ »', 'within_rounding'],
		['Répartition de « 2 027 »', 'within_rounding'],
		['Somme de « 30 M€ »', 'passed']
	]);
});

test('a count that is out by one has failed', () => {
	const [check] = checkParts([of('whole', '12'), of('a', '5', 'whole'), of('b', '6', 'whole')]);
	expect(check?.result).toBe('failed');
});
