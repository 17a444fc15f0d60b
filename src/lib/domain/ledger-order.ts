import { parseDay, type Day } from '#lib/domain/day.ts';
import { cents, LARGEST_CENTS, type Cents } from '#lib/domain/money.ts';

/** By what the ledger is ordered: day of effect, amount, or order of recording. */
export type LedgerSort = 'date' | 'montant' | 'saisie';

export const LEDGER_SORTS: readonly LedgerSort[] = ['date', 'montant', 'saisie'];

export type SortDirection = 'asc' | 'desc';

/**
 * The entry after which a page begins. The identifier settles ties, so the order is total; entries
 * are numbered as they are recorded, so it alone is the order of recording.
 */
export type LedgerCursor =
	| { sort: 'date'; effectiveOn: Day; id: bigint }
	| { sort: 'montant'; amountCents: Cents; id: bigint }
	| { sort: 'saisie'; id: bigint };

/** The place of an entry in an order: what the next page begins after. */
export function cursorAt(
	entry: { id: bigint; effectiveOn: Day; amountCents: Cents },
	sort: LedgerSort
): LedgerCursor {
	const { id, effectiveOn, amountCents } = entry;
	if (sort === 'date') return { sort, effectiveOn, id };
	if (sort === 'montant') return { sort, amountCents, id };
	return { sort, id };
}

/** A cursor as an address carries it. People need not read it. */
export function encodeCursor(cursor: LedgerCursor): string {
	const plain = `${cursor.sort}:${valueOf(cursor)}:${cursor.id}`;
	return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Reads a cursor back. Null when it was altered, or was made for another order. */
export function decodeCursor(text: string, sort: LedgerSort): LedgerCursor | null {
	if (!/^[\w-]{8,80}$/.test(text)) return null;
	const [madeFor, value = '', id = '', ...rest] = fromBase64(text).split(':');
	if (madeFor !== sort || rest.length > 0 || !/^[1-9]\d{0,17}$/.test(id)) return null;
	if (sort === 'saisie') return value === '' ? { sort, id: BigInt(id) } : null;
	if (sort === 'date') {
		const effectiveOn = parseDay(value);
		return effectiveOn && { sort, effectiveOn, id: BigInt(id) };
	}
	const amountCents = parseCents(value);
	return amountCents === null ? null : { sort, amountCents, id: BigInt(id) };
}

function valueOf(cursor: LedgerCursor): string {
	if (cursor.sort === 'date') return cursor.effectiveOn;
	return cursor.sort === 'montant' ? String(cursor.amountCents) : '';
}

function parseCents(text: string): Cents | null {
	if (!/^(0|-?[1-9]\d{0,15})$/.test(text)) return null;
	const amount = BigInt(text);
	return amount > LARGEST_CENTS || amount < -LARGEST_CENTS ? null : cents(amount);
}

function fromBase64(text: string): string {
	try {
		return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	} catch {
		return '';
	}
}
