import { and, asc, desc, eq, gt, sql, type SQL } from 'drizzle-orm';
import { dayInParis, earlierDay, type Day } from '#lib/domain/day.ts';
import type { Finding, Severity } from '#lib/domain/declaration-unusual.ts';
import {
	describeInboxFilter,
	keepToInboxChoices,
	parseInboxQuery,
	type InboxChoices,
	type InboxCursor,
	type InboxQuery,
	type InboxSort,
	type ParsedInboxQuery
} from '#lib/domain/inbox-query.ts';
import { cents, type Cents } from '#lib/domain/money.ts';
import { todayOf } from '#lib/domain/today.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { declarations, envelopes, organisations } from '#lib/server/db/schema/index.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { judge } from '#lib/server/reports/judgement.ts';
import { readDuties, type Duties } from '#lib/server/reports/late-duties.ts';
import { readSent } from '#lib/server/reports/sent-declarations.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

type InboxFound = Awaited<ReturnType<typeof listFound>>[number];

/** A declaration in the inbox, with what is unusual in it. */
export type InboxRow = Omit<InboxFound, 'sentKey' | 'amount'> & {
	/** Of all its lines; null where no amount was said. */
	amountCents: Cents | null;
	/** The day on which it was sent, in Paris; in a demonstration never after its day. */
	sentOn: Day | null;
	fileCount: number;
	findings: Finding[];
};

/** The one inbox of finance: a page of what was sent, and who is late. */
export type Inbox = Duties & {
	today: Day;
	query: InboxQuery;
	choices: InboxChoices;
	notes: string[];
	/** The filter in words; empty when all of the state is shown. */
	filter: string[];
	rows: InboxRow[];
	/** Over all that the filter lets through, not only over this page. */
	count: number;
	amountCents: Cents | null;
	next: InboxCursor | null;
};

const PAGE = 25;

/** So many that wait are judged at once, to be sorted by it. Where more wait, they stand in the order of sending. */
export const MOST_EXAMINED = 100;

/** Reads the inbox in two trips, whatever waits in it. */
export function readInbox(context: Context, parameters: URLSearchParams): Promise<Inbox> {
	return inTransaction(context, async (tx) => {
		const parsed = parseInboxQuery(parameters);
		const [settings, choices, dutiesOn, asFound, asSummed] = await Promise.all([
			findSettings(tx),
			listChoices(tx),
			readDuties(tx),
			listFound(tx, parsed.query),
			sumFound(tx, parsed.query)
		]);
		const kept = keepToInboxChoices(parsed, choices);
		// Once more only where the address asks for what nobody declares.
		const isKept = kept.notes.length === parsed.notes.length;
		const [found, total] = isKept
			? [asFound, asSummed]
			: await Promise.all([listFound(tx, kept.query), sumFound(tx, kept.query)]);
		const { query, notes } = withinBound(kept, found);
		const today = todayOf(settings, context.at);
		const looked = query.sort === 'examen' ? found : found.slice(0, PAGE);
		const books = await readSent(tx, looked);
		const judged = looked.map((row) => ({ ...row, findings: judge(row, books, today) }));
		const rest = query.sort === 'examen' ? after(judged.toSorted(graver), query.after) : judged;
		const page = rest.slice(0, PAGE);
		const last = page.at(-1);
		const goesOn = (query.sort === 'examen' ? rest : found).length > PAGE;
		return {
			...dutiesOn(today),
			today,
			query,
			choices,
			notes,
			filter: describeInboxFilter(query, choices),
			rows: page.map(({ sentKey: _, amount, ...row }) => ({
				...row,
				amountCents: amount === null ? null : cents(amount),
				sentOn: row.submittedAt && earlierDay(dayInParis(row.submittedAt), today),
				fileCount: books.fileCounts.get(row.id) ?? 0
			})),
			...total,
			next: goesOn && last ? cursorAt(last, query.sort) : null
		};
	});
}

type Judged = InboxFound & { findings: Finding[] };

/** Too many to be judged at once are shown as they were sent, and it is said. */
function withinBound(kept: ParsedInboxQuery, found: readonly unknown[]): ParsedInboxQuery {
	if (kept.query.sort !== 'examen' || found.length <= MOST_EXAMINED) return kept;
	const note = `Plus de ${MOST_EXAMINED} déclarations attendent : elles sont rangées de la plus ancienne à la plus récente, sans que ce qui est à examiner passe devant.`;
	return {
		query: { ...kept.query, sort: 'envoi', after: null },
		notes: [...kept.notes, typeset(note)]
	};
}

const RANKS: Record<Severity, number> = { alert: 0, warning: 1, note: 2 };

/** What is gravest in it, then the day it was sent, to the microsecond. */
const examinedBy = ({ findings: [gravest], sentKey }: Judged): string =>
	`${gravest ? RANKS[gravest.severity] : 3} ${sentKey}`;

const keyOf = (row: Judged): string => `${examinedBy(row)} ${row.id}`;

const graver = (left: Judged, right: Judged): number => (keyOf(left) < keyOf(right) ? -1 : 1);

const after = (rows: readonly Judged[], cursor: InboxCursor | null): Judged[] =>
	rows.filter((row) => !cursor || keyOf(row) > `${cursor.value} ${cursor.id}`);

