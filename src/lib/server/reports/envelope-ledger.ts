import { isIdentifier } from '#lib/domain/identifier.ts';
import type { EnvelopeSituation } from '#lib/domain/envelope.ts';
import {
	describeLedgerFilter,
	fiscalYearsBetween,
	keepToChoices,
	type LedgerChoices
} from '#lib/domain/ledger-choices.ts';
import { ENTRY_KINDS } from '#lib/domain/ledger.ts';
import { cursorAt, type LedgerCursor } from '#lib/domain/ledger-order.ts';
import { parseLedgerQuery, type LedgerQuery } from '#lib/domain/ledger-query.ts';
import { canSeeLedger } from '#lib/domain/policy.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import type { EnvelopeRow } from '#lib/server/envelopes/queries.ts';
import { readViewpoint, type SeenFrom } from '#lib/server/http/viewpoint.ts';
import {
	findLedgerSpan,
	listCounterparties,
	listEntries,
	listMeasureChoices,
	listOperationChoices,
	sumEntries,
	type KindTotal,
	type LedgerEntry
} from '#lib/server/ledger/queries.ts';
import { readSituations } from '#lib/server/reports/situations.ts';

/** The ledger of an envelope as a page: where the envelope stands, and one page of its entries. */
export type EnvelopeLedger = {
	seen: SeenFrom;
	facts: EnvelopeRow;
	situation: EnvelopeSituation;
	choices: LedgerChoices;
	query: LedgerQuery;
	/** What the address asked for and could not be followed, in French. */
	notes: string[];
	/** The filter in words; empty when all is shown. */
	filter: string[];
	entries: LedgerEntry[];
	/** Over all the entries that the filter lets through, not only over this page. */
	totals: KindTotal[];
	entryCount: number;
	/** Where the next page begins; null on the last one. */
	next: LedgerCursor | null;
};

/** Entries on a page: what a person reads at once, and what a browser draws quickly. */
const PAGE = 50;

/** Reads the ledger page of an envelope in two trips; null where the reader sees no such envelope. */
export async function readEnvelopeLedger(
	context: Context,
	envelopeId: string,
	parameters: URLSearchParams
): Promise<EnvelopeLedger | null> {
	if (!isIdentifier(envelopeId)) return null;
	return inTransaction(context, async (tx) => {
		const [seen, measures, operations, counterparties, span] = await Promise.all([
			readViewpoint(tx, parameters, context.at),
			listMeasureChoices(tx, envelopeId),
			listOperationChoices(tx, envelopeId),
			listCounterparties(tx, envelopeId),
			findLedgerSpan(tx, envelopeId)
		]);
		const { viewpoint, settings } = seen;
		const offered = { measures, operations, counterparties };
		const { query, notes } = keepToChoices(parseLedgerQuery(parameters), offered);
		const [[envelope], rows, totals] = await Promise.all([
			readSituations(tx, viewpoint, settings.thresholds, { envelopeId }),
			listEntries(tx, envelopeId, query, viewpoint, PAGE + 1),
			sumEntries(tx, envelopeId, query, viewpoint)
		]);
		if (!envelope || !canSeeLedger(context.actor, envelope.facts)) return null;

		const { facts, situation } = envelope;
		const choices = { ...offered, years: fiscalYearsBetween(span, facts.startsOn, seen.today) };
		const entries = rows.slice(0, PAGE);
		const last = entries.at(-1);
		return {
			seen,
			facts,
			situation,
			choices,
			query,
			notes: [...seen.notes, ...notes],
			filter: describeLedgerFilter(query, choices),
			entries,
			totals: inOrderOfTheChain(totals),
			entryCount: totals.reduce((count, total) => count + total.entryCount, 0),
			next: rows.length > PAGE && last ? cursorAt(last, query.sort) : null
		};
	});
}

const inOrderOfTheChain = (totals: readonly KindTotal[]): KindTotal[] =>
	totals.toSorted(
		(left, right) => ENTRY_KINDS.indexOf(left.kind) - ENTRY_KINDS.indexOf(right.kind)
	);
