import type { Day } from '#lib/domain/day.ts';
import { encodeCursor } from '#lib/domain/ledger-order.ts';

/** The anchor of an entry on the page of its ledger. */
export const entryAnchor = (id: bigint): string => `ecriture-${id}`;

/**
 * Where an entry is read: on this page when it is there, else on the page of the unfiltered ledger that
 * begins with it, seen from the same day.
 */
export function entryHref(
	entry: { id: bigint; effectiveOn: Day },
	shown: ReadonlySet<bigint>,
	url: URL
): string {
	const anchor = `#${entryAnchor(entry.id)}`;
	if (shown.has(entry.id)) return anchor;
	const parameters = new URLSearchParams();
	for (const name of ['au', 'connu']) {
		const value = url.searchParams.get(name);
		if (value) parameters.set(name, value);
	}
	// The latest come first, so the page that begins after the next number begins with this one.
	const { effectiveOn, id } = entry;
	parameters.set('apres', encodeCursor({ sort: 'date', effectiveOn, id: id + 1n }));
	return `${url.pathname}?${parameters}${anchor}`;
}
