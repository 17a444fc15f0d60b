import type { InboxQuery, InboxSort } from '#lib/domain/inbox-query.ts';
import { withParameters } from '#lib/ui/layout/address.ts';
import type { Column } from '#lib/ui/table/column.ts';

/** The columns of the inbox, three of which lead to another order; as it opens, what waited longest comes first. */
export function inboxColumns(url: URL, query: InboxQuery): Column[] {
	return [
		{ key: 'declaration', label: 'Déclaration', header: true },
		{ key: 'period', label: 'Période', ...sortedBy('periode', url, query) },
		{ key: 'amount', label: 'Montant', numeric: true, ...sortedBy('montant', url, query) },
		{ key: 'files', label: 'Justificatifs', numeric: true },
		{ key: 'sent', label: 'Envoi', ...sortedBy('envoi', url, query) },
		...(query.state === 'all' ? [{ key: 'state', label: 'État' }] : []),
		{ key: 'findings', label: 'À examiner' }
	];
}

function sortedBy(
	sort: InboxSort,
	url: URL,
	query: InboxQuery
): Pick<Column, 'sortHref' | 'sorted'> {
	const current = query.sort === sort;
	const turned = current && query.direction === 'asc';
	return {
		sortHref: withParameters(url, {
			tri: sort === 'envoi' ? null : sort,
			sens: turned ? 'decroissant' : null
		}),
		...(current ? { sorted: query.direction === 'asc' ? 'ascending' : 'descending' } : {})
	};
}
