import { formatDay, type Day } from '#lib/domain/day.ts';
import { ENTRY_KIND_LABELS, type EntryKind } from '#lib/domain/ledger.ts';
import { formatEuros, type Cents } from '#lib/domain/money.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';

type KindTotal = { kind: EntryKind; amountCents: Cents; entryCount: number };

/** What a filter found, in a sentence. Kinds are never added to each other. */
export function describeResult(
	totals: readonly KindTotal[],
	asOf: Day,
	filter: readonly string[]
): string {
	const count = totals.reduce((sum, { entryCount }) => sum + entryCount, 0);
	const found =
		count === 0 ? 'Aucune écriture' : `${formatCount(count)} ${plural(count, 'écriture')}`;
	const when = `au ${formatDay(asOf)}`;
	const asked = filter.length === 0 ? '' : ` (${filter.join(' ; ')})`;
	const sums = totals.map(
		({ kind, amountCents, entryCount }) =>
			`${plural(entryCount, ENTRY_KIND_LABELS[kind])} ${formatEuros(amountCents)}`
	);
	return typeset(`${found} ${when}${asked}${sums.length === 0 ? '' : ` : ${sums.join(', ')}`}.`);
}
