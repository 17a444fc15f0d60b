import { sql } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import type { EntryKind } from '#lib/domain/ledger.ts';
import type { Cents } from '#lib/domain/money.ts';
import type { Actor } from '#lib/domain/role.ts';
import type { Receipt } from '#lib/server/db/run-once.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** A line to be added to the ledger. Days are ISO; the amount is in cents, with its sign. */
export type NewEntry = {
	envelopeId: string;
	kind: EntryKind;
	amountCents: Cents;
	effectiveOn: Day;
	/** The open year it is booked in, where that is not the year of the fact. */
	fiscalYear?: number;
	label: string;
	measureId?: string | null;
	operationId?: string | null;
	counterpartyId?: string | null;
	deliberationId?: string | null;
	citationId?: string | null;
	/** The line of the declaration by whose acceptance it is posted, or reversed. */
	declarationLineId?: string | null;
	reversesEntryId?: bigint | null;
	overrunReason?: string | null;
};

/** What the audit trail says the entries are about, where that is not their envelope, and what else it says. */
export type EntriesSubject = {
	type: string;
	id: string;
	details?: Record<string, string | number | boolean | null>;
};

/**
 * Adds entries to the ledger: the only place that does. One statement writes the entries, the audit
 * event and the receipt; triggers move the counter and the monthly totals with it, and refuse what
 * breaks a rule. Returns the numbers of the entries, in the order given.
 */
export async function postEntries(
	tx: Transaction,
	actor: Actor,
	entries: readonly NewEntry[],
	receipt: Receipt,
	subject: EntriesSubject = { type: 'envelope', id: entries[0]?.envelopeId ?? '' }
): Promise<bigint[]> {
	const details = JSON.stringify(subject.details ?? {});
	const result = await tx.execute<{ ids: string[] }>(sql`
		with posted as (
			insert into entries (envelope_id, kind, amount_cents, effective_on, fiscal_year, label,
				measure_id, operation_id, counterparty_id, deliberation_id, citation_id,
				declaration_line_id, reverses_entry_id, overrun_reason, recorded_by, fictitious)
			select envelope_id, kind, amount_cents, effective_on, fiscal_year, label,
				measure_id, operation_id, counterparty_id, deliberation_id, citation_id,
				declaration_line_id, reverses_entry_id, overrun_reason, ${actor.id}::uuid,
				-- A reversal is as true as what it reverses; movements of a demonstration are fiction.
				coalesce(
					(select o.fictitious from entries o where o.id = given.reverses_entry_id),
					given.kind <> 'allocation' and (select s.demonstration from settings s)
				)
			from rows from (jsonb_to_recordset(${JSON.stringify(entries.map(toRow))}::jsonb) as (
				envelope_id uuid, kind text, amount_cents bigint, effective_on date, fiscal_year smallint,
				label text, measure_id uuid, operation_id uuid, counterparty_id uuid,
				deliberation_id uuid, citation_id uuid, declaration_line_id uuid, reverses_entry_id bigint,
				overrun_reason text
			)) with ordinality as given (envelope_id, kind, amount_cents, effective_on, fiscal_year,
				label, measure_id, operation_id, counterparty_id, deliberation_id, citation_id,
				declaration_line_id, reverses_entry_id, overrun_reason, position)
			order by position
			returning id
		), answer as (
			select coalesce(jsonb_agg(id::text order by id), '[]') as ids from posted
		), told as (
			insert into audit_events (actor_id, action, subject_type, subject_id, details)
			select ${actor.id}::uuid, ${receipt.command}, ${subject.type}, ${subject.id},
				jsonb_build_object('entries', ids) || ${details}::jsonb from answer
		)
		insert into command_receipts (key, actor_id, command, answer)
		select ${receipt.key}::uuid, ${actor.id}::uuid, ${receipt.command}, ids from answer
		returning answer as ids`);
	return (result.rows[0]?.ids ?? []).map(BigInt);
}

/** Cents travel as text: a JSON number loses digits above 2^53. */
function toRow(entry: NewEntry): Record<string, string | number | null> {
	return {
		envelope_id: entry.envelopeId,
		kind: entry.kind,
		amount_cents: String(entry.amountCents),
		effective_on: entry.effectiveOn,
		fiscal_year: entry.fiscalYear ?? Number(entry.effectiveOn.slice(0, 4)),
		label: entry.label,
		measure_id: entry.measureId ?? null,
		operation_id: entry.operationId ?? null,
		counterparty_id: entry.counterpartyId ?? null,
		deliberation_id: entry.deliberationId ?? null,
		citation_id: entry.citationId ?? null,
		declaration_line_id: entry.declarationLineId ?? null,
		reverses_entry_id: entry.reversesEntryId == null ? null : String(entry.reversesEntryId),
		overrun_reason: entry.overrunReason ?? null
	};
}
