import { day, dayInParis, type Day } from '#lib/domain/day.ts';
import type { EnvelopeSituation } from '#lib/domain/envelope.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { fiscalYearsBetween, type Choice } from '#lib/domain/ledger-choices.ts';
import { parseLedgerQuery } from '#lib/domain/ledger-query.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import type { EnvelopeRow } from '#lib/server/envelopes/queries.ts';
import {
	findLedgerSpan,
	listClosedYears,
	listEntries,
	listMeasureChoices,
	listOperationChoices,
	type LedgerEntry
} from '#lib/server/ledger/queries.ts';
import { listOrganisations } from '#lib/server/organisations/queries.ts';
import { readSituations } from '#lib/server/reports/situations.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

/** An envelope as it stands today, for whoever writes in its ledger. */
export type OpenLedger = {
	facts: EnvelopeRow;
	situation: EnvelopeSituation;
	today: Day;
	/** Fiscal years that take entries, the latest first. */
	years: number[];
};

/** What a new entry is chosen from. */
export type EntryDesk = OpenLedger & {
	measures: Choice[];
	operations: Choice[];
	organisations: Choice[];
};

/** What finance has before its eyes while it records an entry; null where there is no such envelope. */
export async function readEntryDesk(
	context: Context,
	envelopeId: string
): Promise<EntryDesk | null> {
	if (!isIdentifier(envelopeId)) return null;
	return inTransaction(context, async (tx) => {
		const [open, measures, operations, organisations] = await Promise.all([
			readOpenLedger(tx, envelopeId, dayInParis(context.at)),
			listMeasureChoices(tx, envelopeId),
			listOperationChoices(tx, envelopeId),
			listOrganisations(tx)
		]);
		return open && { ...open, measures, operations, organisations };
	});
}

/** The entry that finance is about to take back; null where this ledger has none of that number. */
export async function readEntryToReverse(
	context: Context,
	envelopeId: string,
	entryId: string
): Promise<(OpenLedger & { entry: LedgerEntry }) | null> {
	if (!isIdentifier(envelopeId) || !/^[1-9]\d{0,17}$/.test(entryId)) return null;
	const id = BigInt(entryId);
	// In the order of recording, the page that begins after the next number begins with this one.
	const { query } = parseLedgerQuery(new URLSearchParams('tri=saisie'));
	const beginning = { ...query, after: { sort: 'saisie' as const, id: id + 1n } };
	return inTransaction(context, async (tx) => {
		const [open, [entry]] = await Promise.all([
			readOpenLedger(tx, envelopeId, dayInParis(context.at)),
			listEntries(tx, envelopeId, beginning, WHOLE_LEDGER, 1)
		]);
		return open && entry?.id === id ? { ...open, entry } : null;
	});
}

/** An allocation may take effect in the years to come. */
const WHOLE_LEDGER = { asOf: day('2999-12-31'), knownAt: null };

async function readOpenLedger(
	tx: Transaction,
	envelopeId: string,
	today: Day
): Promise<OpenLedger | null> {
	const [settings, closed, span] = await Promise.all([
		findSettings(tx),
		listClosedYears(tx),
		findLedgerSpan(tx, envelopeId)
	]);
	const now = { asOf: today, knownAt: null };
	const [envelope] = await readSituations(tx, now, settings.thresholds, { envelopeId });
	if (!envelope) return null;
	const { facts, situation } = envelope;
	const years = fiscalYearsBetween(span, facts.startsOn, today);
	return { facts, situation, today, years: years.filter((year) => !closed.includes(year)) };
}
