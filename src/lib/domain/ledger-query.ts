import { parseDay, yearOf, type Day } from '#lib/domain/day.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import {
	decodeCursor,
	LEDGER_SORTS,
	type LedgerCursor,
	type LedgerSort,
	type SortDirection
} from '#lib/domain/ledger-order.ts';
import { ENTRY_KIND_LABELS, ENTRY_KINDS, type EntryKind } from '#lib/domain/ledger.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What is asked of the ledger: the filter, the order and the place in it. Nothing asked is null. */
export type LedgerQuery = {
	kind: EntryKind | null;
	measureId: string | null;
	/** The fiscal year in which an entry is booked. */
	year: number | null;
	operationId: string | null;
	counterpartyId: string | null;
	/** Days of effect, both included. */
	from: Day | null;
	to: Day | null;
	text: string | null;
	reversals: 'only' | 'hide' | null;
	/** The number of the declaration that an entry comes from. */
	declaration: number | null;
	sort: LedgerSort;
	direction: SortDirection;
	after: LedgerCursor | null;
};

export type ParsedLedgerQuery = {
	query: LedgerQuery;
	/** French sentences about what was asked and could not be followed. */
	notes: string[];
};

const LONGEST_TEXT = 100;
const DIRECTIONS: Record<string, SortDirection> = { croissant: 'asc', decroissant: 'desc' };
const REVERSALS: Record<string, 'only' | 'hide'> = { seules: 'only', masquees: 'hide' };

/** Reads the address of a ledger page. What cannot be read is left out, and said. */
export function parseLedgerQuery(parameters: URLSearchParams): ParsedLedgerQuery {
	const notes: string[] = [];
	const read = <Value>(name: string, parse: (text: string) => Value | null): Value | null => {
		const text = (parameters.get(name) ?? '').trim();
		const value = text === '' ? null : parse(text);
		if (text !== '' && value === null) notes.push(noteIgnored(name, text));
		return value;
	};

	const sort = read('tri', parseSort) ?? 'date';
	const query: LedgerQuery = {
		kind: read('nature', parseKind),
		measureId: read('mesure', parseIdentifier),
		year: read('exercice', parseYear),
		operationId: read('operation', parseIdentifier),
		counterpartyId: read('tiers', parseIdentifier),
		from: read('du', parseDay),
		to: read('jusquau', parseDay),
		text: read('texte', parseText),
		reversals: read('contrepassations', (text) => lookUp(REVERSALS, text)),
		declaration: read('declaration', parseNumber),
		sort,
		direction: read('sens', (text) => lookUp(DIRECTIONS, text)) ?? 'desc',
		after: read('apres', (text) => decodeCursor(text, sort))
	};
	if (query.from && query.to && query.from > query.to) {
		notes.push(
			typeset('La date de début vient après la date de fin : aucune écriture ne peut convenir.')
		);
	}
	return { query, notes };
}

/** The parameters that lead back to a query; what is as usual is left out, and so is the place in the list. */
export function ledgerParameters(query: LedgerQuery): URLSearchParams {
	const values: [string, string | null][] = [
		['nature', query.kind && ENTRY_KIND_LABELS[query.kind]],
		['mesure', query.measureId],
		['exercice', query.year === null ? null : String(query.year)],
		['operation', query.operationId],
		['tiers', query.counterpartyId],
		['du', query.from],
		['jusquau', query.to],
		['texte', query.text],
		['contrepassations', nameOf(REVERSALS, query.reversals)],
		['declaration', query.declaration === null ? null : String(query.declaration)],
		['tri', query.sort === 'date' ? null : query.sort],
		['sens', query.direction === 'desc' ? null : nameOf(DIRECTIONS, query.direction)]
	];
	return new URLSearchParams(values.filter((pair): pair is [string, string] => pair[1] !== null));
}

const parseIdentifier = (text: string): string | null =>
	isIdentifier(text) ? text.toLowerCase() : null;

const parseKind = (text: string): EntryKind | null =>
	ENTRY_KINDS.find((kind) => ENTRY_KIND_LABELS[kind] === text) ?? null;

const parseSort = (text: string): LedgerSort | null =>
	LEDGER_SORTS.find((sort) => sort === text) ?? null;

const parseNumber = (text: string): number | null =>
	/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;

function parseYear(text: string): number | null {
	const first = parseDay(`${text}-01-01`);
	return first && yearOf(first);
}

/** Any words, without the characters that no keyboard types and the database refuses. */
function parseText(text: string): string | null {
	const printable = text.replace(/\p{Cc}/gu, '');
	return printable === '' || printable.length > LONGEST_TEXT ? null : printable;
}

const lookUp = <Value>(table: Record<string, Value>, name: string): Value | null =>
	Object.hasOwn(table, name) ? (table[name] ?? null) : null;

const nameOf = <Value>(table: Record<string, Value>, value: Value | null): string | null =>
	Object.keys(table).find((name) => table[name] === value) ?? null;

function noteIgnored(name: string, text: string): string {
	const shown = text.length > 30 ? `${text.slice(0, 30)}…` : text;
	return typeset(
		`Dans l’adresse, le choix « ${name} » n’a pas été compris et n’est pas appliqué : « ${shown} ».`
	);
}
