import type { Day } from '#lib/domain/day.ts';
import { encodeCursor } from '#lib/domain/ledger-order.ts';

/** The anchor of an entry on the page of its ledger. */
export const entryAnchor = (id: bigint): string => `ecriture-${id}`;

type EntryPlace = { id: bigint; effectiveOn: Day };

/**
 * Where the other entry of a pair is read: on this page when it is there, else on the page of the unfiltered
 * ledger that begins with the pair, or with it alone where the two are of different days.
 */
export function entryHref(
	other: EntryPlace,
	from: EntryPlace,
	shown: ReadonlySet<bigint>,
	url: URL
): string {
	const anchor = `#${entryAnchor(other.id)}`;
	if (shown.has(other.id)) return anchor;
	const parameters = new URLSearchParams();
	for (const name of ['au', 'connu']) {
		const value = url.searchParams.get(name);
		if (value) parameters.set(name, value);
	}
	// The latest come first, so the page that begins after the next number begins with this one.
	const { effectiveOn } = other;
	const isBefore = from.effectiveOn === effectiveOn && from.id > other.id;
	const id = (isBefore ? from.id : other.id) + 1n;
	parameters.set('apres', encodeCursor({ sort: 'date', effectiveOn, id }));
	return `${url.pathname}?${parameters}${anchor}`;
}
