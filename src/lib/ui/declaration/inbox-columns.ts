import { usualSort, type InboxQuery, type InboxSort } from '#lib/domain/inbox-query.ts';
import { withParameters } from '#lib/ui/layout/address.ts';
import type { Column } from '#lib/ui/table/column.ts';

/** The columns of the inbox, some of which lead to another order; as it opens, what is gravest comes first. */
export function inboxColumns(url: URL, query: InboxQuery): Column[] {
	return [
		{ key: 'declaration', label: 'Déclaration', header: true },
		{ key: 'period', label: 'Période', ...sortedBy('periode', url, query) },
		{ key: 'amount', label: 'Montant', numeric: true, ...sortedBy('montant', url, query) },
		{ key: 'files', label: 'Justificatifs', numeric: true },
		{ key: 'sent', label: 'Envoi', ...sortedBy('envoi', url, query) },
		...(query.state === 'all' ? [{ key: 'state', label: 'État' }] : []),
		{ key: 'findings', label: 'À examiner', ...examined(url, query) }
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
			tri: sort === usualSort(query.state) ? null : sort,
			sens: turned ? 'decroissant' : null
		}),
		...(current ? { sorted: query.direction === 'asc' ? 'ascending' : 'descending' } : {})
	};
}

/** What waits can be sorted by what is unusual in it; it has one direction, the gravest first. */
function examined(url: URL, { state, sort }: InboxQuery): Pick<Column, 'sortHref' | 'sorted'> {
	if (state !== 'submitted') return {};
	return {
		sortHref: withParameters(url, { tri: null, sens: null }),
		...(sort === 'examen' ? { sorted: 'descending' } : {})
	};
}
