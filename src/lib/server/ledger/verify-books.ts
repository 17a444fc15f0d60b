import pg from 'pg';
import type { BookDifference, Difference } from '#lib/domain/difference.ts';
import type { FileStore } from '#lib/server/evidence/file-store.ts';
import { listKeptFiles, verifyEvidence } from '#lib/server/ledger/verify-evidence.ts';
import {
	compareBalances,
	compareCounterparties,
	compareMonths
} from '#lib/server/ledger/verify-totals.ts';
import { verifyActs } from '#lib/server/ledger/verify-acts.ts';
import { verifyDeclarations } from '#lib/server/ledger/verify-declarations.ts';
import { verifyReadings } from '#lib/server/ledger/verify-readings.ts';

export type Verification = {
	entries: number;
	envelopes: number;
	monthTotals: number;
	passages: number;
	deliberations: number;
	/** Those that were sent. */
	declarations: number;
	/** Files read again; none where no store was given. */
	files: number;
	differences: Difference[];
};

/**
 * Recounts everything from the ledger and the texts, and names what differs. It sees one instant of
 * the books, whatever is posted meanwhile, and changes nothing. With the store, every file is read again. As the owner: rights hide nothing here.
 */
export async function verifyBooks(
	owner: pg.ClientConfig,
	store: FileStore | null = null
): Promise<Verification> {
	const client = new pg.Client(owner);
	await client.connect();
	try {
		await client.query('begin isolation level repeatable read read only');
		const counts = await client.query<Record<'entries' | 'envelopes' | 'months', string>>(
			`select (select count(*) from entries) as entries, (select count(*) from envelopes) as envelopes,
				(select count(*) from month_totals) as months`
		);
		const books = [
			...(await compareBalances(client)),
			...(await compareMonths(client)),
			...(await compareCounterparties(client)),
			...(await checkEntries(client))
		];
		const acts = await verifyActs(client);
		const read = await verifyReadings(client);
		const declared = await verifyDeclarations(client);
		const files = store ? await listKeptFiles(client) : [];
		await client.query('commit'); // Reading the files takes its time.
		const evidence = store ? await verifyEvidence(files, store) : [];
		const { entries, envelopes, months } = counts.rows[0] ?? {};
		return {
			entries: Number(entries),
			envelopes: Number(envelopes),
			monthTotals: Number(months),
			passages: acts.passages,
			deliberations: acts.deliberations,
			declarations: declared.declarations,
			files: files.length,
			differences: [...books, ...acts.differences, ...read, ...declared.differences, ...evidence]
		};
	} finally {
		await client.end();
	}
}

/** What the ledger refuses at the door, asked again of every line that is in it. */
async function checkEntries(client: pg.Client): Promise<BookDifference[]> {
	const { rows } = await client.query<{
		of: 'reversal' | 'receipt' | 'fiction';
		envelope: string;
		id: string;
		reverses: string | null;
	}>(
		`select 'reversal' as of, e.label as envelope, r.id, r.reverses_entry_id as reverses
		from entries r join entries o on o.id = r.reverses_entry_id join envelopes e on e.id = r.envelope_id
		where o.reverses_entry_id is not null or r.amount_cents <> -o.amount_cents
			or (r.envelope_id, r.kind, r.fictitious) <> (o.envelope_id, o.kind, o.fictitious)
			or r.measure_id is distinct from o.measure_id or r.operation_id is distinct from o.operation_id
			or r.counterparty_id is distinct from o.counterparty_id or r.effective_on < o.effective_on
			or (select count(*) from entries t where t.reverses_entry_id = o.id) > 1
		union all
		select 'receipt', e.label, t.id, null from entries t join envelopes e on e.id = t.envelope_id
		where t.kind = 'receipt' and e.circuit <> 'earmarked_revenue'
		union all
		select 'fiction', e.label, t.id, null from entries t join envelopes e on e.id = t.envelope_id
		where t.fictitious and not exists (select from settings s where s.demonstration)
		order by 3`
	);
	return rows.map(({ of, envelope, id, reverses }) =>
		of === 'reversal'
			? { of, envelope, entryId: BigInt(id), reversesEntryId: BigInt(reverses ?? 0) }
			: { of, envelope, entryId: BigInt(id) }
	);
}
