import pg from 'pg';
import type { BookDifference, Difference } from '#lib/domain/difference.ts';
import type { EntryKind } from '#lib/domain/ledger.ts';
import { cents, type Cents } from '#lib/domain/money.ts';
import type { Day } from '#lib/domain/day.ts';
import { verifyActs } from '#lib/server/ledger/verify-acts.ts';

export type Verification = {
	entries: number;
	envelopes: number;
	monthTotals: number;
	passages: number;
	deliberations: number;
	differences: Difference[];
};

/**
 * Recounts everything from the ledger and the texts, and names what differs. It sees one instant of
 * the books, whatever is posted meanwhile, and changes nothing. As the owner: rights hide nothing here.
 */
export async function verifyBooks(owner: pg.ClientConfig): Promise<Verification> {
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
		const { entries, envelopes, months } = counts.rows[0] ?? {};
		return {
			entries: Number(entries),
			envelopes: Number(envelopes),
			monthTotals: Number(months),
			passages: acts.passages,
			deliberations: acts.deliberations,
			differences: [...books, ...acts.differences]
		};
	} finally {
		await client.end();
	}
}

async function compareBalances(client: pg.Client): Promise<BookDifference[]> {
	const { rows } = await client.query<Record<string, string | null>>(
		`select e.label as envelope, b.overrun_reason as reason,
			b.promised_cents as kept_allocation, coalesce(s.allocation, 0) as counted_allocation,
			b.committed_cents as kept_commitment, coalesce(s.commitment, 0) as counted_commitment,
			b.received_cents as kept_receipt, coalesce(s.receipt, 0) as counted_receipt,
			b.disbursed_cents as kept_disbursement, coalesce(s.disbursement, 0) as counted_disbursement,
			b.entry_count as kept_entries, coalesce(s.entries, 0) as counted_entries
		from envelopes e
			left join envelope_balances b on b.envelope_id = e.id
			left join (
				select t.envelope_id, count(*) as entries,
					coalesce(sum(t.amount_cents) filter (where t.kind = 'allocation'), 0) as allocation,
					coalesce(sum(t.amount_cents) filter (where t.kind = 'commitment'), 0) as commitment,
					coalesce(sum(t.amount_cents) filter (where t.kind = 'receipt'), 0) as receipt,
					coalesce(sum(t.amount_cents) filter (where t.kind = 'disbursement'), 0) as disbursement
				from entries t group by t.envelope_id
			) s on s.envelope_id = e.id
		order by e.programme_id, e.position`
	);
	return rows.flatMap((row) => {
		const envelope = row['envelope'] ?? '';
		const amounts = (['allocation', 'commitment', 'receipt', 'disbursement'] as const)
			.map((kind) => ({
				of: 'balance' as const,
				envelope,
				kind,
				kept: toCents(row[`kept_${kind}`]),
				counted: toCents(row[`counted_${kind}`]) ?? cents(0)
			}))
			.filter(({ kept, counted }) => kept !== counted);
		const kept = toNumber(row['kept_entries']);
		const counted = Number(row['counted_entries']);
		const overrun =
			BigInt(row['counted_disbursement'] ?? 0) > BigInt(row['counted_allocation'] ?? 0);
		return [
			...amounts,
			...(kept === counted ? [] : [{ of: 'balance_count' as const, envelope, kept, counted }]),
			...(overrun === ((row['reason'] ?? null) !== null)
				? []
				: [{ of: 'overrun_reason' as const, envelope, kept: row['reason'] ?? null }])
		];
	});
}

async function compareMonths(client: pg.Client): Promise<BookDifference[]> {
	const { rows } = await client.query<
		Record<'envelope' | 'month', string> & { measure: string | null; kind: EntryKind } & Record<
				'kept' | 'counted' | 'kept_entries' | 'counted_entries' | 'kept_last' | 'counted_last',
				string | null
			>
	>(
		`with counted as (
			select t.envelope_id, null::uuid as measure_id, t.kind, date_trunc('month', t.effective_on)::date as month,
				sum(t.amount_cents) as amount, count(*) as entries, max(t.effective_on) as last
			from entries t group by 1, 3, 4
			union all
			select t.envelope_id, t.measure_id, t.kind, date_trunc('month', t.effective_on)::date,
				sum(t.amount_cents), count(*), max(t.effective_on)
			from entries t where t.measure_id is not null group by 1, 2, 3, 4
		), both_sides as (
			select envelope_id, measure_id, kind, month,
				max(kept) as kept, max(counted) as counted,
				max(kept_entries) as kept_entries, max(counted_entries) as counted_entries,
				max(kept_last) as kept_last, max(counted_last) as counted_last
			from (
				select envelope_id, measure_id, kind, month, amount_cents::numeric as kept, null::numeric as counted,
					entry_count as kept_entries, null::bigint as counted_entries,
					last_effective_on as kept_last, null::date as counted_last
				from month_totals
				union all
				select envelope_id, measure_id, kind, month, null, amount, null, entries, null, last from counted
			) sides
			group by envelope_id, measure_id, kind, month
		)
		select e.label as envelope, m.label as measure, b.kind, b.month::text, b.kept, b.counted,
			b.kept_entries, b.counted_entries, b.kept_last::text, b.counted_last::text
		from both_sides b
			join envelopes e on e.id = b.envelope_id left join measures m on m.id = b.measure_id
		where b.kept is distinct from b.counted or b.kept_entries is distinct from b.counted_entries
			or b.kept_last is distinct from b.counted_last
		order by e.programme_id, e.position, m.position nulls first, b.kind, b.month`
	);
	return rows.flatMap(({ envelope, measure, kind, month, ...row }) => {
		const line = { envelope, measure, kind, month: month as Day };
		const [kept, counted] = [toCents(row.kept), toCents(row.counted)];
		const [keptEntries, countedEntries] = [
			toNumber(row.kept_entries),
			toNumber(row.counted_entries)
		];
		const isOnBothSides = kept !== null && counted !== null;
		const differences: BookDifference[] = [];
		if (kept !== counted) differences.push({ of: 'month', ...line, kept, counted });
		if (keptEntries !== countedEntries && isOnBothSides) {
			differences.push({ of: 'month_count', ...line, kept: keptEntries, counted: countedEntries });
		}
		if (isOnBothSides && row.kept_last !== row.counted_last) {
			const days = { kept: row.kept_last as Day, counted: row.counted_last as Day };
			differences.push({ of: 'month_last_day', ...line, ...days });
		}
		return differences;
	});
}

async function compareCounterparties(client: pg.Client): Promise<BookDifference[]> {
	const { rows } = await client.query<{ envelope: string; organisation: string; kept: boolean }>(
		`select e.label as envelope, o.name as organisation, k.organisation_id is not null as kept
		from envelope_counterparties k
			full join (select distinct envelope_id, counterparty_id from entries where counterparty_id is not null) c
				on c.envelope_id = k.envelope_id and c.counterparty_id = k.organisation_id
			join envelopes e on e.id = coalesce(k.envelope_id, c.envelope_id)
			join organisations o on o.id = coalesce(k.organisation_id, c.counterparty_id)
		where k.envelope_id is null or c.envelope_id is null
		order by e.programme_id, e.position, o.name`
	);
	return rows.map((row) => ({ of: 'counterparty', ...row }));
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

const toCents = (value: string | null | undefined): Cents | null =>
	value == null ? null : (BigInt(value) as Cents);

const toNumber = (value: string | null | undefined): number | null =>
	value == null ? null : Number(value);
