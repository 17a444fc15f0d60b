import { parseDay } from '#lib/domain/day.ts';
import type { DeclarationState } from '#lib/domain/declaration.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { formatPeriod, type Period } from '#lib/domain/period.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Which declarations finance looks at: those of one state, or all. */
export type InboxState = DeclarationState | 'all';

/** As an address names them, and as a person chooses them. What was sent and withdrawn is a draft again. */
export const INBOX_STATES: readonly { name: string; state: InboxState; label: string }[] = [
	{ name: 'a-decider', state: 'submitted', label: 'à décider' },
	{ name: 'renvoyees', state: 'returned', label: 'à corriger' },
	{ name: 'rouvertes', state: 'reopened', label: 'rouvertes' },
	{ name: 'validees', state: 'accepted', label: 'validées' },
	{ name: 'retirees', state: 'draft', label: 'retirées' },
	{ name: 'toutes', state: 'all', label: 'toutes' }
];

/** `examen`: what is gravest of what is unusual first, then the oldest; only of what waits to be decided. */
export type InboxSort = 'examen' | 'envoi' | 'montant' | 'periode';

const SORTS: readonly InboxSort[] = ['examen', 'envoi', 'montant', 'periode'];

/** As the inbox opens: what waits, by what is unusual in it; what was decided, by when it was sent. */
export const usualSort = (state: InboxState): InboxSort =>
	state === 'submitted' ? 'examen' : 'envoi';

/** The declaration after which a page begins: the value that it is sorted by, then its identifier. */
export type InboxCursor = { sort: InboxSort; value: string; id: string };

export type InboxQuery = {
	state: InboxState;
	organisationId: string | null;
	envelopeId: string | null;
	period: Period | null;
	sort: InboxSort;
	direction: 'asc' | 'desc';
	after: InboxCursor | null;
};

export type ParsedInboxQuery = { query: InboxQuery; notes: string[] };

type Choice = { id: string; name: string };

/** What the inbox can be narrowed down to. */
export type InboxChoices = { organisations: Choice[]; envelopes: Choice[]; periods: Period[] };

/** Reads the address of the inbox. What cannot be read is left out, and said. */
export function parseInboxQuery(parameters: URLSearchParams): ParsedInboxQuery {
	const notes: string[] = [];
	const read = <Value>(name: string, parse: (text: string) => Value | null): Value | null => {
		const text = (parameters.get(name) ?? '').trim();
		const value = text === '' ? null : parse(text);
		if (text !== '' && value === null) {
			notes.push(
				typeset(`Dans l’adresse, le choix « ${name} » n’a pas été compris et n’est pas appliqué.`)
			);
		}
		return value;
	};
	const state =
		read('etat', (text) => INBOX_STATES.find(({ name }) => name === text)?.state ?? null) ??
		'submitted';
	const asked = read('tri', (text) => parseSort(text, state));
	const direction = read('sens', (text) => (asked === 'examen' ? null : parseDirection(text)));
	// A direction alone turns the order of sending, as it always did.
	const sort = asked ?? (direction ? 'envoi' : usualSort(state));
	const identifier = (text: string) => (isIdentifier(text) ? text.toLowerCase() : null);
	return {
		query: {
			state,
			organisationId: read('organisme', identifier),
			envelopeId: read('enveloppe', identifier),
			period: read('periode', parsePeriod),
			sort,
			direction: direction ?? 'asc',
			after: read('apres', (text) => decodeInboxCursor(text, sort))
		},
		notes
	};
}

function parseSort(text: string, state: InboxState): InboxSort | null {
	if (text === 'examen' && state !== 'submitted') return null;
	return SORTS.find((known) => known === text) ?? null;
}

function parseDirection(text: string): 'asc' | 'desc' | null {
	if (text === 'croissant') return 'asc';
	return text === 'decroissant' ? 'desc' : null;
}

/** Leaves out what no declaration has, and says so. */
export function keepToInboxChoices(
	{ query, notes }: ParsedInboxQuery,
	choices: InboxChoices
): ParsedInboxQuery {
	const kept = { ...query };
	const said = [...notes];
	const drop = (name: string) =>
		said.push(typeset(`${name} n’a transmis aucune déclaration : ce choix n’est pas appliqué.`));
	const isAmong = (list: readonly Choice[], id: string | null) =>
		id === null || list.some((choice) => choice.id === id);
	if (!isAmong(choices.organisations, query.organisationId)) {
		kept.organisationId = null;
		drop('L’organisme demandé');
	}
	if (!isAmong(choices.envelopes, query.envelopeId)) {
		kept.envelopeId = null;
		said.push(
			typeset('Sur l’enveloppe demandée, rien n’est déclaré : ce choix n’est pas appliqué.')
		);
	}
	const { period } = query;
	if (period && !choices.periods.some((known) => periodName(known) === periodName(period))) {
		kept.period = null;
		said.push(
			typeset('Pour la période demandée, rien n’est déclaré : ce choix n’est pas appliqué.')
		);
	}
	return { query: kept, notes: said };
}

/** The filter in words: `à décider`, `organisme : Action Logement Services`. */
export function describeInboxFilter(query: InboxQuery, choices: InboxChoices): string[] {
	const nameOf = (list: readonly Choice[], id: string | null) =>
		list.find((choice) => choice.id === id)?.name;
	const organisation = nameOf(choices.organisations, query.organisationId);
	const envelope = nameOf(choices.envelopes, query.envelopeId);
	return [
		organisation && `organisme : ${organisation}`,
		envelope && `enveloppe : ${envelope}`,
		query.period && `période : ${formatPeriod(query.period)}`
	].flatMap((words) => (words ? [typeset(words)] : []));
}

/** `2022-04-01_2022-06-30`: a period as an address carries it. */
export const periodName = ({ startsOn, endsOn }: Period): string => `${startsOn}_${endsOn}`;

function parsePeriod(text: string): Period | null {
	const [first = '', last = '', ...rest] = text.split('_');
	const [startsOn, endsOn] = [parseDay(first), parseDay(last)];
	return startsOn && endsOn && startsOn <= endsOn && rest.length === 0
		? { startsOn, endsOn }
		: null;
}

export const nameOfState = (state: InboxState): string =>
	INBOX_STATES.find((known) => known.state === state)?.name ?? 'a-decider';

export function encodeInboxCursor({ sort, value, id }: InboxCursor): string {
	return btoa(`${sort}|${value}|${id}`)
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');
}

const VALUES: Record<InboxSort, RegExp> = {
	examen: /^[0-3] \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00$/,
	envoi: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/,
	montant: /^-?\d{1,18}$/,
	periode: /^\d{4}-\d\d-\d\d$/
};

/** Reads a cursor back. Null when it was altered, or was made for another order. */
export function decodeInboxCursor(text: string, sort: InboxSort): InboxCursor | null {
	if (!/^[\w-]{20,160}$/.test(text)) return null;
	let plain: string;
	try {
		plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	} catch {
		return null;
	}
	const [madeFor, value = '', id = '', ...rest] = plain.split('|');
	if (madeFor !== sort || rest.length > 0 || !isIdentifier(id)) return null;
	if (
		!VALUES[sort].test(value) ||
		(sort !== 'montant' && !parseDay(value.replace(/^\d /, '').slice(0, 10)))
	) {
		return null;
	}
	return { sort, value, id };
}
