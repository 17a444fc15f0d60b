import type pg from 'pg';
import type { Day } from '#lib/domain/day.ts';
import type { BookDifference } from '#lib/domain/difference.ts';
import type { EntryKind } from '#lib/domain/ledger.ts';
import { cents, type Cents } from '#lib/domain/money.ts';

/** The counter row of each envelope against its entries. */
export async function compareBalances(client: pg.Client): Promise<BookDifference[]> {
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

/** The monthly totals against the entries, for envelopes and for measures; either side may lack a row. */
export async function compareMonths(client: pg.Client): Promise<BookDifference[]> {
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

/** The organisations kept for an envelope against those that its entries name. */
export async function compareCounterparties(client: pg.Client): Promise<BookDifference[]> {
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

const toCents = (value: string | null | undefined): Cents | null =>
	value == null ? null : (BigInt(value) as Cents);

const toNumber = (value: string | null | undefined): number | null =>
	value == null ? null : Number(value);
