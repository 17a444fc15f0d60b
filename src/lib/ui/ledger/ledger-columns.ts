import type { LedgerSort, SortDirection } from '#lib/domain/ledger-order.ts';
import { withParameters } from '#lib/ui/layout/address.ts';
import type { Column } from '#lib/ui/table/column.ts';

/** Where the ledger stands on its page. */
export const LEDGER_ANCHOR = 'grand-livre';

type Order = { sort: LedgerSort; direction: SortDirection };

/** The columns of a ledger, three of which lead to another order: the largest or latest first, then the other way round. */
export function ledgerColumns(url: URL, order: Order): Column[] {
	return [
		{ key: 'date', label: 'Date d’effet', ...sortedBy('date', url, order) },
		{ key: 'kind', label: 'Nature' },
		{ key: 'object', label: 'Objet', header: true },
		{ key: 'counterparty', label: 'Tiers' },
		{ key: 'year', label: 'Exercice', numeric: true },
		{ key: 'amount', label: 'Montant', numeric: true, ...sortedBy('montant', url, order) },
		{ key: 'source', label: 'Source' },
		{ key: 'number', label: 'Nº', numeric: true, ...sortedBy('saisie', url, order) }
	];
}

function sortedBy(sort: LedgerSort, url: URL, order: Order): Pick<Column, 'sortHref' | 'sorted'> {
	const current = order.sort === sort;
	const turned = current && order.direction === 'desc';
	const address = withParameters(url, {
		tri: sort === 'date' ? null : sort,
		sens: turned ? 'croissant' : null
	});
	return {
		sortHref: `${address}#${LEDGER_ANCHOR}`,
		...(current ? { sorted: order.direction === 'asc' ? 'ascending' : 'descending' } : {})
	};
}