/** Of what was sent last; null where no amount was said. */
const AMOUNT = sql<string | null>`(
	select sum(l.amount_cents)::text from declaration_lines l
	where l.declaration_id = ${declarations.id} and l.submission = ${declarations.submission}
)`;

const SORTED_BY: Record<InboxSort, SQL> = {
	examen: sql`${declarations.submittedAt}`,
	envoi: sql`${declarations.submittedAt}`,
	montant: sql`coalesce(${AMOUNT}::bigint, 0)`,
	periode: sql`${declarations.periodEndsOn}`
};

const TYPES: Record<InboxSort, SQL> = {
	examen: sql`timestamptz`,
	envoi: sql`timestamptz`,
	montant: sql`bigint`,
	periode: sql`date`
};

function listFound(tx: Transaction, query: InboxQuery) {
	const turn = query.direction === 'asc' ? asc : desc;
	// What is sorted by what is unusual in it is judged whole first.
	const isExamined = query.sort === 'examen';
	const beginning = isExamined ? null : query.after;
	return tx
		.select({
			id: declarations.id,
			number: declarations.number,
			envelopeId: declarations.envelopeId,
			envelope: envelopes.label,
			circuit: envelopes.circuit,
			organisation: organisations.name,
			periodStartsOn: declarations.periodStartsOn,
			periodEndsOn: declarations.periodEndsOn,
			state: declarations.state,
			submission: declarations.submission,
			nothingToDeclare: declarations.nothingToDeclare,
			overrunReason: declarations.overrunReason,
			submittedAt: declarations.submittedAt,
			/** To the microsecond, as a page that follows begins after it. */
			sentKey: sql<string>`to_char(${declarations.submittedAt} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US"+00"')`,
			amount: AMOUNT,
			fictitious: declarations.fictitious
		})
		.from(declarations)
		.innerJoin(envelopes, eq(envelopes.id, declarations.envelopeId))
		.innerJoin(organisations, eq(organisations.id, declarations.organisationId))
		.where(and(...asked(query), beginning ? beyond(beginning, query.direction) : undefined))
		.orderBy(turn(SORTED_BY[query.sort]), turn(declarations.id))
		.limit((isExamined ? MOST_EXAMINED : PAGE) + 1);
}

async function sumFound(tx: Transaction, query: InboxQuery) {
	const [row] = await tx
		.select({
			count: sql<number>`count(*)`.mapWith(Number),
			amount: sql<string | null>`sum(${AMOUNT}::bigint)::text`
		})
		.from(declarations)
		.where(and(...asked(query)));
	const amount = row?.amount ?? null;
	return { count: row?.count ?? 0, amountCents: amount === null ? null : cents(amount) };
}

function asked({ state, organisationId, envelopeId, period }: InboxQuery): (SQL | undefined)[] {
	return [
		gt(declarations.submission, 0),
		state === 'all' ? undefined : eq(declarations.state, state),
		organisationId ? eq(declarations.organisationId, organisationId) : undefined,
		envelopeId ? eq(declarations.envelopeId, envelopeId) : undefined,
		period ? eq(declarations.periodStartsOn, period.startsOn) : undefined,
		period ? eq(declarations.periodEndsOn, period.endsOn) : undefined
	];
}

function beyond({ sort, value, id }: InboxCursor, direction: 'asc' | 'desc'): SQL {
	const than = direction === 'asc' ? sql`>` : sql`<`;
	return sql`(${SORTED_BY[sort]}, ${declarations.id}) ${than} (${value}::${TYPES[sort]}, ${id}::uuid)`;
}

function cursorAt(row: Judged, sort: InboxSort): InboxCursor {
	const values = {
		examen: examinedBy(row),
		envoi: row.sentKey,
		montant: row.amount ?? '0',
		periode: row.periodEndsOn
	};
	return { sort, value: values[sort], id: row.id };
}

async function listChoices(tx: Transaction): Promise<InboxChoices> {
	const rows = await tx
		.selectDistinct({
			organisationId: declarations.organisationId,
			organisation: organisations.name,
			envelopeId: declarations.envelopeId,
			envelope: envelopes.label,
			startsOn: declarations.periodStartsOn,
			endsOn: declarations.periodEndsOn
		})
		.from(declarations)
		.innerJoin(envelopes, eq(envelopes.id, declarations.envelopeId))
		.innerJoin(organisations, eq(organisations.id, declarations.organisationId))
		.where(gt(declarations.submission, 0))
		.orderBy(
			desc(declarations.periodEndsOn),
			desc(declarations.periodStartsOn),
			asc(organisations.name),
			asc(envelopes.label)
		);
	const distinct = <Value extends object>(
		values: readonly Value[],
		name: (value: Value) => string
	) => [...new Map(values.map((value) => [name(value), value])).values()];
	const inOrder = (list: { id: string; name: string }[]) =>
		distinct(list, ({ id }) => id).toSorted((left, right) =>
			left.name.localeCompare(right.name, 'fr')
		);
	return {
		organisations: inOrder(
			rows.map(({ organisationId: id, organisation: name }) => ({ id, name }))
		),
		envelopes: inOrder(rows.map(({ envelopeId: id, envelope: name }) => ({ id, name }))),
		periods: distinct(
			rows.map(({ startsOn, endsOn }) => ({ startsOn, endsOn })),
			({ startsOn, endsOn }) => `${startsOn}_${endsOn}`
		)
	};
}
