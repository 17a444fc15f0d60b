import { expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { formatInstant } from '#lib/domain/instant.ts';
import { decodeCursor } from '#lib/domain/ledger-order.ts';
import { cents } from '#lib/domain/money.ts';
import { entryHref } from '#lib/ui/ledger/entry-address.ts';
import { ledgerColumns } from '#lib/ui/ledger/ledger-columns.ts';
import { describeResult } from '#lib/ui/ledger/result.ts';

const url = new URL('https://tenu.example/enveloppes/e?au=2022-06-30&nature=versement&apres=x');
const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ');

const entry = { id: 12n, effectiveOn: day('2021-03-31') };
const reversal = { id: 40n, effectiveOn: day('2021-03-31') };

it('leads to an entry of this page by its anchor alone', () => {
	expect(entryHref(entry, reversal, new Set([12n]), url)).toBe('#ecriture-12');
});

it.each([
	['its reversal, which comes first', entry, reversal, 41n],
	['what it reverses', reversal, entry, 41n],
	['a reversal of another day', entry, { ...reversal, effectiveOn: day('2021-05-01') }, 13n]
])(
	'leads to an entry on the unfiltered page that begins with it, from %s',
	(_, other, from, id) => {
		const found = new URL(entryHref(other, from, new Set(), url), url);
		expect(found.hash).toBe(`#ecriture-${other.id}`);
		expect([...found.searchParams.keys()]).toEqual(['au', 'apres']);
		const effectiveOn = other.effectiveOn;
		const after = decodeCursor(found.searchParams.get('apres') ?? '', 'date');
		expect(after).toEqual({ sort: 'date', effectiveOn, id });
	}
);

it('sorts by a column from the largest, then the other way round, and keeps the filter', () => {
	const sortOf = (key: string, sort: 'date' | 'montant', direction: 'asc' | 'desc') =>
		ledgerColumns(url, { sort, direction }).find((column) => column.key === key);
	const kept = '/enveloppes/e?au=2022-06-30&nature=versement';
	expect(sortOf('amount', 'date', 'desc')).toMatchObject({
		sortHref: `${kept}&tri=montant#grand-livre`
	});
	expect(sortOf('amount', 'montant', 'desc')).toMatchObject({
		sortHref: `${kept}&tri=montant&sens=croissant#grand-livre`,
		sorted: 'descending'
	});
	expect(sortOf('date', 'date', 'asc')).toMatchObject({
		sortHref: `${kept}#grand-livre`,
		sorted: 'ascending'
	});
});

it('says what a filter found without adding one kind to another', () => {
	const asOf = day('2022-06-30');
	const totals = [
		{ kind: 'allocation' as const, amountCents: cents(1_500_000_000n), entryCount: 1 },
		{ kind: 'disbursement' as const, amountCents: cents(1_215_032_050n), entryCount: 411 }
	];
	expect(plain(describeResult(totals, asOf, []))).toBe(
		'412 écritures au 30 juin 2022 : dotation 15 000 000 €, versements 12 150 320,50 €.'
	);
	expect(plain(describeResult([], asOf, ['exercice 2021']))).toBe(
		'Aucune écriture au 30 juin 2022 (exercice 2021).'
	);
});

it('writes an instant as the clocks of Paris showed it, in winter and in summer', () => {
	expect(plain(formatInstant(new Date('2022-01-14T23:05:00Z')))).toBe('15 janvier 2022 à 0 h 05');
	expect(plain(formatInstant(new Date('2022-07-14T08:32:00Z')))).toBe('14 juillet 2022 à 10 h 32');
});
