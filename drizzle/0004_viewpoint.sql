-- The one definition of "as of" and "as known on". Amounts by envelope, measure, kind and month of
-- effect, of the entries effective by the end of `as_of` and recorded before `known_before` (null:
-- all). Rows without a measure are whole envelopes: never add them to the rows with one.
--
-- Whole months come from the totals; a month that reaches beyond the day, from its entries; what was
-- recorded later is taken off. With the rights of whoever asks, and inlined into their query.
create function month_amounts(as_of date, known_before timestamptz)
	returns table (envelope_id uuid, measure_id uuid, kind text, month date, amount_cents bigint, entry_count bigint)
	language sql stable parallel safe as $$
	select m.envelope_id, m.measure_id, m.kind, m.month, m.amount_cents, m.entry_count
	from month_totals m
	where m.last_effective_on <= as_of
	union all
	select m.envelope_id, m.measure_id, m.kind, m.month, part.amount_cents, part.entry_count
	from month_totals m
	cross join lateral (
		select coalesce(sum(e.amount_cents), 0)::bigint as amount_cents, count(*) as entry_count
		from entries e
		where e.envelope_id = m.envelope_id and e.kind = m.kind
			and (m.measure_id is null or e.measure_id = m.measure_id)
			and e.effective_on between m.month and as_of
	) part
	where m.month <= as_of and m.last_effective_on > as_of
	union all
	select e.envelope_id, line.measure_id, e.kind, date_trunc('month', e.effective_on)::date,
		-e.amount_cents, -1
	from entries e
	cross join lateral (
		select null::uuid as measure_id
		union all
		select e.measure_id where e.measure_id is not null
	) line
	where known_before is not null and e.recorded_at >= known_before and e.effective_on <= as_of
$$;
